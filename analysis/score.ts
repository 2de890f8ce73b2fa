import { groupBy } from '../core/lists.js'
import type { Category } from '../core/taxonomy.js'
import type { Counts } from './jackknife.js'
import { mean, sum } from './sums.js'
import { uniform, type Weights } from './weights.js'

/** Held and n under the fault, then held and n under the placebo: what relative robustness and damage are made of. */
export const countsPerCell = 4

/** Robustness over placebo, what the fault costs beyond bad luck; null without trials or when no placebo held. */
export function relative([held = 0, n = 0, placeboHeld = 0, placeboN = 0]: Counts): number | null {
  if (n === 0 || placeboN === 0 || placeboHeld === 0) return null
  return held / n / (placeboHeld / placeboN)
}

/** Placebo minus robustness, as a fraction; null without trials. */
export function damage([held = 0, n = 0, placeboHeld = 0, placeboN = 0]: Counts): number | null {
  return n === 0 || placeboN === 0 ? null : placeboHeld / placeboN - held / n
}

/** Whether a cell has the trials that a relative robustness needs. */
export const isAsked = ([, n = 0, , placeboN = 0]: Counts): boolean => n > 0 && placeboN > 0

/** The relative robustness of one cell. */
type CellScore = Readonly<{ category: Category; fault: string; relative: number }>

/**
 * Mean over scenarios within a fault, over faults within a category, then over categories by their weights: variants
 * weigh as one. Null when nothing was measured that has a weight.
 */
export function composite(
  cells: readonly CellScore[],
  { weigh }: Weights = uniform,
): number | null {
  const groups = [...groupBy(cells, ({ category }) => category)]
  const measured = groups.map(([category, some]) => ({ category, ...ofCategory(some) }))
  const weights = weigh(measured)
  const whole = sum(weights)
  if (whole === 0) return null
  return sum(measured.map(({ score }, at) => score * (weights[at] ?? 0))) / whole
}

function ofCategory(cells: readonly CellScore[]): Readonly<{ score: number; faults: number }> {
  const byFault = groupBy(cells, ({ fault }) => fault)
  return { score: mean([...byFault.values()].map(ofFault)) ?? 0, faults: byFault.size }
}

const ofFault = (cells: readonly CellScore[]) => mean(cells.map((cell) => cell.relative)) ?? 0
