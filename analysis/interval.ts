import jstat from 'jstat'
import type { Estimate, Score } from '../core/schemas/summary.js'
import { sum } from './sums.js'

const { normal, studentt } = jstat.jStat

const z95 = normal.inv(0.975, 0, 1)

/** The fewest tasks that say anything about other tasks. */
export const fewestTasks = 6

/** Student's t for a two-sided 95% over so many tasks. */
export const tOver = (tasks: number): number => studentt.inv(0.975, tasks - 1)

/** What one task came to. */
type TaskCount = Readonly<{ held: number; n: number }>

/** The Wilson score interval of a proportion; `n` may be fractional. With no trials nothing is known: 0 to 1. */
export function wilson(held: number, n: number, z = z95): Omit<Score, 'n'> {
  if (n === 0) return { mean: null, low: 0, high: 1 }
  const mean = held / n
  const scale = 1 + (z * z) / n
  const centre = (mean + (z * z) / (2 * n)) / scale
  const half = (z * Math.sqrt((mean * (1 - mean)) / n + (z * z) / (4 * n * n))) / scale
  return {
    mean,
    // The formula misses 0 and 1 by a rounding error when none or all held.
    low: held === 0 ? 0 : Math.max(0, Math.min(mean, centre - half)),
    high: held === n ? 1 : Math.min(1, Math.max(mean, centre + half)),
  }
}

/** A proportion on these tasks: what to expect if the same tasks ran again with new seeds. */
export const scoreOf = (held: number, n: number): Score => ({ ...wilson(held, n), n })

/**
 * How many trials say as much as one independent trial, because trials of one task resemble each other. When all or
 * none held this cannot be estimated; then a task counts as one trial, which is the worst case.
 */
export function designEffect(tasks: readonly TaskCount[]): number {
  const n = sum(tasks.map((task) => task.n))
  const mean = sum(tasks.map(({ held }) => held)) / n
  const independent = (mean * (1 - mean)) / n
  if (independent === 0 || tasks.length < 2) return Math.max(1, n / tasks.length)
  const squares = tasks.map((task) => ((task.held - mean * task.n) / n) ** 2)
  const clustered = (tasks.length / (tasks.length - 1)) * sum(squares)
  return Math.max(1, clustered / independent)
}

/** A proportion on tasks like these: what to expect of other tasks of this kind. `n` counts tasks. */
export function onTasksLikeThese(tasks: readonly TaskCount[]): Estimate {
  const held = sum(tasks.map((task) => task.held))
  const n = sum(tasks.map((task) => task.n))
  if (tasks.length < fewestTasks) {
    return { mean: n === 0 ? null : held / n, low: null, high: null, n: tasks.length }
  }
  const effect = designEffect(tasks)
  const { low, high } = wilson(held / effect, n / effect, tOver(tasks.length))
  return { mean: held / n, low, high, n: tasks.length }
}
