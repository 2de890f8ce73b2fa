import { canonicalJson } from '../canonical-json.js'
import { parseJson } from './json.js'

/**
 * The form in which two texts are the same text: Unicode NFKC, one space for any white space, sorted JSON keys.
 *
 * @example
 * '{"b": 2,  "a": 1}'  ->  '{"a":1,"b":2}'
 */
export function normalise(text: string): string {
  const json = parseJson(text)
  return (json ? canonicalJson(json) : text).normalize('NFKC').replace(/\s+/gu, ' ').trim()
}

/** The words and numbers of a text, in lower case, without anything between them. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  )
}
