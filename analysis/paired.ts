import jstat from 'jstat'
import { mean, sum } from './sums.js'

const { studentt } = jstat.jStat

/** A mean difference with its interval. */
export type Paired = Readonly<{
  mean: number
  low: number
  high: number
  /** Two-sided chance of a difference this large if there is none. */
  p: number
  n: number
}>

/** Two sides on the same tasks: the mean of one difference per task with a t interval. The unit is the task. */
export function paired(differences: readonly number[], confidence = 0.95): Paired {
  const n = differences.length
  const { centre, error } = spreadOf(differences)
  const half = studentt.inv(1 - (1 - confidence) / 2, n - 1) * error
  const p =
    error < none ? (centre === 0 ? 1 : 0) : 2 * studentt.cdf(-Math.abs(centre / error), n - 1)
  return { mean: centre, low: centre - half, high: centre + half, p, n }
}

const none = 1e-12

function spreadOf(values: readonly number[]): Readonly<{ centre: number; error: number }> {
  const n = values.length
  const centre = mean(values) ?? 0
  return { centre, error: Math.sqrt(sum(values.map((one) => (one - centre) ** 2)) / (n - 1) / n) }
}

/** Whether something has become worse by more than a margin. */
export type NotWorse = Readonly<{
  mean: number
  low: number
  high: number
  p: number
  verdict: 'passed' | 'failed' | 'undecided'
}>

/**
 * Non-inferiority: passed when the lower one-sided bound excludes a loss of the margin, failed when the upper one
 * excludes less. Where all differences are equal there is no spread; then the exact bound for a change that none of the
 * pairs of trials showed stands in.
 */
export function notWorse(
  differences: readonly number[],
  { margin, alpha = 0.05, pairs }: Readonly<{ margin: number; alpha?: number; pairs: number }>,
): NotWorse {
  const n = differences.length
  const { centre, error } = spreadOf(differences)
  const half = error < none ? 1 - alpha ** (1 / pairs) : studentt.inv(1 - alpha, n - 1) * error
  const [low, high] = [centre - half, centre + half]
  const p = error < none ? (high < -margin ? 0 : 1) : studentt.cdf((centre + margin) / error, n - 1)
  const verdict = low > -margin ? 'passed' : high < -margin ? 'failed' : 'undecided'
  return { mean: centre, low, high, p, verdict }
}
