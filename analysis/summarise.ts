import type { FaultFacts } from '../core/report.js'
import type { BaselineFile } from '../core/schemas/baseline-file.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { GateResult, Summary } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { Injector } from '../core/taxonomy.js'
import { baselineArm, faultsIn, faultWithoutParameters } from '../core/trial-id.js'
import { comparedWith } from './baseline-file.js'
import { type CountedCell, summariseCell } from './cell.js'
import { checkGates, type GateFacts, verdictOf } from './gates/check.js'
import type { Evidence } from './gates/evidence.js'
import { regressionOf, uncompared } from './gates/regression.js'
import { gatesFor, type Planned } from './gates/select.js'
import { sum, sumIfKnown } from './sums.js'
import { summariseSystem } from './system-score.js'
import { armKey, byArm, distinct, eligibleOf } from './trials.js'

/** What a summary is made from. */
type RunTrials = Readonly<{
  run: RunFile
  /** In any order; a trial may come more than once. */
  lines: readonly TrialLine[]
  faults: readonly FaultFacts[]
  /** The injector of a fault, whose placebo arm it is compared with. */
  injectorOf: (fault: string) => Injector
  /** Gates that are asked for after the run, besides those that its file has. */
  gates?: readonly string[]
  /** What the run is compared with by gates on regression. */
  baselineFile?: BaselineFile | null
}>

/** Above this share of void trials a run measures nothing. */
export const mostVoid = 0.05

/** What a run says: the same for the same trials, whatever their order. */
export function summarise(facts: RunTrials): Summary {
  const { run, lines, faults, injectorOf } = facts
  const { plan } = run
  const trials = distinct(lines)
  const totals = totalsOf(trials, plannedTrials(plan, injectorOf))
  const arms = byArm(trials)
  const arm = (system: string, scenario: string, fault: string) =>
    arms.get(armKey(system, scenario, fault)) ?? []
  const planned = [...new Set(plan.faults.map(nameOf))]
  const runMeasured = totals.void <= mostVoid * totals.trials

  const cellsOf = (system: string, scenario: string): readonly CountedCell[] => {
    const eligible = eligibleOf(arm(system, scenario, baselineArm))
    return planned.map((fault) => {
      const placebo = arm(system, scenario, `placebo-${injectorOf(faultsIn(fault)[0] ?? fault)}`)
      const faulted = arm(system, scenario, fault)
      const where = { system, scenario, fault }
      return summariseCell({ ...where, trials: faulted, placebo, eligible, runMeasured })
    })
  }

  const systems = plan.systems.map(({ id: system }) => ({
    system,
    cells: plan.scenarios.flatMap(({ id }) => cellsOf(system, id)),
    baselines: plan.scenarios.flatMap(({ id }) => arm(system, id, baselineArm)),
    faults,
    // Faults that were set together belong to no category, so they are in no score.
    faultsPlanned: planned.filter((name) => faultsIn(name).length === 1).length,
  }))
  const gates = gatesOf(facts, { systems, trials, complete: totals.trials >= totals.planned })
  return {
    schema: 1,
    tool: run.tool,
    run: {
      id: run.id,
      evidence: plan.model.kind === 'simulated' ? 'simulated' : 'measured',
      models: [plan.model],
      seeds: plan.seeds,
      injector: injectorIn(plan),
    },
    totals,
    cells: systems.flatMap(({ cells }) => cells.map(({ cell }) => cell)),
    systems: systems.map(summariseSystem),
    pairs: [],
    look: [],
    weights: null,
    stopping: null,
    baselineFile: gates.baselineFile,
    gates: [...gates.results],
    verdict: verdictOf(gates.results),
  }
}

function injectorIn({ injector }: RunFile['plan']): Summary['run']['injector'] {
  if (!injector) return null
  const { id, writes, leaves } = injector
  return { id, writes, leaves }
}

/** The answers of the gates that were declared before a run, and of those that are asked for now. */
function gatesOf(
  { run, faults, gates: later = [], baselineFile = null }: RunTrials,
  { systems, trials, complete }: Pick<Evidence, 'systems' | 'trials'> & Pick<GateFacts, 'complete'>,
): Readonly<{ results: readonly GateResult[]; baselineFile: Summary['baselineFile'] }> {
  const declared = run.gates ?? []
  const asked = gatesFor([...declared, ...later], plannedIn(run, faults)).map((gate, at) => ({
    gate,
    declared: at < new Set(declared).size,
  }))
  const names = new Map(trials.map(({ fault }) => [faultWithoutParameters(fault), fault]))
  const evidence = {
    ...{ systems, trials },
    categoryOf: new Map(faults.map(({ id, category }) => [id, category])),
  }
  const results = checkGates(asked, evidence, {
    complete,
    early: () => 'unasked',
    regression: (gate) =>
      regressionOf(gate, {
        ...{ systems, complete, file: baselineFile },
        nameOf: (fault) => names.get(fault) ?? fault,
      }),
  })
  const notices = baselineFile
    ? [
        ...comparedWith(run, baselineFile, Date.parse(run.created)),
        ...uncompared(systems, baselineFile),
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
  faults: [...new Set(plan.faults.map(nameOf))],
  seeds: plan.seeds.length,
  facts,
})

type PlannedFaults = RunFile['plan']['faults'][number]

const nameOf = ({ id, also = [] }: PlannedFaults): string =>
  [id, ...also.map((other) => other.id)].join('+')

/** How many trials a plan has: of each system, task and seed a baseline, a placebo per injector, and the faults. */
function plannedTrials(
  { systems, scenarios, seeds, faults }: RunFile['plan'],
  injectorOf: RunTrials['injectorOf'],
): number {
  const injectors = new Set(faults.flatMap((set) => faultsIn(nameOf(set)).map(injectorOf)))
  const tasks = sum(scenarios.map(({ tasks: ids }) => ids.length))
  return systems.length * tasks * seeds.length * (1 + injectors.size + faults.length)
}

function totalsOf(trials: readonly TrialLine[], planned: number): Summary['totals'] {
  const count = (is: (line: TrialLine) => boolean) => trials.filter(is).length
  const add = (of: (line: TrialLine) => number) => sum(trials.map(of))
  return {
    trials: trials.length,
    planned,
    notRun: count(({ outcome }) => outcome.kind === 'not-run'),
    held: count(({ verdict }) => verdict === 'held'),
    broke: count(({ verdict }) => verdict === 'broke'),
    dormant: count(({ verdict }) => verdict === 'dormant'),
    void: count(({ verdict }) => verdict === 'void'),
    calls: add(({ calls }) => calls),
    tokens: add(({ tokens }) => tokens),
    costUsd: sumIfKnown(trials.map(({ costUsd }) => costUsd)),
    injector: {
      calls: add(({ injector }) => injector.calls),
      tokens: sumIfKnown(trials.map(({ injector }) => injector.tokens)),
      costUsd: sumIfKnown(trials.map(({ injector }) => injector.costUsd)),
    },
    seconds: trials.every(({ duration }) => duration === null)
      ? null
      : add(({ duration }) => duration ?? 0),
    unread: add(({ unread }) => unread),
    placeboDiffers: count(
      ({ arm, sameAsBaseline }) => arm === 'placebo' && sameAsBaseline === false,
    ),
  }
}
