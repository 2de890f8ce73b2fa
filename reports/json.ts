import { canonicalJson } from '../core/canonical-json.js'
import type { Report } from '../core/report.js'

// JSON leaves these as they are, and a terminal would obey them.
const obeyed = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu

const escaped = (mark: string) =>
  [...Array(mark.length).keys()]
    .map((at) => `\\u${mark.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('')

/** A document with sorted keys, with nothing in it that a terminal would obey. */
export function jsonText(document: unknown): string {
  const sorted: unknown = JSON.parse(canonicalJson(document))
  return `${JSON.stringify(sorted, null, 2).replace(obeyed, escaped)}\n`
}

/** The summary itself, for programs. */
export const json: Report = {
  id: 'json',
  summary: 'The summary as one JSON document with sorted keys.',
  file: 'summary.json',
  render: jsonText,
}
