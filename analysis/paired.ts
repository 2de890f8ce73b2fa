import jstat from 'jstat'
import type { GateVerdict } from '../core/gate.js'
import { mostWhenNone } from './exact.js'
import { sum } from './sums.js'

const { studentt } = jstat.jStat

/** The mean of differences with its interval; `n` counts tasks, `se` is the standard error of the mean. */
export type Paired = Readonly<{
  mean: number
  low: number
  high: number
  p: number
  se: number
  n: number
}>

/**
 * Two systems or two runs compared on the same tasks: one difference per task, Student's t over tasks. `p` is two-sided
 * against no difference. One task shows no spread, so its interval is without bounds.
 */
export function paired(differences: readonly number[], confidence = 0.95): Paired {
  const { mean, se, n } = spreadOf(differences)
  if (n < 2) return { mean, low: -Infinity, high: Infinity, p: 1, se, n }
  const half = studentt.inv((1 + confidence) / 2, n - 1) * se
  return { mean, low: mean - half, high: mean + half, p: chanceOf(mean, se, n), se, n }
}

function chanceOf(mean: number, se: number, n: number): number {
  if (se === 0) return mean === 0 ? 1 : 0
  return Math.min(1, 2 * studentt.cdf(-Math.abs(mean / se), n - 1))
}

/** What "not worse" is asked with. */
export type NotWorse = Readonly<{
  /** How much worse is still acceptable, as a fraction. */
  margin: number
  /** The error allowed to either answer. */
  alpha?: number
  /** How many pairs of trials were compared. */
  pairs: number
}>

/** The mean difference with one-sided bounds at 1 - alpha each, and what they say of the margin. */
export type NotWorseResult = Readonly<{
  mean: number
  low: number
  high: number
  /** One-sided, of "not worse by more than the margin". */
  p: number
  verdict: GateVerdict
}>

/**
 * Whether new is not worse than old by more than a margin, from the differences new - old per task: passed when the
 * lower bound is above -margin, failed when the upper one is below it.
 */
export function notWorse(
  differences: readonly number[],
  { margin, alpha = 0.05, pairs }: NotWorse,
): NotWorseResult {
  const { mean, se, n } = spreadOf(differences)
  // Tasks that all differ alike leave no spread to estimate; what no pair showed is bounded exactly instead.
  const half = se === 0 ? mostWhenNone(pairs, alpha) : studentt.inv(1 - alpha, n - 1) * se
  const [low, high] = [mean - half, mean + half]
  const gap = mean + margin
  const p = se === 0 ? Math.min(1, Math.max(0, 1 + gap)) ** pairs : studentt.cdf(gap / se, n - 1)
  return { mean, low, high, p, verdict: verdictOf(low, high, margin) }
}

function verdictOf(low: number, high: number, margin: number): GateVerdict {
  if (low > -margin) return 'passed'
  return high < -margin ? 'failed' : 'undecided'
}

function spreadOf(
  differences: readonly number[],
): Readonly<{ mean: number; se: number; n: number }> {
  const n = differences.length
  if (n === 0) return { mean: 0, se: 0, n }
  const [first = 0] = differences
  // Equal differences have no spread; their computed mean may miss them by a rounding error.
  if (differences.every((one) => Math.abs(one - first) < 1e-12)) return { mean: first, se: 0, n }
  const mean = sum(differences) / n
  const variance = sum(differences.map((one) => (one - mean) ** 2)) / (n - 1)
  return { mean, se: Math.sqrt(variance / n), n }
}
