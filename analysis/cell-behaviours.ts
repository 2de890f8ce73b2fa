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
    ...dealtWith(observed),
    behaviours: behaviourCounts(observed, ruleOrder),
    spread: cellSpread(observed),
  }
}

/** Which tiers acted in trials in which behaviours were looked for, in how many somebody noticed, and what nobody can tell. */
export function dealtWith(
  observed: readonly TrialLine[],
): Pick<Cell, 'tiers' | 'detection' | 'undetermined'> {
  return {
    tiers: tierScores(tierTrialsOf(observed)),
    detection: scoreOf(observed.filter(isDetected).length, observed.length),
    undetermined: observed.filter(isUndetermined).length,
  }
}

const isUndetermined = ({ behaviours }: TrialLine): boolean =>
  behaviours.some((one) => one.id === null && isUndecided(one))
