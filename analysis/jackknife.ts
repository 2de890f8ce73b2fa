import type { Estimate } from '../core/schemas/summary.js'
import { fewestTasks, tOver } from './interval.js'
import { sum } from './sums.js'

/** Numbers of one task that may be added up over tasks. */
export type Counts = readonly number[]

/**
 * An estimate with its interval for whatever can be computed from counts summed over tasks, by leaving one task out at
 * a time. `n` counts tasks. There is no interval when a left-out set has no value.
 */
export function jackknife(
  tasks: readonly Counts[],
  statistic: (sums: Counts) => number | null,
): Estimate {
  const n = tasks.length
  const sums = total(tasks)
  const mean = statistic(sums)
  const withoutInterval = { mean, low: null, high: null, n }
  if (n < fewestTasks || mean === null) return withoutInterval
  // Taking a task's counts off the sums keeps this linear in the number of tasks.
  const left = tasks.map((task) => statistic(sums.map((all, at) => all - (task[at] ?? 0))))
  if (!left.every((value) => value !== null)) return withoutInterval
  const half = halfWidth(left)
  return { mean, low: mean - half, high: mean + half, n }
}

function halfWidth(left: Counts): number {
  const n = left.length
  const t = tOver(n)
  const centre = sum(left) / n
  const error = Math.sqrt(((n - 1) / n) * sum(left.map((value) => (value - centre) ** 2)))
  // Tasks that all agree show no spread, which is no certainty: this is how many of other tasks may still differ.
  return error < 1e-12 ? (t * t) / (n + t * t) : t * error
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
