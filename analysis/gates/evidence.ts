import type { Metric } from '../../core/gate.js'
import { isRight } from '../../core/schemas/outcome.js'
import type { Estimate, GateSubject } from '../../core/schemas/summary.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { Category } from '../../core/taxonomy.js'
import { faultWithoutParameters } from '../../core/trial-id.js'
import type { CountedCell } from '../cell.js'
import { everyTime } from '../every-time.js'
import { scoreOf } from '../interval.js'
import { jackknife } from '../jackknife.js'
import { damage, relative } from '../score.js'
import { sum, sumIfKnown } from '../sums.js'
import { type ScoredCell, scoreOfCells } from '../system-score.js'
import { hasResult } from '../trials.js'
import { behaviourOf, isOfBehaviour } from './behaviours.js'
import type { Gate } from './select.js'

/** What is known of one system when gates are checked. */
export type SystemEvidence = Readonly<{
  system: string
  cells: readonly CountedCell[]
  baselines: readonly TrialLine[]
}>

/** What gates are checked against. */
export type Evidence = Readonly<{
  systems: readonly SystemEvidence[]
  /** All trials of the run, each once. */
  trials: readonly TrialLine[]
  categoryOf: ReadonlyMap<string, Category>
}>

/** What was found about one question of a gate, before anything is decided. */
export type Finding = Pick<GateSubject, 'system' | 'part' | 'unit' | 'actual' | 'lost'> &
  Readonly<{
    /** Held or right trials of a proportion. */
    held: number | null
    /** Why no trial could count: no covered fault has a site in the system, or only luck could save it from those. */
    unasked: 'no site' | 'only luck' | null
  }>

/** What a run shows about the questions of a gate: one for each system, or one for the run. */
export function findingsOf(gate: Gate, evidence: Evidence): readonly Finding[] {
  const { metric } = gate
  if (metric === 'cost' || metric === 'tokens' || metric === 'void-rate') {
    return [ofRun(metric, gate, evidence)]
  }
  return evidence.systems
    .filter(({ system }) => gate.systems.includes(system))
    .flatMap((one) => ofSystem(metric, gate, one, evidence))
}

/** The cells of a system that a gate asks about. */
export const coveredCells = (gate: Gate, cells: readonly CountedCell[]): readonly CountedCell[] =>
  cells.filter(
    ({ cell }) => gate.scenarios.includes(cell.scenario) && gate.faults.includes(cell.fault),
  )

type RunMetric = 'cost' | 'tokens' | 'void-rate'

function ofRun(metric: RunMetric, gate: Gate, { trials }: Evidence): Finding {
  const isNarrow = gate.selector.length > 0
  const own = trials.filter(
    (line) =>
      gate.systems.includes(line.system) &&
      gate.scenarios.includes(line.scenario) &&
      (!isNarrow ||
        line.arm !== 'fault' ||
        gate.faults.includes(faultWithoutParameters(line.fault))),
  )
  const value = {
    cost: () => sumIfKnown(own.map(({ costUsd }) => costUsd)),
    tokens: () => sum(own.map(({ tokens }) => tokens)),
    'void-rate': () =>
      own.length === 0 ? null : own.filter(({ verdict }) => verdict === 'void').length / own.length,
  }[metric]()
  return found(null, 'trials', exactly(value, own.length))
}

function ofSystem(
  metric: Exclude<Metric, RunMetric>,
  gate: Gate,
  { system, cells, baselines }: SystemEvidence,
  { categoryOf }: Evidence,
): readonly Finding[] {
  if (metric === 'baseline') return [ofBaseline(system, gate, baselines)]
  const applicable = coveredCells(gate, cells).filter(({ cell }) => cell.applicable)
  const covered = coveredCells(gate, cells).filter(({ cell }) => cell.recoverable)
  const isAsked = covered.some(({ cell }) => cell.applicable)
  const unasked = isAsked ? null : applicable.length > 0 ? 'only luck' : 'no site'
  const lost = covered.flatMap(({ cell }) => (isLost(cell) ? [cell.fault] : []))
  const finish = (one: Finding): Finding => ({ ...one, lost: [...new Set(lost)], unasked })
  const scored = covered.flatMap((one): readonly ScoredCell[] => {
    const category = categoryOf.get(one.cell.fault)
    return category && one.cell.measured && one.cell.n > 0 ? [{ ...one, category }] : []
  })
  if (metric === 'worst.category' || metric === 'worst.fault') {
    const keyOf = (one: ScoredCell) => (metric === 'worst.fault' ? one.cell.fault : one.category)
    const parts = [...new Set(scored.map(keyOf))]
    if (parts.length === 0) return [finish(found(system, 'tasks', nothing))]
    return parts.map((part) => {
      const some = scored.filter((one) => keyOf(one) === part)
      return finish({ ...found(system, 'tasks', scoreOfCells(some)), part })
    })
  }
  return [finish(pooled(metric, system, scored, covered))]
}

