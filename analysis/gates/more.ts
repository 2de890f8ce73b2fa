import type { Estimate } from '../../core/schemas/summary.js'
import { tOver, wilson } from '../interval.js'

/** A bound that an interval shall lie on one side of. */
type Bound = Readonly<{ comparison: '>=' | '<='; bound: number }>

const most = 1_000_000

/** How many more trials at the same rate would clear the bound; null when none would, the rate being the bound. */
export function moreTrials(rate: number, n: number, limit: Bound): number | null {
  const clears = (size: number) => isClear(wilson(rate * size, size), limit)
  return grown(n, clears)
}

/** How many more tasks that differ as much would clear the bound; null when none would. */
export function moreTasks({ mean, low, n }: Estimate, limit: Bound): number | null {
  if (mean === null || low === null) return null
  const spread = ((mean - low) / tOver(n)) * Math.sqrt(n)
  const clears = (size: number) => {
    const half = (tOver(size) * spread) / Math.sqrt(size)
    return isClear({ low: mean - half, high: mean + half }, limit)
  }
  return grown(n, clears)
}

function isClear({ low, high }: Readonly<{ low: number; high: number }>, limit: Bound): boolean {
  const { comparison, bound } = limit
  return comparison === '>=' ? low >= bound || high < bound : high <= bound || low > bound
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
