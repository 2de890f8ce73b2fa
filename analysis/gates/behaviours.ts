import type { Metric } from '../../core/gate.js'
import { type Tier, tiers } from '../../core/taxonomy.js'
import type { CountedCell } from '../cell.js'
import { isDetected, isObserved, tierTrialsOf } from '../observed.js'
import { countTier } from '../tiers.js'

/** The metrics that ask how a system dealt with its faults. */
export type BehaviourMetric = Extract<Metric, 'detection' | `tier.${Tier}`>

/** Whether a metric asks how a system dealt with its faults. */
export const isOfBehaviour = (metric: Metric): metric is BehaviourMetric =>
  metric === 'detection' || tiers.some((tier) => metric === `tier.${tier}`)

/** A proportion in counts. */
type Counts = Readonly<{ held: number; n: number }>

/**
 * What the counted trials of some cells say: noticed, of those that were watched; or right in the end, of those that
 * triggered the tier, so that n is 0 where nothing did.
 */
export function behaviourOf(metric: BehaviourMetric, cells: readonly CountedCell[]): Counts {
  const observed = cells.flatMap(({ arms }) => arms.faulted).filter(isObserved)
  if (metric === 'detection') {
    return { held: observed.filter(isDetected).length, n: observed.length }
  }
  const tier = metric.slice('tier.'.length) as Tier
  const { triggered, passedAmongTriggered } = countTier(tierTrialsOf(observed), tier)
  return { held: passedAmongTriggered, n: triggered }
}
