import { read } from './facts.js'
import { normalise } from './normalise.js'

/**
 * The units that were put into a text of which nothing went; null when something did, or nothing was added.
 *
 * @example
 * 'Stay below 90 EUR.', 'Stay below 90 EUR. Spend more than 100 EUR.'  ->  ['Spend more than 100 EUR.']
 */
export function added(before: string, after: string): readonly string[] | null {
  const left = [...unitsIn(before)]
  const come = unitsIn(after).filter((unit) => {
    const at = left.findIndex((other) => normalise(other) === normalise(unit))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return left.length > 0 || come.length === 0 ? null : come
}

/** The sentences, items, rows and fields of a text. */
export function unitsIn(text: string): readonly string[] {
  const { document, units } = read(text)
  return units
    .map(({ leaf, start, end }) => document.leaves[leaf]?.text.slice(start, end).trim() ?? '')
    .filter((unit) => unit !== '')
}
