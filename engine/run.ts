import { FiredrillError } from '../core/errors.js'
import { isRight, type Outcome } from '../core/schemas/outcome.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { executeArmed } from './armed-trial.js'
import { isSameLine, type Lines, linesOf, lineWithoutTrial } from './line.js'
import { baselineWithin } from './meter.js'
import type { PlannedTrial, TrialGroup } from './plan.js'
import { findSites } from './sites.js'
import { executeTrial } from './trial.js'
import { type Baseline, contextOf, type Execution, factsOf, safely, setupOf } from './work.js'
import { forEach } from './workers.js'

/** Executes the trials of a plan that are not done yet, until all are done or the signal says to stop. */
export async function execute(execution: Execution): Promise<void> {
  await forEach(execution.groups, execution, (group) => executeGroup(group, execution))
}

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
        ? await executeArmed({ group, trial, execution }, baseline)
        : lineWithoutTrial(group, trial, { outcome: notRun, judge }),
    )
  }
}

/** Throws when a simulated baseline that is stored does not come to the same again. */
export function requireSame(stored: TrialLine, again: TrialLine, { plan }: Execution): void {
  if (plan.model?.kind !== 'simulated' || isSameLine(stored, again)) return
  throw new FiredrillError('internal', `The stored baseline of ${stored.id} cannot be repeated.`, {
    hint: 'The system is not deterministic, or its code has changed: start a new run.',
  })
}

/** Why the twins of a baseline with such an outcome are not run. */
export const reasonOf = (outcome: Outcome) =>
  outcome.kind === 'void' ? ('baseline-void' as const) : ('ineligible' as const)

/** The baseline's lines and, if the task was solved unharmed, what its twins are planned from. */
export async function executeBaseline(
  group: TrialGroup,
  trial: PlannedTrial,
  execution: Execution,
): Promise<Readonly<{ lines: Lines; baseline: Baseline | null }>> {
  const budget = baselineWithin(execution.plan.trialCalls ?? null, execution.budget)
  const result = await safely({ group, trial, execution }, async () => {
    const executed = await executeTrial(setupOf(group, execution, budget), () => null)
    return {
      executed,
      lines: linesOf(
        { group, trial, executed, injections: [] },
        contextOf(execution, { group, trial }, null),
      ),
    }
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
      trace: lines.trace,
      sites: findSites(executed.events, facts),
    },
  }
}
