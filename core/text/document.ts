import { blocks } from './fences.js'
import { mapLeaves, parseJson } from './json.js'

/** A piece of text that can be edited on its own: running text, or one string or number of JSON. */
export type Leaf = Readonly<{
  text: string
  /** For JSON, the key under which the value stands; null for running text. */
  key: string | null
  /** Where the leaf starts in the whole text; null for JSON, which is printed anew. */
  offset: number | null
}>

/** A text as its leaves. `print` takes one new text for every leaf; null removes a JSON value with its key. */
export type Document = Readonly<{
  leaves: readonly Leaf[]
  print: (texts: readonly (string | null)[]) => string
}>

type Span = Readonly<{ start: number; end: number; body: string; value: object }>

/** The parts of a text that are JSON: all of it, whole fenced blocks, or single lines. */
function jsonSpans(text: string): readonly Span[] {
  const whole = parseJson(text)
  if (whole) return [{ start: 0, end: text.length, body: text.trim(), value: whole }]
  return blocks(text).flatMap((block) => {
    if (block.kind === 'lines') {
      return block.lines.flatMap(({ start, end, text: body }) => jsonSpan({ start, end, body }))
    }
    const body = text.slice(block.lines[0]?.start, block.lines.at(-1)?.end)
    return block.lines.length > 0 ? jsonSpan({ start: block.start, end: block.end, body }) : []
  })
}

function jsonSpan({ start, end, body }: Omit<Span, 'value'>): readonly Span[] {
  const value = parseJson(body)
  return value ? [{ start, end, body: body.trim(), value }] : []
}

function jsonDocument({ start, end, body, value }: Span, text: string): Document {
  const [before = '', after = ''] = splitAround(text.slice(start, end), body)
  const indent = /^[[{]\r?\n([ \t]{1,10})/.exec(body)?.[1] ?? ''
  const leaves: Leaf[] = []
  mapLeaves(value, (leaf, key) => {
    leaves.push({ text: String(leaf), key, offset: null })
    return leaf
  })
  const print = (texts: readonly (string | null)[]) => {
    let at = 0
    const changed = mapLeaves(value, (leaf) => printed(leaf, texts[at++]))
    return `${before}${JSON.stringify(changed, null, indent)}${after}`
  }
  return { leaves, print }
}

function splitAround(text: string, body: string): readonly [string, string] {
  const at = text.indexOf(body)
  return [text.slice(0, at), text.slice(at + body.length)]
}

function printed(leaf: string | number, text: string | null | undefined) {
  if (text === null || text === undefined) return undefined
  if (typeof leaf === 'string') return text
  if (text === String(leaf)) return leaf
  const number = Number(text.replaceAll('−', '-'))
  return text.trim() !== '' && Number.isFinite(number) ? number : text
}

function textDocument(text: string, offset: number): Document {
  return { leaves: [{ text, key: null, offset }], print: ([changed]) => changed ?? '' }
}

/** Reads a text as a document. */
export function documentOf(text: string): Document {
  const parts: Document[] = []
  let at = 0
  for (const span of jsonSpans(text)) {
    if (span.start > at) parts.push(textDocument(text.slice(at, span.start), at))
    parts.push(jsonDocument(span, text))
    at = span.end
  }
  if (at < text.length) parts.push(textDocument(text.slice(at), at))
  return {
    leaves: parts.flatMap(({ leaves }) => leaves),
    print: (texts) => {
      let used = 0
      return parts
        .map(({ leaves, print }) => {
          used += leaves.length
          return print(texts.slice(used - leaves.length, used))
        })
        .join('')
    },
  }
}
