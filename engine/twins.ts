import type { Outcome } from '../core/schemas/outcome.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { executeArmed } from './armed-trial.js'
import { lineWithoutTrial } from './line.js'
import type { PlannedTrial, TrialGroup } from './plan.js'
import { executeBaseline, reasonOf, requireSame } from './run.js'
import type { Execution } from './work.js'

/** Executes single faulted trials, with the baseline and the placebos that each needs beside it. */
export type Twins = Readonly<{
  /** The line of a trial; null when the signal came before it was begun. */
  execute: (group: TrialGroup, trial: PlannedTrial) => Promise<TrialLine | null>
}>

type First = Awaited<ReturnType<typeof executeBaseline>>

/**
 * Opens the groups of a plan for trials in any order. A baseline is executed when its first twin is, and kept in memory
 * for the next ones; it is executed again when so many others were used since that it was dropped. A placebo is executed
 * beside the first fault of its injector, so a faulted line never stands without those it is compared with.
 */
export function openTwins(execution: Execution): Twins {
  const { done, judge, onTrial, signal, concurrency } = execution
  const stored = new Map(done)
  const placebos = new Map<string, Promise<unknown>>()
  const baselines = keptByUse<TrialGroup, First>(Math.max(leastKept, 64 * concurrency))

  const executeFirst = async (group: TrialGroup, trial: PlannedTrial): Promise<First> => {
    const first = await executeBaseline(group, trial, execution)
    const known = stored.get(trial.key)
    if (known) requireSame(known, first.lines.line, execution)
    else {
      stored.set(trial.key, first.lines.line)
      onTrial(first.lines)
    }
    return first
  }
  const executeTwin = async (
    group: TrialGroup,
    trial: PlannedTrial,
    { baseline, lines }: First,
  ) => {
    const twin = baseline
      ? await executeArmed({ group, trial, execution }, baseline)
      : lineWithoutTrial(group, trial, { outcome: notRun(lines.line.outcome), judge })
    onTrial(twin)
    return twin.line
  }
  const executePlacebo = async (group: TrialGroup, trial: PlannedTrial, first: First) => {
    if (done.has(trial.key)) return
    const begun = placebos.get(trial.key)
    if (!begun && signal.aborted) return
    const placebo = begun ?? executeTwin(group, trial, first)
    placebos.set(trial.key, placebo)
    await placebo
  }

  return {
    async execute(group, trial) {
      const [baseline] = group.trials
      if (!baseline) return null
      const first = await baselines(group, () => executeFirst(group, baseline))
      for (const placebo of placebosOf(group, trial)) await executePlacebo(group, placebo, first)
      return signal.aborted ? null : executeTwin(group, trial, first)
    },
  }
}

const notRun = (outcome: Outcome): Outcome => ({ kind: 'not-run', reason: reasonOf(outcome) })

/** How many baselines stay in memory at least: those of a seed, unless the plan is large. */
const leastKept = 512

/** The placebos of a group that a faulted trial is compared with: one for each injector at work in it. */
export function placebosOf({ trials }: TrialGroup, { actions }: PlannedTrial) {
  const used = new Set(actions.map(({ injector }) => injector))
  return trials.filter(
    ({ arm, actions: [action] }) => arm === 'placebo' && action && used.has(action.injector),
  )
}

/** What was made for a key, once; of so many keys those used last are kept. */
function keptByUse<Key, Value>(most: number) {
  const kept = new Map<Key, Promise<Value>>()
  return (key: Key, make: () => Promise<Value>): Promise<Value> => {
    const value = kept.get(key) ?? make()
    kept.delete(key)
    kept.set(key, value)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return value
  }
}
