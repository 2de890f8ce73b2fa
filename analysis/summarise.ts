import { isDone } from '../core/fit.js'
import { groupBy } from '../core/lists.js'
import type { FaultFacts } from '../core/report.js'
import type { BaselineFile } from '../core/schemas/baseline-file.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { JudgeUsage, Summary } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { VerificationLine } from '../core/schemas/verification.js'
import type { Injector } from '../core/taxonomy.js'
import { faultsIn } from '../core/trial-id.js'
import { verdictOf } from './gates/check.js'
import { answersOf, cellKey, earlyAnswers, gatesIn, stopOf } from './gates/of-run.js'
import { lookAt } from './look.js'
import { pairsOf } from './pairs.js'
import { cellsBySystem, evidenceOf, plannedName } from './run-cells.js'
import { sum, sumIfKnown } from './sums.js'
import { sweepOf } from './sweep.js'
import { isScored, scoredCells, summariseSystem } from './system-score.js'
import { distinct } from './trials.js'
import { verificationsByKey } from './verified.js'
import type { Weights } from './weights.js'

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
  /** How much categories count in scores; without: all the same. Gates never use them. */
  weights?: Weights | undefined
  /** The judge model that was asked; absent when none was. */
  judge?: JudgeUsage | null
  /** What came of taking defences out. */
  verifications?: readonly VerificationLine[]
}>

/** What a run says: the same for the same trials, whatever their order. */
export function summarise(facts: RunTrials): Summary {
  const { run, lines, faults, injectorOf, weights } = facts
  const verifications = verificationsByKey(facts.verifications ?? [])
  const { plan } = run
  const trials = distinct(lines)
  const gates = gatesIn(facts)
  const stop = stopOf(facts, gates, trials)
  // What others executed and did not publish is nothing that is still to come.
  const wanted = run.imported ? trials.length : plannedTrials(plan, injectorOf)
  const totals = totalsOf(trials, stop?.wanted ?? wanted)
  const early = new Set(stop?.clearEarly.map(cellKey))
  const planned = [...new Set(plan.faults.map(plannedName))]
  // Faults that were set together belong to no category, so they are in no score.
  const faultsPlanned = planned.filter((name) => faultsIn(name).length === 1)
  const systems = cellsBySystem({
    ...{ plan, trials, injectorOf, faults, verifications },
    imported: run.imported !== undefined,
  }).map((one) => ({
    ...one,
    ...{ faults, weights, verifications },
    faultsPlanned: run.imported ? one.cells.length : faultsPlanned.length,
  }))
  const scored = systems.map(({ system, cells }) => ({
    system,
    cells: scoredCells(cells, faults),
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
    run: settingsOf(facts),
    totals,
    cells: systems.flatMap(({ cells }) =>
      cells.map(({ cell }) => ({ ...cell, decidedEarly: early.has(cellKey(cell)) })),
    ),
    systems: systems.map(summariseSystem),
    // Without placebo trials there are no scores to compare.
    pairs: run.imported ? [] : [...pairsOf(scored, weights)],
    ...(plan.model.sweep ? { sweep: sweepOf(scored, plan.seeds) } : {}),
    look: lookAt(systems.flatMap(({ cells }) => cells.filter(isScored))),
    weights: weights && weights.name !== 'uniform' ? named(weights, faultsPlanned, faults) : null,
    stopping: stop && {
      saved: stop.saved,
      decided: stop.questions.filter(({ end }) => end && end.verdict !== 'given up').length,
      givenUp: stop.questions.filter(({ end }) => end?.verdict === 'given up').length,
      of: stop.questions.length,
    },
    baselineFile: answers.baselineFile,
    gates: [...answers.results],
    verdict: verdictOf(answers.results),
  }
}

function settingsOf({ run, judge = null }: RunTrials): Summary['run'] {
  const { plan } = run
  return {
    id: run.id,
    evidence: evidenceOf(plan),
    models: [plan.model],
    seeds: plan.seeds,
    injector: injectorIn(plan),
    judge,
    ...(plan.trialCalls ? { trialCalls: plan.trialCalls } : {}),
    ...(plan.unfit ? { unfit: plan.unfit } : {}),
    ...attributionsIn(plan),
    ...(run.imported ? { imported: run.imported } : {}),
  }
}

/** Where the material of scenarios comes from that is not ours. */
function attributionsIn({ scenarios }: RunFile['plan']): Pick<Summary['run'], 'attributions'> {
  const attributions = scenarios.flatMap(({ id, attribution }) =>
    attribution ? [{ scenario: id, text: attribution }] : [],
  )
  return attributions.length > 0 ? { attributions } : {}
}

function injectorIn({ injector }: RunFile['plan']): Summary['run']['injector'] {
  if (!injector) return null
  const { id, writes, leaves } = injector
  return { id, writes, leaves }
}

/** Weights as the summary names them: of the categories of the plan, as if all its faults were measured. */
function named(
  { name, weigh }: Weights,
  planned: readonly string[],
  faults: readonly FaultFacts[],
): Summary['weights'] {
  const asked = faults.filter(({ id }) => planned.includes(id))
  const groups = [...groupBy(asked, ({ category }) => category)]
  const weights = weigh(groups.map(([category, some]) => ({ category, faults: some.length })))
  return { name, of: Object.fromEntries(groups.map(([one], at) => [one, weights[at] ?? 0])) }
}

/** How many trials a plan has: of each system, task and seed a baseline, a placebo per injector, and the faults. */
function plannedTrials(plan: RunFile['plan'], injectorOf: RunTrials['injectorOf']): number {
  const { systems, scenarios, seeds, faults } = plan
  const injectors = new Set(faults.flatMap((set) => faultsIn(plannedName(set)).map(injectorOf)))
  const tasks = systems.flatMap(({ id }) =>
    scenarios.map((one) => (isDone(plan, id, one.id) ? one.tasks.length : 0)),
  )
  return sum(tasks) * seeds.length * (1 + injectors.size + faults.length)
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
