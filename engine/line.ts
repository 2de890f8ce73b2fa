import { canonicalJson } from '../core/canonical-json.js'
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
  }>,
) => Readonly<{ verdict: Verdict | null; dormantBecause: TrialLine['dormantBecause'] }>

/** The lines of one finished trial; a trial that was not run has no trace. */
export type Lines = Readonly<{ line: TrialLine; trace: TraceLine | null }>

/** The lines of an executed trial. Simulated trials have no duration: it would be the only byte that differs. */
export function linesOf(
  group: TrialGroup,
  trial: PlannedTrial,
  executed: Executed,
  injections: readonly Injection[],
  context: Readonly<{ judge: Judge; timed: boolean; baselineTrace: string | null }>,
): Lines {
  const { outcome, events, used, seconds } = executed
  const body = canonicalTrace(events, endOf(outcome))
  const trace: TraceLine = { schema: 1, key: trial.key, attempt: 1, id: trial.id, ...body }
  const unread = events.reduce(
    (sum, event) => sum + (event.kind === 'call' ? (event.notes?.unread.length ?? 0) : 0),
    0,
  )
  const { baselineTrace, judge, timed } = context
  return {
    trace,
    line: {
      ...identityOf(group, trial),
      ...judged(trial, outcome, injections, judge),
      sameAsBaseline:
        trial.arm === 'placebo' && baselineTrace !== null
          ? traceWithoutInjections(body) === baselineTrace
          : null,
      supersteps: used.steps,
      calls: used.calls,
      tokens: used.tokens,
      // What a model of the user's costs is not known; nothing is not zero.
      costUsd: timed ? null : 0,
      unread,
      duration: timed ? Math.round(seconds * 1000) / 1000 : null,
    },
  }
}

/** The line of a trial for which there was no question to ask, or which the testbed could not execute. */
export function lineWithoutTrial(
  group: TrialGroup,
  trial: PlannedTrial,
  outcome: Outcome,
  judge: Judge,
): Lines {
  const nothing = { supersteps: 0, calls: 0, tokens: 0, costUsd: 0, unread: 0, duration: null }
  const identity = identityOf(group, trial)
  const judgement = judged(trial, outcome, [], judge)
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

function judged(
  { arm, actions }: PlannedTrial,
  outcome: Outcome,
  injections: readonly Injection[],
  judge: Judge,
) {
  return {
    outcome,
    ...judge({ arm, outcome, injections, faults: actions.map(({ label }) => label) }),
    injections: kept(injections),
    behaviours: [],
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
