import jstat from 'jstat'
import { tOver } from './interval.js'

const { studentt } = jstat.jStat

/**
 * How far other tasks may be from tasks that all agree, at 95 %. Agreement shows no spread, which is no certainty: this
 * is the half-width of the Wilson interval of a proportion that was never seen, each task counted once.
 */
export function agreeingHalfWidth(tasks: number): number {
  const t = tOver(tasks)
  return (t * t) / (tasks + t * t)
}

/**
 * The two-sided p of no difference when all tasks show the same one. Student's t knows no answer without a spread. The
 * sign test has one, and a difference that is within `agreeingHalfWidth` is not found: the larger of the two counts.
 */
export function agreeingChance(difference: number, tasks: number): number {
  const size = Math.min(1, Math.abs(difference))
  if (size === 0 || tasks === 0) return 1
  const bySign = 2 ** (1 - tasks)
  if (size === 1 || tasks === 1) return bySign
  const t = Math.sqrt((tasks * size) / (1 - size))
  return Math.max(bySign, 2 * studentt.cdf(-t, tasks - 1))
}
