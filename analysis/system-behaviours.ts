import type { SystemSummary } from '../core/schemas/summary.js'
import type { CountedCell } from './cell.js'
import { dealtWith } from './cell-behaviours.js'
import { isObserved } from './observed.js'
import { type Verifications, verifiedOf } from './verified.js'

/**
 * How a system dealt with all its faults together: by the formulas of a cell, over the counted trials of every cell that
 * has a rate of its own. Placebo trials are not asked for, so that trials of others and faults that were set together
 * are in it, which are in no score.
 */
export function systemBehaviours(
  cells: readonly CountedCell[],
  verifications: Verifications,
): Pick<SystemSummary, 'tiers' | 'detection' | 'undetermined' | 'verified'> {
  const counted = cells.filter(hasRate).flatMap(({ arms }) => arms.faulted)
  return {
    ...dealtWith(counted.filter(isObserved)),
    verified: verifiedOf(counted, verifications),
  }
}

const hasRate = ({ cell }: CountedCell): boolean =>
  cell.applicable && cell.recoverable && cell.measured
