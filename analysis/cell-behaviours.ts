import type { Cell } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { scoreOf } from './interval.js'

/** How the system dealt with the fault in the counted trials of a cell. */
export function behavioursOf(
  counted: readonly TrialLine[],
): Pick<Cell, 'tiers' | 'detection' | 'behaviours' | 'undetermined' | 'spread'> {
  return {
    tiers: { mechanism: null, rule: null, prompt: null, reasoning: null },
    detection: scoreOf(0, counted.length),
    behaviours: [],
    undetermined: 0,
    spread: null,
  }
}
