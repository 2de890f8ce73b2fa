import type { Compared, ComparedCost } from '../core/schemas/comparison.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { mean, sum } from './sums.js'
import type { TrialPair } from './task-difference.js'

/** What the trials of both sides took, and how that changes from a to b. */
export function comparedCost(pairs: readonly TrialPair[]): Compared['cost'] {
  const [a, b] = [costOf(pairs.map((pair) => pair.a)), costOf(pairs.map((pair) => pair.b))]
  const change = Object.fromEntries(
    (Object.keys(a) as (keyof ComparedCost)[]).map((key) => [key, changeOf(a[key], b[key])]),
  ) as ComparedCost
  return { a, b, change }
}

function costOf(lines: readonly TrialLine[]): ComparedCost {
  const held = lines.filter(({ verdict }) => verdict === 'held').length
  const [calls, tokens] = [lines.map((line) => line.calls), lines.map((line) => line.tokens)]
  const perHeld = (numbers: readonly number[]) => (held === 0 ? null : sum(numbers) / held)
  return {
    calls: mean(calls),
    tokens: mean(tokens),
    supersteps: mean(lines.map(({ supersteps }) => supersteps)),
    callsPerHeld: perHeld(calls),
    tokensPerHeld: perHeld(tokens),
  }
}

const changeOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null || a === 0 ? null : b / a - 1
