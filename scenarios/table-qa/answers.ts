import { isClose, numberOf, oneLine } from './numbers.js'

/** Whether an answer is the expected one: the same number, or the same text apart from its dress. */
export function sameAnswer(expected: string, given: string): boolean {
  const [a, b] = [undressed(expected), undressed(given)]
  const [x, y] = [numberOf(a), numberOf(b)]
  return x !== null && y !== null ? isClose(x, y) : a === b
}

/** Whether a text holds an answer as words of its own. */
export function holdsAnswer(text: string, answer: string): boolean {
  return ` ${words(text)} `.includes(` ${words(answer)} `)
}

const words = (text: string) => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')

// What people add to a cell or leave out of it without meaning another thing, outermost last.
const dress: readonly (readonly [RegExp, string])[] = [
  [/(\[[^\]]*\]|[†‡*^])+$/u, ''], // marks of citations
  [/\([^()]*\)$/u, ''], // trailing parentheses
  [/^"(.*)"$/u, '$1'],
  [/\.$/u, ''],
]

/** An answer without its dress. A step that would leave nothing is not taken: "(a)" and "[1]" can be whole cells. */
export function undressed(text: string): string {
  const plain = oneLine(
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[‘’‚‛`´]/gu, "'")
      .replace(/[“”„‟«»]/gu, '"')
      .replace(/[\u2010-\u2015\u2212]/gu, '-')
      .toLowerCase(),
  )
  return dress.reduce((kept, [mark, instead]) => {
    const less = kept.replace(mark, instead).trim()
    return less === '' ? kept : less
  }, plain)
}
