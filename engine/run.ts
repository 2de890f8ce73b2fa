import type { Clock } from '../core/clock.js'
import { FiredrillError, messageOf } from '../core/errors.js'
import { isRight, type Outcome } from '../core/schemas/outcome.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { unknownSite } from '../core/site.js'
import { arm, together } from './arm.js'
import { traceWithoutInjections } from './canonical-trace.js'
import { chooseTarget } from './choose-site.js'
import { settle } from './ledger.js'
import { isSameLine, type Judge, type Lines, linesOf, lineWithoutTrial } from './line.js'
import { type Budget, baselineBudget, budgetFrom } from './meter.js'
import type { Plan, PlannedTrial, TrialGroup } from './plan.js'
import type { TaskFacts } from './site-facts.js'
import { type FoundSite, findSites } from './sites.js'
import { type Executed, executeTrial } from './trial.js'

/** How a plan is executed. Nothing in here changes what a trial says. */
export type Execution = Readonly<{
  plan: Plan
  groups: readonly TrialGroup[]
  /** Lines of an earlier part of the same run, by key. */
  done: ReadonlyMap<string, TrialLine>
  concurrency: number
  /** Limits of a baseline; what a faulted trial may use follows from its baseline. */
  budget?: Budget
  clock: Clock
  judge: Judge
  /** Aborted: trials in flight are finished, no other is begun. */
  signal: AbortSignal
  /** Called for every finished trial, in the order in which they finish. */
  onTrial: (lines: Lines) => void
}>

/** Executes the trials of a plan that are not done yet, until all are done or the signal says to stop. */
export async function execute(execution: Execution): Promise<void> {
  const { groups, concurrency, signal } = execution
  let next = 0
  let failure: { error: unknown } | null = null
  const worker = async () => {
    while (next < groups.length && !signal.aborted && !failure) {
      const group = groups[next++]
      try {
        if (group) await executeGroup(group, execution)
      } catch (error) {
        failure ??= { error } // The others finish what they have begun, so that nothing is lost.
      }
      await new Promise((resume) => setImmediate(resume)) // Signals and timers get their turn.
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker))
  if (failure) throw (failure as { error: unknown }).error
}

type Baseline = Readonly<{
  executed: Executed
  trace: string
  sites: readonly FoundSite[]
  facts: TaskFacts
}>

async function executeGroup(group: TrialGroup, execution: Execution): Promise<void> {
  const { done, onTrial, judge, signal } = execution
  const [first, ...others] = group.trials
  if (!first || group.trials.every(({ key }) => done.has(key))) return
  // A baseline that is stored is executed again when its twins are missing: they need its sites.
  const { lines, baseline } = await executeBaseline(group, first, execution)
  const stored = done.get(first.key)
  if (stored) requireSame(stored, lines.line, execution)
  else onTrial(lines)
  const notRun: Outcome = { kind: 'not-run', reason: reasonOf(lines.line.outcome) }
  for (const trial of others.filter(({ key }) => !done.has(key))) {
    if (signal.aborted) return
    onTrial(
      baseline
        ? await executeArmed(group, trial, baseline, execution)
        : lineWithoutTrial(group, trial, notRun, judge),
    )
  }
}

function requireSame(stored: TrialLine, again: TrialLine, { plan }: Execution): void {
  if (plan.model?.kind !== 'simulated' || isSameLine(stored, again)) return
  throw new FiredrillError('internal', `The stored baseline of ${stored.id} cannot be repeated.`, {
    hint: 'The system is not deterministic, or its code has changed: start a new run.',
  })
}

const reasonOf = (outcome: Outcome) =>
  outcome.kind === 'void' ? ('baseline-void' as const) : ('ineligible' as const)

/** The baseline's lines and, if the task was solved unharmed, what its twins are planned from. */
async function executeBaseline(
  group: TrialGroup,
  trial: PlannedTrial,
  execution: Execution,
): Promise<Readonly<{ lines: Lines; baseline: Baseline | null }>> {
  const budget = execution.budget ?? baselineBudget
  const result = await safely(group, trial, execution, async () => {
    const executed = await executeTrial(setupOf(group, execution, budget), () => null)
    return { executed, lines: linesOf(group, trial, executed, [], contextOf(execution, null)) }
  })
  if (!('executed' in result)) return { lines: result, baseline: null }
  const { executed, lines } = result
  if (!isRight(executed.outcome) || !lines.trace) return { lines, baseline: null }
  const facts = factsOf(group, execution)
  return {
    lines,
    baseline: {
      executed,
      facts,
      trace: traceWithoutInjections(lines.trace),
      sites: findSites(executed.events, facts),
    },
  }
}

async function executeArmed(
  group: TrialGroup,
  trial: PlannedTrial,
  baseline: Baseline,
  execution: Execution,
): Promise<Lines> {
  const { judge, plan } = execution
  const seed = { seed: group.seed, task: group.task.id }
  return safely(group, trial, execution, async () => {
    const { facts, sites } = baseline
    const targets = trial.actions.map((action) => ({
      action,
      target: chooseTarget(action, sites, plan.site, seed),
    }))
    const missing = targets.flatMap(({ target }) =>
      target.kind === 'none' ? [target.because] : [],
    )
    if (missing[0]) {
      return lineWithoutTrial(group, trial, { kind: 'not-run', reason: missing[0] }, judge)
    }
    const budget = budgetFrom(baseline.executed.used)
    const { text, protect, canAsk, window } = facts
    const unknown = { ...unknownSite, taskText: text, protect, canAsk, window, handsOver: false }
    const executed = await executeTrial(setupOf(group, execution, budget), (recorder) =>
      together(
        targets.map(({ action, target }) =>
          arm(action, target, { sites, unknown, trial: seed, recorder }),
        ),
      ),
    )
    const context = contextOf(execution, baseline.trace)
    return linesOf(group, trial, executed, settle(executed), context)
  })
}

/** A testbed that throws makes its trial void, counted and shown; it never ends a run. */
async function safely<Result>(
  group: TrialGroup,
  trial: PlannedTrial,
  { judge }: Execution,
  work: () => Promise<Result>,
): Promise<Result | Lines> {
  try {
    return await work()
  } catch (error) {
    const reason = `testbed: ${messageOf(error)}`.slice(0, 400)
    return lineWithoutTrial(group, trial, { kind: 'void', reason }, judge)
  }
}

const setupOf = (
  { planned, scenario, task, seed }: TrialGroup,
  execution: Execution,
  budget: Budget,
) => ({
  system: planned.system,
  without: new Set(planned.without),
  scenario,
  task,
  seed,
  model: execution.plan.model,
  budget,
  clock: execution.clock,
})

const contextOf = ({ judge, plan }: Execution, baselineTrace: string | null) => ({
  judge,
  baselineTrace,
  timed: plan.model?.kind !== 'simulated',
})

function factsOf({ planned, task }: TrialGroup, { plan }: Execution): TaskFacts {
  const { system, without } = planned
  const asked = (system.defences ?? []).flatMap(({ id, asks }) =>
    asks && !without.includes(id) ? [asks] : [],
  )
  const canAsk = asked.includes('person') ? 'person' : (asked[0] ?? 'nobody')
  const window = system.ownModels ? null : (plan.model?.window ?? null)
  const { agents = [] } = system
  return { text: task.text, protect: task.protect, canAsk, window, agents }
}
