import jstat from 'jstat'
import type { Estimate } from '../../core/schemas/summary.js'
import { tOver } from '../interval.js'
import { type Bound, chanceAtBound, keepsBound, levelOfBound } from './bound.js'

const { studentt } = jstat.jStat

/** A question that is undecided: its bound, and by how much its chance of failing by luck is multiplied (Holm). */
type Asked = Readonly<{ limit: Bound; questions: number }>

const most = 1_000_000

/** How many more trials at the same rate would decide; null when none would, the rate being the bound. */
export function moreTrials(held: number, n: number, { limit, questions }: Asked): number | null {
  const isDecided = (size: number) => {
    const likely = (held / n) * size
    return (
      keepsBound(likely, size, limit) ||
      chanceAtBound(likely, size, limit) * questions < levelOfBound
    )
  }
  return grown(n, isDecided)
}

/** How many more tasks that differ as much would decide; null when none would. */
export function moreTasks(
  { mean, low, n }: Estimate,
  { limit: { comparison, bound }, questions }: Asked,
): number | null {
  if (mean === null || low === null) return null
  const spread = ((mean - low) / tOver(n)) * Math.sqrt(n)
  const beyond = comparison === '>=' ? mean - bound : bound - mean
  const isDecided = (size: number) => {
    const error = spread / Math.sqrt(size)
    const p = studentt.cdf(beyond / error, size - 1)
    return beyond >= tOver(size) * error || p * questions < levelOfBound
  }
  return grown(n, isDecided)
}

/** The smallest size from n on at which something holds, which holds from there on. */
function grown(n: number, holds: (size: number) => boolean): number | null {
  if (!holds(most)) return null
  let [low, high] = [n, most]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low - n
}
