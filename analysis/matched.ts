import type { TrialLine } from '../core/schemas/trial-line.js'
import { type CountedCell, countsByTask } from './cell.js'
import type { ScoredCounts } from './composite-score.js'
import { relative } from './score.js'
import { sum } from './sums.js'
import type { ScoredCell } from './system-score.js'
import { twinKey } from './trials.js'

/** The trials of a cell that two sides both have: of the same tasks and seeds, counted on both sides. */
export type MatchedCell = Readonly<{
  scenario: string
  fault: string
  /** Trials of the fault; those of a and b at one place are of the same task and seed. */
  a: CountedCell['arms']
  b: CountedCell['arms']
}>

/** The same cell of two sides, cut down to the trials that both have. */
export function matchedCell(a: CountedCell, b: CountedCell): MatchedCell {
  const { scenario, fault } = a.cell
  const faulted = shared(a.arms.faulted, b.arms.faulted)
  const placebo = shared(a.arms.placebo, b.arms.placebo)
  return {
    scenario,
    fault,
    a: { faulted: faulted.a, placebo: placebo.a },
    b: { faulted: faulted.b, placebo: placebo.b },
  }
}

type Lines = readonly TrialLine[]

function shared(a: Lines, b: Lines): Readonly<{ a: Lines; b: Lines }> {
  const twins = new Map(b.map((line) => [twinKey(line), line]))
  const pairs = a.flatMap((line) => {
    const twin = twins.get(twinKey(line))
    return twin ? [[line, twin] as const] : []
  })
  return { a: pairs.map(([line]) => line), b: pairs.map(([, twin]) => twin) }
}

/** The same cells of both sides, one list each. */
export type MatchedCounts = Readonly<{ a: readonly ScoredCounts[]; b: readonly ScoredCounts[] }>

/** The counts of the cells that are in the scores of both sides, from the trials that both have. */
export function matchedCounts(a: readonly ScoredCell[], b: readonly ScoredCell[]): MatchedCounts {
  const pairs = sameCells(a, b).flatMap(([left, right]) => {
    const cell = matchedCell(left, right)
    const { scenario, fault } = cell
    const of = (arms: CountedCell['arms']) => ({
      ...{ scenario, fault, category: left.category },
      tasks: countsByTask(arms),
    })
    const both = { a: of(cell.a), b: of(cell.b) }
    // Of what is left of a cell, the placebo may never have held.
    return [both.a, both.b].every(hasScore) ? [both] : []
  })
  return { a: pairs.map((pair) => pair.a), b: pairs.map((pair) => pair.b) }
}

/** The cells of both sides that are about the same scenario and fault. */
export function sameCells<Side extends CountedCell>(
  a: readonly Side[],
  b: readonly Side[],
): readonly (readonly [Side, Side])[] {
  const keyOf = ({ cell }: Side) => `${cell.scenario}\u0000${cell.fault}`
  const twins = new Map(b.map((one) => [keyOf(one), one]))
  return a.flatMap((one) => {
    const twin = twins.get(keyOf(one))
    return twin ? [[one, twin] as const] : []
  })
}

function hasScore({ tasks }: ScoredCounts): boolean {
  const rows = [...tasks.values()]
  const sums = [0, 1, 2, 3].map((at) => sum(rows.map((counts) => counts[at] ?? 0)))
  return relative(sums) !== null
}
