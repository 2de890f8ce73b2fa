import type { FaultFacts } from '../core/report.js'
import type { Compared, Comparison } from '../core/schemas/comparison.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { Injector } from '../core/taxonomy.js'
import type { CountedCell } from './cell.js'
import { checkComparable, otherwiseDifferent, reservations } from './comparable.js'
import { type ComparedTrials, compareSides } from './compare-sides.js'
import { benjaminiHochberg } from './corrections.js'
import { mostFalse } from './look.js'
import { holmIfKnown, mostChance } from './pairs.js'
import { cellsBySystem, evidenceOf } from './run-cells.js'
import { type CompareBy, type Sides, sidesOfRun, sidesOfRuns } from './sides.js'
import { distinct } from './trials.js'

/** A run that is compared. */
export type ComparedRun = Readonly<{
  run: RunFile
  /** In any order; a trial may come more than once. */
  lines: readonly TrialLine[]
  injectorOf: (fault: string) => Injector
}>

/** What shall be compared. */
type Request = Readonly<{
  tool: Comparison['tool']
  first: ComparedRun
  /** Null: systems of the first run are compared with each other. */
  second: ComparedRun | null
  by: CompareBy
  faults: readonly FaultFacts[]
  /** Names of faults; null for all. */
  only: ReadonlySet<string> | null
}>

/**
 * Compares systems by task, each pair on the trials that both have. Throws `not-comparable` when two runs differ in
 * more than may be put down to their systems, or when there is no pair.
 */
export function compare({ tool, first, second, by, faults, only }: Request): Comparison {
  if (second) checkComparable(first.run, second.run)
  const other = second ?? first
  const sides = second ? sidesOfRuns(first.run, second.run, by) : sidesOfRun(first.run, by)
  const [left, right] = [cellsIn(first, only), cellsIn(other, only)]
  const trials = sides.map(({ a, b }) =>
    compareSides(left.get(a.id) ?? [], right.get(b.id) ?? [], faults),
  )
  const runs = second ? [first.run, second.run] : [first.run]
  return {
    schema: 1,
    tool,
    evidence: evidenceOf(first.run.plan),
    by: second ? 'run' : by,
    notices: [
      ...runs.flatMap(reservations),
      ...(second ? otherwiseDifferent(first.run, second.run) : []),
      ...(second ? leftAlone(first.run, second.run, sides) : []),
    ],
    comparisons: corrected(trials).map((one, at) => {
      const side = sides[at]
      if (!side) throw new Error('every comparison has its sides')
      return { ...named(side, first.run, other.run), ...one }
    }),
  }
}

function cellsIn(
  { run, lines, injectorOf }: ComparedRun,
  only: ReadonlySet<string> | null,
): ReadonlyMap<string, readonly CountedCell[]> {
  const systems = cellsBySystem({
    ...{ plan: run.plan, trials: distinct(lines), injectorOf },
    imported: run.imported !== undefined,
  })
  return new Map(
    systems.map(({ system, cells }) => [
      system,
      cells.filter(({ cell }) => !only || only.has(cell.fault)),
    ]),
  )
}

function named(
  { a, b }: Sides,
  first: RunFile,
  second: RunFile,
): Pick<Compared, 'a' | 'b' | 'removed' | 'restored'> {
  const side = ({ id: run, plan }: RunFile, { id, without }: Sides['a']) => ({
    ...{ run, system: id, without: [...without], models: [plan.model] },
  })
  return {
    a: side(first, a),
    b: side(second, b),
    removed: b.without.filter((defence) => !a.without.includes(defence)),
    restored: a.without.filter((defence) => !b.without.includes(defence)),
  }
}

type Corrected = ComparedTrials & Pick<Compared, 'better'>

/** Scores by Holm, for they may be told as findings; faults by Benjamini and Hochberg, for they are only looked at. */
function corrected(all: readonly ComparedTrials[]): readonly Corrected[] {
  const adjusted = holmIfKnown(all.map(({ score }) => score.p))
  const qs = [...benjaminiHochberg(all.flatMap(({ faults }) => faults.flatMap(({ p }) => p ?? [])))]
  return all.map((one, at) => {
    const score = { ...one.score, adjusted: adjusted[at] ?? null }
    const faults = one.faults.map((fault) =>
      fault.p === null ? fault : lookedAt(fault, qs.shift() ?? 1),
    )
    return { ...one, score, faults, better: betterOf(score) }
  })
}

function lookedAt(fault: Compared['faults'][number], q: number): Compared['faults'][number] {
  return { ...fault, q, look: q <= mostFalse && (fault.p ?? 1) < mostChance }
}

function betterOf({ adjusted, difference }: Compared['score']): Compared['better'] {
  if (adjusted === null || difference.mean === null || adjusted >= mostChance) return null
  return difference.mean > 0 ? 'b' : 'a'
}

function leftAlone(first: RunFile, second: RunFile, sides: readonly Sides[]): readonly string[] {
  const rest = (run: RunFile, used: readonly string[]) => {
    const names = run.plan.systems.map(({ id }) => id).filter((id) => !used.includes(id))
    return names.length === 0 ? [] : [`Only ${run.id} has ${names.join(', ')}.`]
  }
  return [
    ...rest(
      first,
      sides.map(({ a }) => a.id),
    ),
    ...rest(
      second,
      sides.map(({ b }) => b.id),
    ),
  ]
}
