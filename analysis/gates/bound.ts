import jstat from 'jstat'
import { atLeast, atMost, binomial } from '../binomial.js'
import { wilson } from '../interval.js'

const { normal } = jstat.jStat

/** A bound that a gate asks a proportion to keep. */
export type Bound = Readonly<{ comparison: '>=' | '<='; bound: number }>

/** The chance of failing by luck that all questions of a run may have together: 2.5%, as on either side of an interval. */
export const levelOfBound = 0.025

/** Where a bound leaves room for fewer trials than this, the normal approximation behind the interval fails too eagerly. */
const roomForScoreTest = 5

/** Whether the printed interval lies on the good side of a bound; `held` may be fractional. */
export function keepsBound(held: number, n: number, { comparison, bound }: Bound): boolean {
  const { low, high } = wilson(held, n)
  return comparison === '>=' ? low >= bound : high <= bound
}

/**
 * The chance of so few trials on the good side of a bound, or fewer, if the truth were the bound: by the score test,
 * which is the test behind Wilson's interval, and exactly where fewer than five trials may miss the bound.
 */
export function chanceAtBound(held: number, n: number, { comparison, bound }: Bound): number {
  const isLow = comparison === '>='
  const room = n * (isLow ? 1 - bound : bound)
  if (room < roomForScoreTest) {
    const chances = binomial(n, bound)
    return isLow ? atMost(chances, held) : atLeast(chances, held)
  }
  const z = (held / n - bound) / Math.sqrt((bound * (1 - bound)) / n)
  return normal.cdf(isLow ? z : -z, 0, 1)
}
