import type { FaultFacts } from '../../core/report.js'
import type { BaselineFile } from '../../core/schemas/baseline-file.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import type { Cell, GateResult, Summary } from '../../core/schemas/summary.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { Injector } from '../../core/taxonomy.js'
import { faultWithoutParameters } from '../../core/trial-id.js'
import { comparedWith } from '../baseline-file.js'
import { plannedName } from '../run-cells.js'
import { baseName } from '../sides.js'
import { type StopState, stopState } from '../stopping.js'
import { type AskedGate, checkGates, type GateFacts } from './check.js'
import type { Evidence } from './evidence.js'
import { questionOf, stoppingOf } from './questions.js'
import { regressionOf, uncompared } from './regression.js'
import { gatesFor, type Planned } from './select.js'

/** A run as its gates see it. */
type GatedRun = Readonly<{
  run: RunFile
  faults: readonly FaultFacts[]
  injectorOf: (fault: string) => Injector
  gates?: readonly string[]
  baselineFile?: BaselineFile | null
}>

/** The gates that were declared before a run, and those that are asked for now. */
export function gatesIn({ run, faults, gates: later = [] }: GatedRun): readonly AskedGate[] {
  const planned = plannedIn(run, faults)
  const declared = new Set(gatesFor(run.gates ?? [], planned).map(({ rule }) => rule))
  return gatesFor([...(run.gates ?? []), ...later], planned).map((gate) => ({
    gate,
    declared: declared.has(gate.rule),
  }))
}

/** How far a run is that may end early; null for one that does not. */
export function stopOf(
  { run, injectorOf }: GatedRun,
  gates: readonly AskedGate[],
  lines: readonly TrialLine[],
): StopState | null {
  if (!run.stopping) return null
  const stopping = stoppingOf(
    gates.map(({ gate }) => gate),
    run.stopping,
  )
  return stopState({ plan: run.plan, lines, stopping, injectorOf })
}

/** The name of a cell within a run. */
export const cellKey = ({ system, scenario, fault }: Pick<Cell, 'system' | 'scenario' | 'fault'>) =>
  [system, scenario, fault].join('\u0000')

/** What stop rules said to the questions of a run. */
export const earlyAnswers =
  ({ run }: GatedRun, stop: StopState | null): GateFacts['early'] =>
  (gate, system) => {
    const looks = run.stopping?.find(({ rule }) => rule === gate.rule)?.looks
    const asked = stop?.questions.find(({ id }) => id === questionOf(gate, system))
    if (!looks || !asked) return null
    const longest = looks.at(-1)?.n ?? 0
    const { end, outcomes } = asked
    return end === null || end.verdict === 'given up'
      ? { verdict: null, more: longest - outcomes.length }
      : { ...end, longest }
  }

/** The answers of all gates, and what has to be said about the file they compare with. */
export function answersOf(
  { run, faults, baselineFile = null }: GatedRun,
  gates: readonly AskedGate[],
  {
    systems,
    trials,
    complete,
    early,
  }: Pick<Evidence, 'systems' | 'trials'> & Pick<GateFacts, 'complete' | 'early'>,
): Readonly<{ results: readonly GateResult[]; baselineFile: Summary['baselineFile'] }> {
  const names = new Map(trials.map(({ fault }) => [faultWithoutParameters(fault), fault]))
  const bases = new Map(run.plan.systems.map((one) => [one.id, baseName(one)]))
  const baseOf = (system: string) => bases.get(system) ?? system
  const evidence = {
    ...{ systems, trials },
    categoryOf: new Map(faults.map(({ id, category }) => [id, category])),
  }
  const results = checkGates(gates, evidence, {
    complete,
    early,
    regression: (gate) =>
      regressionOf(gate, {
        ...{ systems, complete, file: baselineFile },
        baseOf,
        nameOf: (fault) => names.get(fault) ?? fault,
      }),
  })
  const notices = baselineFile
    ? [
        ...comparedWith(run, baselineFile, Date.parse(run.created)),
        ...uncompared(systems, baselineFile, baseOf),
      ]
    : []
  return {
    results,
    baselineFile: baselineFile && {
      run: baselineFile.run,
      created: baselineFile.created,
      notices,
    },
  }
}

/** What a plan has that gates can name. */
export const plannedIn = (
  { plan }: Pick<RunFile, 'plan'>,
  facts: readonly FaultFacts[],
): Planned => ({
  systems: plan.systems.map(({ id }) => id),
  scenarios: plan.scenarios.map(({ id }) => id),
  faults: [...new Set(plan.faults.map(plannedName))],
  seeds: plan.seeds.length,
  facts,
})
