import type { FaultFacts } from '../core/report.js'
import type { BaselineFile } from '../core/schemas/baseline-file.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { Summary } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { Injector } from '../core/taxonomy.js'
import { baselineArm, faultsIn } from '../core/trial-id.js'
import { type CountedCell, summariseCell } from './cell.js'
import { verdictOf } from './gates/check.js'
import { answersOf, cellKey, earlyAnswers, gatesIn, nameOf, stopOf } from './gates/of-run.js'
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
  const gates = gatesIn(facts)
  const stop = stopOf(facts, gates, trials)
  const totals = totalsOf(trials, stop?.wanted ?? plannedTrials(plan, injectorOf))
  const early = new Set(stop?.notNeeded.map(cellKey))
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
  const complete = stop?.isComplete ?? totals.trials >= totals.planned
  const answers = answersOf(facts, gates, {
    systems,
    trials,
    complete,
    early: earlyAnswers(facts, stop),
  })
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
    cells: systems.flatMap(({ cells }) =>
      cells.map(({ cell }) => ({ ...cell, decidedEarly: early.has(cellKey(cell)) })),
    ),
    systems: systems.map(summariseSystem),
    pairs: [],
    look: [],
    weights: null,
    stopping: stop && {
      saved: stop.saved,
      decided: stop.questions.filter(({ decision }) => decision).length,
      of: stop.questions.length,
    },
    baselineFile: answers.baselineFile,
    gates: [...answers.results],
    verdict: verdictOf(answers.results),
  }
}

function injectorIn({ injector }: RunFile['plan']): Summary['run']['injector'] {
  if (!injector) return null
  const { id, writes, leaves } = injector
  return { id, writes, leaves }
}

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
