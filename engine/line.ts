import { canonicalJson } from '../core/canonical-json.js'
import { type InjectorUsage, noInjectorUsage } from '../core/schemas/injection-line.js'
import type { Outcome } from '../core/schemas/outcome.js'
import type { TraceLine } from '../core/schemas/trace-line.js'
import type { Injection, TrialLine, Verdict } from '../core/schemas/trial-line.js'
import { canonicalTrace, traceWithoutInjections } from './canonical-trace.js'
import type { PlannedTrial, TrialGroup } from './plan.js'
import type { Executed } from './trial.js'

/** Says what a trial means; handed down, because the engine makes trials happen and does not interpret them. */
export type Judge = (
  facts: Readonly<{
    arm: TrialLine['arm']
    outcome: Outcome
    injections: readonly Injection[]
    /** Names of the faults that were set; each has to act for the trial to count. */
    faults: readonly string[]
    /** Those of them that the injector model was to write. */
    written: readonly string[]
  }>,
) => Readonly<{ verdict: Verdict | null; dormantBecause: TrialLine['dormantBecause'] }>

/**
 * Says how a system dealt with the faults that acted, and how far they came; handed down like the judge. Its steps are
 * those of the trace.
 */
export type Observe = (
  facts: Readonly<{
    trace: Pick<TraceLine, 'messages' | 'steps' | 'canAsk'>
    /** The trace of the same task and seed without a fault. */
    baseline: Pick<TraceLine, 'messages' | 'steps'>
    injections: readonly Injection[]
    /** Names of the faults that were set. */
    faults: readonly string[]
  }>,
) => Pick<TrialLine, 'behaviours' | 'noticed' | 'spread'>

/** What is seen where no fault has acted. */
const nothingSeen = { behaviours: [], noticed: null, spread: null }

/** The lines of one finished trial; a trial that was not run has no trace. */
export type Lines = Readonly<{ line: TrialLine; trace: TraceLine | null }>

/** What a line says besides what happened in its trial. */
export type LineContext = Readonly<{
  judge: Judge
  observe?: Observe | undefined
  timed: boolean
  baselineTrace: TraceLine | null
  /** Whom the system lets an agent ask. */
  canAsk: TraceLine['canAsk']
  /** What the injector model was asked on behalf of this trial. */
  injector: InjectorUsage
}>

/** The lines of an executed trial. Simulated trials have no duration: it would be the only byte that differs. */
export function linesOf(
  {
    group,
    trial,
    executed,
    injections,
  }: Readonly<{
    group: TrialGroup
    trial: PlannedTrial
    executed: Executed
    injections: readonly Injection[]
  }>,
  context: LineContext,
): Lines {
  const { outcome, events, used, seconds } = executed
  const body = canonicalTrace(events, endOf(outcome))
  const { baselineTrace, judge, observe, timed, canAsk, injector } = context
  const identity = { schema: 1 as const, key: trial.key, attempt: 1, id: trial.id }
  const trace: TraceLine = { ...identity, canAsk, ...body }
  const unread = events.reduce(
    (sum, event) => sum + (event.kind === 'call' ? (event.notes?.unread.length ?? 0) : 0),
    0,
  )
  return {
    trace,
    line: {
      ...identityOf(group, trial),
      ...judged(trial, outcome, injections, judge),
      ...(observe && trial.arm === 'fault' && baselineTrace
        ? // What is not kept cannot be seen again later, so it is not looked at now.
          observe({
            ...{ trace, baseline: baselineTrace, faults: labelsOf(trial) },
            injections: kept(injections),
          })
        : nothingSeen),
      sameAsBaseline:
        trial.arm === 'placebo' && baselineTrace !== null
          ? traceWithoutInjections(body) === traceWithoutInjections(baselineTrace)
          : null,
      supersteps: used.steps,
      calls: used.calls,
      tokens: used.tokens,
      // What a model of the user's costs is not known; nothing is not zero.
      costUsd: timed ? null : 0,
      injector,
      unread,
      duration: timed ? Math.round(seconds * 1000) / 1000 : null,
    },
  }
}

/** The line of a trial for which there was no question to ask, or which the testbed could not execute. */
export function lineWithoutTrial(
  group: TrialGroup,
  trial: PlannedTrial,
  {
    outcome,
    judge,
    injector = noInjectorUsage,
  }: Readonly<{ outcome: Outcome; judge: Judge; injector?: InjectorUsage }>,
): Lines {
  const used = { supersteps: 0, calls: 0, tokens: 0, costUsd: 0, injector }
  const nothing = { ...used, unread: 0, duration: null }
  const identity = identityOf(group, trial)
  const judgement = { ...judged(trial, outcome, [], judge), ...nothingSeen }
  return { trace: null, line: { ...identity, ...judgement, sameAsBaseline: null, ...nothing } }
}

/** Whether two lines say the same, attempts and durations aside. */
export function isSameLine(a: TrialLine, b: TrialLine): boolean {
  const timeless = (line: TrialLine) => canonicalJson({ ...line, attempt: 1, duration: null })
  return timeless(a) === timeless(b)
}

function identityOf(
  { name, scenario, task, seed }: TrialGroup,
  { key, id, arm, label }: PlannedTrial,
) {
  return {
    schema: 1 as const,
    key,
    attempt: 1,
    id,
    arm,
    system: name,
    scenario: scenario.id,
    fault: label,
    task: task.id,
    seed,
  }
}

const labelsOf = ({ actions }: PlannedTrial) => actions.map(({ label }) => label)

function judged(
  trial: PlannedTrial,
  outcome: Outcome,
  injections: readonly Injection[],
  judge: Judge,
) {
  const { arm, actions } = trial
  return {
    outcome,
    ...judge({
      ...{ arm, outcome, injections },
      faults: labelsOf(trial),
      written: actions.filter(({ written }) => written).map(({ label }) => label),
    }),
    injections: kept(injections),
  }
}

/** A line stays small: of many injections those that mattered come first, and the trace has them all. */
function kept(injections: readonly Injection[]): TrialLine['injections'] {
  if (injections.length <= mostInjections) return [...injections]
  const effective = injections.filter((injection) => injection.effective)
  const others = injections.filter((injection) => !injection.effective)
  return [...effective, ...others].slice(0, mostInjections)
}

const mostInjections = 6

function endOf(outcome: Outcome) {
  const answer = outcome.kind === 'answered' ? outcome.answer : null
  if (outcome.kind === 'answered') return { outcome: outcome.mark.result, answer }
  return { outcome: outcome.kind, answer }
}
