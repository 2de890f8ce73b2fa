import jstat from 'jstat'
import type { Estimate } from '../core/schemas/summary.js'
import { agreeingChance, agreeingHalfWidth } from './agreement.js'
import { fewestTasks, tOver } from './interval.js'
import { sum } from './sums.js'

const { studentt } = jstat.jStat

/** Numbers of one task that may be added up over tasks. */
export type Counts = readonly number[]

/** An estimate with the two-sided p of its being 0; null when it has no interval. */
export type Tested = Readonly<{ estimate: Estimate; p: number | null }>

/**
 * An estimate with its interval for whatever can be computed from counts summed over tasks, by leaving one task out at
 * a time. `n` counts tasks. There is no interval when a left-out set has no value.
 */
export const jackknife = (
  tasks: readonly Counts[],
  statistic: (sums: Counts) => number | null,
): Estimate => jackknifeTest(tasks, statistic).estimate

/** The same with the p of a difference: Student's t over the tasks, like the interval. */
export function jackknifeTest(
  tasks: readonly Counts[],
  statistic: (sums: Counts) => number | null,
): Tested {
  const n = tasks.length
  const sums = total(tasks)
  const mean = statistic(sums)
  const withoutInterval = { estimate: { mean, low: null, high: null, n }, p: null }
  if (n < fewestTasks || mean === null) return withoutInterval
  // Taking a task's counts off the sums keeps this linear in the number of tasks.
  const left = tasks.map((task) => statistic(sums.map((all, at) => all - (task[at] ?? 0))))
  if (!left.every((value) => value !== null)) return withoutInterval
  const error = errorOf(left)
  const half = error === 0 ? agreeingHalfWidth(n) : tOver(n) * error
  const p = error === 0 ? agreeingChance(mean, n) : 2 * studentt.cdf(-Math.abs(mean / error), n - 1)
  return { estimate: { mean, low: mean - half, high: mean + half, n }, p }
}

/** The standard error; tasks that all agree have none, whatever the rounding. */
function errorOf(left: Counts): number {
  const n = left.length
  const centre = sum(left) / n
  const error = Math.sqrt(((n - 1) / n) * sum(left.map((value) => (value - centre) ** 2)))
  return error < 1e-12 ? 0 : error
}

function total(tasks: readonly Counts[]): Counts {
  const sums: number[] = []
  for (const task of tasks) {
    task.forEach((count, at) => {
      sums[at] = (sums[at] ?? 0) + count
    })
  }
  return sums
}
