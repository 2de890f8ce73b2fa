import { groupBy } from '../core/lists.js'
import type { FaultFacts } from '../core/report.js'
import { isRight } from '../core/schemas/outcome.js'
import type { Estimate, SystemSummary } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { type Category, categories } from '../core/taxonomy.js'
import type { CountedCell } from './cell.js'
import { everyTime } from './every-time.js'
import { scoreOf } from './interval.js'
import { type Counts, jackknife } from './jackknife.js'
import { composite, countsPerCell, isAsked, relative } from './score.js'
import { mean, sum } from './sums.js'
import { hasResult } from './trials.js'

/** What a system is summarised from. */
type SystemTrials = Readonly<{
  system: string
  /** All its cells. */
  cells: readonly CountedCell[]
  baselines: readonly TrialLine[]
  faults: readonly FaultFacts[]
  faultsPlanned: number
}>

/** A cell that takes part in a score, with the category of its fault. */
export type ScoredCell = CountedCell & Readonly<{ category: Category }>

/** What all cells of one system say together. */
export function summariseSystem(facts: SystemTrials): SystemSummary {
  const categoryOf = new Map(facts.faults.map(({ id, category }) => [id, category]))
  const scored = facts.cells.flatMap((counted) => {
    const category = categoryOf.get(counted.cell.fault)
    return category && isScored(counted) ? [{ ...counted, category }] : []
  })
  const add = (of: (cell: CountedCell['cell']) => number) => sum(scored.map(({ cell }) => of(cell)))
  const byTask = groupedByTask(scored)
  const ran = facts.baselines.filter(hasResult)
  return {
    system: facts.system,
    score: scoreOfCells(scored),
    worst: worstOf(scored),
    robustness: scoreOf(
      add(({ held }) => held),
      add(({ n }) => n),
    ),
    everyTime: everyTime([...byTask.values()]),
    baseline: scoreOf(ran.filter(({ outcome }) => isRight(outcome)).length, ran.length),
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

const isScored = ({ cell }: CountedCell) =>
  cell.applicable && cell.recoverable && cell.measured && cell.relative.mean !== null

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
export function scoreOfCells(cells: readonly ScoredCell[]): Estimate {
  return jackknife(countsOfTasks(cells), (sums) => compositeOf(cells, sums))
}

/** One row of counts for every task of every scenario: the counts of all cells side by side, 0 where it has none. */
function countsOfTasks(cells: readonly ScoredCell[]): readonly Counts[] {
  const rows = new Map<string, number[]>()
  cells.forEach(({ cell, tasks }, at) => {
    for (const [task, counts] of tasks) {
      const key = `${cell.scenario}\u0000${task}`
      const row = rows.get(key) ?? new Array<number>(cells.length * countsPerCell).fill(0)
      rows.set(key, row)
      counts.forEach((count, offset) => {
        row[at * countsPerCell + offset] = count
      })
    }
  })
  return [...rows.values()]
}

function compositeOf(cells: readonly ScoredCell[], sums: Counts): number | null {
  const scores = cells.flatMap(({ category, cell }, at) => {
    const counts = sums.slice(at * countsPerCell, (at + 1) * countsPerCell)
    // A cell whose only task is left out is no longer there; one whose placebo never held spoils the whole score.
    return isAsked(counts) ? [{ category, fault: cell.fault, relative: relative(counts) }] : []
  })
  const known = scores.flatMap((one) =>
    one.relative === null ? [] : [{ ...one, relative: one.relative }],
  )
  return known.length < scores.length ? null : composite(known)
}
