import type { TrialLine } from '../core/schemas/trial-line.js'
import { type TierTrial, together } from './tiers.js'

/** Whether behaviours were looked for in a trial: runs of older versions have none, which is not the same as none seen. */
export const isObserved = ({ behaviours, noticed, spread }: TrialLine): boolean =>
  behaviours.length > 0 || noticed !== null || spread !== null

/** Whether somebody noticed the fault: a doubt, question or rejection was seen, or the behaviour implies one. */
export const isDetected = ({ behaviours, noticed }: TrialLine): boolean =>
  noticed !== null || behaviours.some(({ detects }) => detects === true)

/** Counted trials as the published formulas of tiers see them. */
export const tierTrialsOf = (counted: readonly TrialLine[]): readonly TierTrial[] =>
  counted.map(({ behaviours, verdict }) => {
    const known = behaviours.filter(({ id }) => id !== null)
    return {
      tiers: known.length === 0 ? null : together(known.map(({ tiers }) => tiers)),
      passed: verdict === 'held',
    }
  })
