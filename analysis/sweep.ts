import type { Sweep } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { composite } from './score.js'
import { mean } from './sums.js'
import type { ScoredCell } from './system-score.js'
import { twinKey } from './trials.js'

type Scored = Readonly<{ system: string; cells: readonly ScoredCell[] }>
type CellTag = Sweep['cells'][number]
type Contrast = Sweep['contrasts'][number]

/** The share of outcomes, or of tempers, that makes a conclusion one that does not hang on the temper. */
const nearlyAll = 0.95

/** With fewer tempers nothing is said of others. */
const fewestTempers = 20

/**
 * Which conclusions of a swept run survive other tempers of the model.
 *
 * A cell is `wiring` when nearly all of its outcomes are equal: the graph decides. A contrast of two systems is `stable`
 * when the difference on the trials that both have points one way in nearly all tempers, even ones counted against it.
 */
export function sweepOf(systems: readonly Scored[], seeds: readonly number[]): Sweep {
  const tags = systems.map(({ cells }) => cells.map(tagOf))
  const tagAt = (system: number, cell: number) => tags[system]?.[cell]?.tag
  const pairs = systems.flatMap((a, at) =>
    systems.slice(at + 1).map((b, behind) => ({ a, b, left: at, right: at + 1 + behind })),
  )
  return {
    tempers: seeds.length,
    cells: tags.flat(),
    contrasts: pairs.flatMap(({ a, b, left, right }) => {
      const shared = sharedCells(a.cells, b.cells)
      const each = shared.map(({ own, other, ownAt, otherAt }): Contrast => {
        const { scenario, fault } = own.cell
        const isWired = tagAt(left, ownAt) === 'wiring' && tagAt(right, otherAt) === 'wiring'
        const differences = byTemper([{ own, other }], seeds)
        return {
          ...{ a: a.system, b: b.system, scenario, fault },
          ...contrast(a.system, b.system, differences, isWired),
        }
      })
      const whole = contrast(a.system, b.system, byTemper(shared, seeds), false)
      return [{ a: a.system, b: b.system, scenario: null, fault: null, ...whole }, ...each]
    }),
  }
}

function tagOf({ cell, arms }: ScoredCell): CellTag {
  const { system, scenario, fault, n, held, broke } = cell
  const tempers = new Set(arms.faulted.map(({ seed }) => seed)).size
  const most = Math.max(held, broke)
  const known = most >= nearlyAll * n ? 'wiring' : 'assumption'
  const tag = tempers < fewestTempers ? 'too few' : known
  return { system, scenario, fault, tag, tempers, n, most }
}

type Shared = Readonly<{ own: ScoredCell; other: ScoredCell }>

function sharedCells(a: readonly ScoredCell[], b: readonly ScoredCell[]) {
  return a.flatMap((own, ownAt) => {
    const otherAt = b.findIndex(
      ({ cell }) => cell.scenario === own.cell.scenario && cell.fault === own.cell.fault,
    )
    const other = b[otherAt]
    return other ? [{ own, other, ownAt, otherAt }] : []
  })
}

/** For each temper the score of b minus that of a, on the tasks that both have in it; tempers without any are left out. */
function byTemper(shared: readonly Shared[], seeds: readonly number[]): readonly number[] {
  const cells = shared.map(({ own, other }) => ({
    ...{ category: own.category, fault: own.cell.fault },
    a: bySeed(own.arms.faulted),
    b: bySeed(other.arms.faulted),
  }))
  return seeds.flatMap((seed) => {
    const rates = cells.flatMap(({ category, fault, a, b }) => {
      const [left, right] = [a.get(seed), b.get(seed)]
      const tasks = left && right ? [...left.keys()].filter((task) => right.has(task)) : []
      const rate = (held: ReadonlyMap<string, boolean> | undefined) =>
        mean(tasks.map((task) => (held?.get(task) ? 1 : 0)))
      const [ours, theirs] = [rate(left), rate(right)]
      return ours === null || theirs === null ? [] : [{ category, fault, ours, theirs }]
    })
    const score = (of: 'ours' | 'theirs') =>
      composite(rates.map((one) => ({ ...one, relative: one[of] })))
    const [a, b] = [score('ours'), score('theirs')]
    return a === null || b === null ? [] : [b - a]
  })
}

/** What held in each seed, task by task; a cell whose fault was set in several ways counts the last one of a task. */
function bySeed(lines: readonly TrialLine[]): ReadonlyMap<number, ReadonlyMap<string, boolean>> {
  const seeds = new Map<number, Map<string, boolean>>()
  for (const line of lines) {
    const tasks = seeds.get(line.seed) ?? new Map<string, boolean>()
    tasks.set(twinKey(line), line.verdict === 'held')
    seeds.set(line.seed, tasks)
  }
  return seeds
}

function contrast(
  a: string,
  b: string,
  differences: readonly number[],
  isWired: boolean,
): Pick<Contrast, 'tag' | 'aHigher' | 'bHigher' | 'even' | 'higher'> {
  // Sums of fractions that are equal on paper differ in the last digits.
  const [aHigher, bHigher] = [
    differences.filter((one) => one < -1e-9).length,
    differences.filter((one) => one > 1e-9).length,
  ]
  const even = differences.length - aHigher - bHigher
  const isStable = Math.max(aHigher, bHigher) >= nearlyAll * differences.length
  const known = isWired ? 'wiring' : isStable ? 'stable' : 'assumption'
  const tag = differences.length < fewestTempers ? 'too few' : known
  const mayOrder = tag === 'stable' || (tag === 'wiring' && isStable)
  return { tag, aHigher, bHigher, even, higher: mayOrder ? (aHigher > bHigher ? a : b) : null }
}