function pooled(
  metric: Exclude<Metric, RunMetric>,
  system: string,
  scored: readonly ScoredCell[],
  covered: readonly CountedCell[],
): Finding {
  const counts = (cells: readonly CountedCell[], at: number) =>
    sum(cells.flatMap(({ tasks }) => [...tasks.values()].map((one) => one[at] ?? 0)))
  const proportion = ({ held, n }: Readonly<{ held: number; n: number }>): Finding => ({
    ...found(system, 'trials', scoreOf(held, n)),
    held,
  })
  const ofArm = (at: number) => ({ held: counts(scored, at), n: counts(scored, at + 1) })
  if (isOfBehaviour(metric)) return proportion(behaviourOf(metric, scored))
  switch (metric) {
    case 'robustness':
      return proportion(ofArm(0))
    case 'placebo':
      return proportion(ofArm(2))
    case 'score':
      return found(system, 'tasks', scoreOfCells(scored))
    case 'relative':
      return found(system, 'tasks', jackknife(byTask(scored).map(added), relative))
    case 'damage':
      return found(system, 'tasks', jackknife(byTask(scored).map(added), damage))
    case 'every-time':
      return found(system, 'tasks', everyTime(byTask(scored)))
    case 'coverage':
      return coverageOf(system, covered)
    default:
      return found(system, 'tasks', nothing)
  }
}

const nothing: Estimate = { mean: null, low: null, high: null, n: 0 }

const found = (system: string | null, unit: Finding['unit'], actual: Estimate): Finding => ({
  ...{ system, unit, actual, part: null, lost: [], held: null },
  unasked: null,
})

const exactly = (mean: number | null, n: number): Estimate => ({ mean, low: null, high: null, n })

function ofBaseline(system: string, gate: Gate, baselines: readonly TrialLine[]): Finding {
  const ran = baselines.filter((line) => hasResult(line) && gate.scenarios.includes(line.scenario))
  const held = ran.filter(({ outcome }) => isRight(outcome)).length
  return { ...found(system, 'trials', scoreOf(held, ran.length)), held }
}

/** Whether a cell lost so much that no score may be drawn from it; where nothing was asked, nothing was lost. */
export const isLost = ({ applicable, measured, coverage }: CountedCell['cell']) =>
  applicable && !measured && coverage !== null

/** How many trials count of those that should have, over all cells. */
function coverageOf(system: string, covered: readonly CountedCell[]): Finding {
  const lost = sum(
    covered.map(({ cell }) => cell.void + cell.leftOut.notReached + cell.leftOut.notWritten),
  )
  const n = sum(covered.map(({ cell }) => cell.n))
  const asked = n + lost
  return found(system, 'trials', exactly(asked === 0 ? null : n / asked, asked))
}

/** The counts of all cells by task. */
function byTask(cells: readonly CountedCell[]): readonly (readonly (readonly number[])[])[] {
  const tasks = new Map<string, (readonly number[])[]>()
  for (const { cell, tasks: own } of cells) {
    for (const [task, counts] of own) {
      const key = `${cell.scenario}\u0000${task}`
      const row = tasks.get(key) ?? []
      tasks.set(key, row)
      row.push(counts)
    }
  }
  return [...tasks.values()]
}

const added = (rows: readonly (readonly number[])[]): readonly number[] =>
  [0, 1, 2, 3].map((at) => sum(rows.map((row) => row[at] ?? 0)))
