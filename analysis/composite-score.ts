import type { Estimate } from '../core/schemas/summary.js'
import type { Category } from '../core/taxonomy.js'
import { type Counts, jackknife, jackknifeTest, type Tested } from './jackknife.js'
import { composite, countsPerCell, isAsked, relative } from './score.js'
import type { Weights } from './weights.js'

/** The counts by task of a cell that is in a score. */
export type ScoredCounts = Readonly<{
  scenario: string
  fault: string
  category: Category
  tasks: ReadonlyMap<string, Counts>
}>

/** The score of cells with its interval. */
export function compositeScore(cells: readonly ScoredCounts[], weights?: Weights): Estimate {
  return jackknife(countsOfTasks(cells), (sums) => compositeOf(cells, sums, weights))
}

/**
 * The score of b minus that of a, from the same cells of both in the same order. The counts of both stand side by side,
 * so that leaving out a task takes it from both: what makes a task hard for both is in neither error.
 */
export function compositeDifference(
  a: readonly ScoredCounts[],
  b: readonly ScoredCounts[],
  weights?: Weights,
): Tested {
  const middle = a.length * countsPerCell
  return jackknifeTest(countsOfTasks([...a, ...b]), (sums) => {
    const [left, right] = [
      compositeOf(a, sums.slice(0, middle), weights),
      compositeOf(b, sums.slice(middle), weights),
    ]
    return left === null || right === null ? null : right - left
  })
}

/** One row of counts for every task of every scenario: the counts of all cells side by side, 0 where it has none. */
function countsOfTasks(cells: readonly ScoredCounts[]): readonly Counts[] {
  const rows = new Map<string, number[]>()
  cells.forEach(({ scenario, tasks }, at) => {
    for (const [task, counts] of tasks) {
      const key = `${scenario}\u0000${task}`
      const row = rows.get(key) ?? new Array<number>(cells.length * countsPerCell).fill(0)
      rows.set(key, row)
      counts.forEach((count, offset) => {
        row[at * countsPerCell + offset] = count
      })
    }
  })
  return [...rows.values()]
}

function compositeOf(
  cells: readonly ScoredCounts[],
  sums: Counts,
  weights: Weights | undefined,
): number | null {
  const scores = cells.flatMap(({ category, fault }, at) => {
    const counts = sums.slice(at * countsPerCell, (at + 1) * countsPerCell)
    // A cell whose only task is left out is no longer there; one whose placebo never held spoils the whole score.
    return isAsked(counts) ? [{ category, fault, relative: relative(counts) }] : []
  })
  const known = scores.flatMap((one) =>
    one.relative === null ? [] : [{ ...one, relative: one.relative }],
  )
  return known.length < scores.length ? null : composite(known, weights)
}
