import { groupBy } from '../core/lists.js'
import { placeKey, stopOrder } from '../core/stop-order.js'
import type { Stopping } from '../core/stopping.js'
import { faultWithoutParameters } from '../core/trial-id.js'
import { type Asking, openQuestions } from './asking.js'
import { armName, type Plan, type PlannedTrial, systemName, type TrialGroup } from './plan.js'
import { openTwins, placebosOf } from './twins.js'
import type { Execution } from './work.js'

type Faulted = Readonly<{ group: TrialGroup; trial: PlannedTrial; questions: readonly string[] }>

/**
 * Executes the trials of a plan that open questions need, until all are decided or asked or the signal says to stop.
 * Which trials that are depends neither on concurrency nor on interruptions. Returns how many trials were not needed.
 */
export async function executeUntilDecided(
  execution: Execution,
  stopping: Stopping,
): Promise<number> {
  const { groups, concurrency, signal, plan, done } = execution
  const faulted = inStopOrder(plan, groups, stopping)
  const asking = openQuestions(
    faulted.map(({ trial, questions }) => {
      const line = done.get(trial.key)
      return { questions, result: line && stopping.resultOf(line) }
    }),
    stopping,
  )
  const twins = openTwins(execution)
  const inFlight = new Set<Promise<void>>()
  let failure: { error: unknown } | null = null

  const execute = async (at: number, { group, trial }: Faulted) => {
    try {
      const line = await twins.execute(group, trial)
      if (line) asking.finish(at, stopping.resultOf(line))
    } catch (error) {
      failure ??= { error } // The others finish what they have begun, so that nothing is lost.
    }
  }
  const begin = () => {
    while (inFlight.size < Math.max(1, concurrency) && !signal.aborted && !failure) {
      const at = asking.next()
      const next = at === null ? undefined : faulted[at]
      if (at === null || !next) return
      const work: Promise<void> = execute(at, next).finally(() => inFlight.delete(work))
      inFlight.add(work)
    }
  }
  for (begin(); inFlight.size > 0; begin()) {
    await Promise.race(inFlight)
    await new Promise((resume) => setImmediate(resume)) // Signals and timers get their turn.
  }
  if (failure) throw (failure as { error: unknown }).error
  return notNeeded(execution, faulted, asking)
}

/** The faulted trials of a plan in the order in which they are asked. */
function inStopOrder(
  plan: Plan,
  groups: readonly TrialGroup[],
  { questionsOf }: Stopping,
): readonly Faulted[] {
  const planned = groups.flatMap((group) =>
    group.trials
      .filter(({ arm }) => arm === 'fault')
      .map((trial) => ({ group, trial, name: faultWithoutParameters(trial.label) })),
  )
  // Faults that were asked for together twice, with other parameters, share a place; their names decide then.
  const byPlace = groupBy(planned, ({ group, name }) =>
    placeKey({
      ...{ system: group.name, scenario: group.scenario.id, fault: name },
      ...{ task: group.task.id, seed: group.seed },
    }),
  )
  const order = stopOrder({
    systems: plan.systems.map(systemName),
    scenarios: plan.scenarios.map(({ scenario, tasks }) => ({
      ...{ id: scenario.id, tasksHash: '' },
      tasks: tasks.map(({ id }) => id),
    })),
    faults: [...new Set(plan.faults.map((set) => faultWithoutParameters(armName(set))))],
    seeds: [...plan.seeds],
  })
  return order.flatMap((place) =>
    [...(byPlace.get(placeKey(place)) ?? [])]
      .sort((a, b) => (a.trial.label < b.trial.label ? -1 : 1))
      .map(({ group, trial }) => ({ group, trial, questions: questionsOf(place) })),
  )
}

/** How many trials are never begun: those that no open question needs, and those that only they are compared with. */
function notNeeded(
  { groups, done }: Execution,
  faulted: readonly Faulted[],
  asking: Asking,
): number {
  const asked = faulted.filter((_, at) => !asking.isLeftOut(at))
  const wanted = new Set(
    asked.flatMap(({ group, trial }) => [
      ...[trial, ...placebosOf(group, trial), ...group.trials.slice(0, 1)],
    ]),
  )
  const isMissing = (trial: PlannedTrial) => !wanted.has(trial) && !done.has(trial.key)
  return groups.flatMap(({ trials }) => trials.filter(isMissing)).length
}
