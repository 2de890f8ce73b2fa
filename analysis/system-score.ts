import { groupBy } from '../core/lists.js'
import type { FaultFacts } from '../core/report.js'
import { isRight } from '../core/schemas/outcome.js'
import type { Estimate, SystemSummary } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { type Category, categories } from '../core/taxonomy.js'
import type { CountedCell } from './cell.js'
import { compositeScore, type ScoredCounts } from './composite-score.js'
import { everyTime } from './every-time.js'
import { scoreOf } from './interval.js'
import type { Counts } from './jackknife.js'
import { mean, sum } from './sums.js'
import { systemBehaviours } from './system-behaviours.js'
import { hasResult } from './trials.js'
import type { Verifications } from './verified.js'
import type { Weights } from './weights.js'

/** What a system is summarised from. */
type SystemTrials = Readonly<{
  system: string
  /** All its cells. */
  cells: readonly CountedCell[]
  baselines: readonly TrialLine[]
  faults: readonly FaultFacts[]
  faultsPlanned: number
  verifications: Verifications
  /** How much categories count in the score; without: all the same. */
  weights?: Weights | undefined
}>

/** A cell that takes part in a score, with the category of its fault. */
export type ScoredCell = CountedCell & Readonly<{ category: Category }>

/** What all cells of one system say together. */
export function summariseSystem(facts: SystemTrials): SystemSummary {
  const scored = scoredCells(facts.cells, facts.faults)
  const add = (of: (cell: CountedCell['cell']) => number) => sum(scored.map(({ cell }) => of(cell)))
  const byTask = groupedByTask(scored)
  const ran = facts.baselines.filter(hasResult)
  return {
    system: facts.system,
    score: compositeScore(scored.map(countsIn), facts.weights),
    worst: worstOf(scored),
    robustness: scoreOf(
      add(({ held }) => held),
      add(({ n }) => n),
    ),
    everyTime: everyTime([...byTask.values()]),
    baseline: scoreOf(ran.filter(({ outcome }) => isRight(outcome)).length, ran.length),
    ...systemBehaviours(facts.cells, facts.verifications),
    faultsMeasured: new Set(scored.map(({ cell }) => cell.fault)).size,
    faultsPlanned: facts.faultsPlanned,
    calls: mean(ran.map(({ calls }) => calls)),
  }
}

/** The counts of every question that was asked about a task. */
function groupedByTask(cells: readonly ScoredCell[]): ReadonlyMap<string, readonly Counts[]> {
  const all = cells.flatMap(({ cell, tasks }) =>
    [...tasks].map(([task, counts]) => ({ key: `${cell.scenario}\u0000${task}`, counts })),
  )
  const groups = [...groupBy(all, ({ key }) => key)]
  return new Map(groups.map(([key, some]) => [key, some.map(({ counts }) => counts)]))
}

/** The cells that are in the score of their system. Faults that were set together belong to no category. */
export function scoredCells(
  cells: readonly CountedCell[],
  faults: readonly FaultFacts[],
): readonly ScoredCell[] {
  const categoryOf = new Map(faults.map(({ id, category }) => [id, category]))
  return cells.filter(isScored).flatMap((counted) => {
    const category = categoryOf.get(counted.cell.fault)
    return category ? [{ ...counted, category }] : []
  })
}

/** Whether a score may be drawn from a cell. */
export const isScored = ({ cell }: CountedCell): boolean =>
  cell.applicable && cell.recoverable && cell.measured && cell.relative.mean !== null

const countsIn = ({ cell, category, tasks }: ScoredCell): ScoredCounts => ({
  scenario: cell.scenario,
  fault: cell.fault,
  category,
  tasks,
})

function worstOf(cells: readonly ScoredCell[]): SystemSummary['worst'] {
  const byCategory = groupBy(cells, ({ category }) => category)
  const scores = categories.flatMap((category) => {
    const some = byCategory.get(category)
    return some ? [{ category, score: scoreOfCells(some) }] : []
  })
  const rank = ({ score }: Readonly<{ score: Estimate }>) => score.mean ?? Number.POSITIVE_INFINITY
  const [worst] = scores.sort((a, b) => rank(a) - rank(b))
  return worst ?? null
}

/** The relative robustness of some cells together: per fault, mean per category, mean over categories. */
export const scoreOfCells = (cells: readonly ScoredCell[]): Estimate =>
  compositeScore(cells.map(countsIn))
