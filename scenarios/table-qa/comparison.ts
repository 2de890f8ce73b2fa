import { isClose, numberOf, oneLine } from './numbers.js'

/** The ways in which a cell can be compared with a value. */
export const comparisons = ['is', 'is not', 'above', 'below', 'at least', 'at most'] as const
export type Comparison = (typeof comparisons)[number]

/** Whether a comparison speaks of an order, which only numbers have here. */
export const isOfNumbers = (comparison: Comparison): boolean =>
  comparison !== 'is' && comparison !== 'is not'

/** Whether a cell compares with a value as asked. Numbers are equal by value, everything else by its text. */
export function holds(cell: string, comparison: Comparison, value: string): boolean {
  const [a, b] = [numberOf(cell), numberOf(value)]
  const bothNumbers = a !== null && b !== null
  const isSame = bothNumbers ? isClose(a, b) : cell === oneLine(value)
  switch (comparison) {
    case 'is':
      return isSame
    case 'is not':
      return !isSame
    case 'above':
      return bothNumbers && a > b
    case 'below':
      return bothNumbers && a < b
    case 'at least':
      return bothNumbers && a >= b
    case 'at most':
      return bothNumbers && a <= b
    default:
      return comparison satisfies never
  }
}
