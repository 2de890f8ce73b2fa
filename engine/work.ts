import type { Clock } from '../core/clock.js'
import { messageOf } from '../core/errors.js'
import { noInjectorUsage } from '../core/schemas/injection-line.js'
import type { TraceLine } from '../core/schemas/trace-line.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { Texts } from './injector/texts.js'
import { type Judge, type LineContext, type Lines, lineWithoutTrial, type Observe } from './line.js'
import type { Budget } from './meter.js'
import type { Plan, PlannedTrial, TrialGroup } from './plan.js'
import type { TaskFacts } from './site-facts.js'
import type { FoundSite } from './sites.js'
import type { Executed, TrialSetup } from './trial.js'

/** How a plan is executed. Nothing in here changes what a trial says. */
export type Execution = Readonly<{
  plan: Plan
  groups: readonly TrialGroup[]
  /** Lines of an earlier part of the same run, by key. */
  done: ReadonlyMap<string, TrialLine>
  concurrency: number
  /** Limits of a baseline, but for a limit of calls in the plan; those of a faulted trial follow from its baseline. */
  budget?: Budget
  clock: Clock
  judge: Judge
  /** Absent: behaviours are not looked for. */
  observe?: Observe | undefined
  /** What the injector model writes; needed when the plan has one. */
  texts?: Texts
  /** Aborted: trials in flight are finished, no other is begun. */
  signal: AbortSignal
  /** Called for every finished trial, in the order in which they finish. */
  onTrial: (lines: Lines) => void
}>

/** A baseline whose task was solved unharmed: what its twins are planned from. */
export type Baseline = Readonly<{
  executed: Executed
  trace: TraceLine
  sites: readonly FoundSite[]
  facts: TaskFacts
}>

/** A testbed that throws makes its trial void, counted and shown; it never ends a run. */
export async function safely<Result>(
  {
    group,
    trial,
    execution,
  }: Readonly<{ group: TrialGroup; trial: PlannedTrial; execution: Execution }>,
  work: () => Promise<Result>,
): Promise<Result | Lines> {
  try {
    return await work()
  } catch (error) {
    const reason = `testbed: ${messageOf(error)}`.slice(0, 400)
    const context = contextOf(execution, { group, trial }, null)
    return lineWithoutTrial(group, trial, { outcome: { kind: 'void', reason }, ...context })
  }
}

/** What is executed in a trial of a group. */
export const setupOf = (
  { planned, scenario, task, seed }: TrialGroup,
  execution: Execution,
  budget: Budget,
): TrialSetup => ({
  system: planned.system,
  without: new Set(planned.without),
  scenario,
  task,
  seed,
  model: execution.plan.model,
  budget,
  clock: execution.clock,
})

/** What the line of a trial says besides what happened in it. */
export const contextOf = (
  execution: Execution,
  { group, trial: { key } }: Readonly<{ group: TrialGroup; trial: PlannedTrial }>,
  baselineTrace: TraceLine | null,
): LineContext => {
  const { judge, observe, plan, texts } = execution
  return {
    judge,
    observe,
    baselineTrace,
    canAsk: factsOf(group, execution).canAsk,
    timed: plan.model?.kind !== 'simulated',
    injector: texts?.usageOf(key) ?? noInjectorUsage,
  }
}

/** What is known of the task of a group without executing it. */
export function factsOf({ planned, task, seed }: TrialGroup, { plan }: Execution): TaskFacts {
  const { system, without } = planned
  const asked = (system.defences ?? []).flatMap(({ id, asks }) =>
    asks && !without.includes(id) ? [asks] : [],
  )
  const canAsk = asked.includes('person') ? 'person' : (asked[0] ?? 'nobody')
  const window = system.ownModels ? null : (plan.model?.windowOf?.(seed) ?? null)
  const { agents = [] } = system
  const repairsCalls = (system.defences ?? []).some(
    (one) => one.repairsCalls && !without.includes(one.id),
  )
  return { text: task.text, protect: task.protect, canAsk, repairsCalls, window, agents }
}
