import type { Cell } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { behaviourCounts, isUndecided } from './behaviour-counts.js'
import { cellSpread } from './cell-spread.js'
import { scoreOf } from './interval.js'
import { isDetected, isObserved, tierTrialsOf } from './observed.js'
import { tierScores } from './tiers.js'

/** How the system dealt with the fault in the counted trials of a cell; behaviours are told in the order of the rules. */
export function behavioursOf(
  counted: readonly TrialLine[],
  ruleOrder: readonly string[],
): Pick<Cell, 'tiers' | 'detection' | 'behaviours' | 'undetermined' | 'spread'> {
  const observed = counted.filter(isObserved)
  return {
    tiers: tierScores(tierTrialsOf(observed)),
    detection: scoreOf(observed.filter(isDetected).length, observed.length),
    behaviours: behaviourCounts(observed, ruleOrder),
    undetermined: observed.filter(isUndetermined).length,
    spread: cellSpread(observed),
  }
}

const isUndetermined = ({ behaviours }: TrialLine): boolean =>
  behaviours.some((one) => one.id === null && isUndecided(one))
