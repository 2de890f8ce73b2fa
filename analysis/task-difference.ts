import { groupBy } from '../core/lists.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { agreeingChance, agreeingHalfWidth } from './agreement.js'
import { fewestTasks } from './interval.js'
import type { Tested } from './jackknife.js'
import { paired } from './paired.js'
import { mean } from './sums.js'

/** The same task and seed on both sides. */
export type TrialPair = Readonly<{ a: TrialLine; b: TrialLine }>

const held = ({ verdict }: TrialLine): number => (verdict === 'held' ? 1 : 0)

/** How many trials only one of two sides held. */
export function heldByOne(pairs: readonly TrialPair[]): Readonly<{ onlyA: number; onlyB: number }> {
  const by = (difference: number) =>
    pairs.filter(({ a, b }) => held(b) - held(a) === difference).length
  return { onlyA: by(-1), onlyB: by(1) }
}

/** The mean over tasks of what b held more than a, by Student's t; fewer than 6 tasks have no interval. */
export function taskDifference(pairs: readonly TrialPair[]): Tested {
  const byTask = groupBy(pairs, ({ a: { scenario, task } }) => `${scenario}\u0000${task}`)
  const differences = [...byTask.values()].map(
    (some) => mean(some.map(({ a, b }) => held(b) - held(a))) ?? 0,
  )
  const n = differences.length
  if (n < fewestTasks) {
    return { estimate: { mean: mean(differences), low: null, high: null, n }, p: null }
  }
  const found = paired(differences)
  if (found.se > 0) {
    const { low, high, p } = found
    return { estimate: { mean: found.mean, low, high, n }, p }
  }
  const half = agreeingHalfWidth(n)
  const estimate = { mean: found.mean, low: found.mean - half, high: found.mean + half, n }
  return { estimate, p: agreeingChance(found.mean, n) }
}
