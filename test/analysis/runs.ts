import { summarise } from '../../analysis/summarise.js'
import type { Weights } from '../../analysis/weights.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import type { Cell, Summary } from '../../core/schemas/summary.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { faulted, faults, line, placebo, plannedOf, runOf } from './lines.js'

const tasks = ['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8', 't9', 't10']

/** Ten tasks with five seeds each. */
export const grid = tasks.flatMap((task) => [1, 2, 3, 4, 5].map((seed) => ({ task, seed })))

/** Right baselines of the grid. */
export const baselines = grid.map((at) => line(at))

/** Right placebo trials of the grid. */
export const placebos = grid.map((at) => placebo(at))

/** How many of five seeds held in each of ten tasks that differ much. */
export const unlike = [5, 5, 5, 4, 5, 0, 5, 3, 5, 1]

/** Trials of a fault on the grid, of which the first `held` seeds of each task held. */
export const faultedBy = (held: readonly number[], changes: Partial<TrialLine> = {}) =>
  grid.map(({ task, seed }, at) =>
    faulted(seed <= (held[Math.floor(at / 5)] ?? 0) ? 'held' : 'broke', { task, seed, ...changes }),
  )

/** The summary of a run whose faults are all of the response injector. */
export const summaryOf = (
  lines: readonly TrialLine[],
  plan: Partial<RunFile['plan']> = {},
  weights?: Weights,
): Summary => summarise({ run: runOf(plan), lines, faults, injectorOf: () => 'response', weights })

/** The one cell of a run that has one. */
export function cellOf(lines: readonly TrialLine[]): Cell {
  const [cell] = summaryOf(lines).cells
  if (!cell) throw new Error('a plan of one cell has one cell')
  return cell
}

/** A plan of two faults of different categories. */
export const twoFaults = { faults: [plannedOf('hallucination'), plannedOf('message-storm')] }
