import type { ModelAddress } from '../core/asked-model.js'
import { canonicalJson, hashOf } from '../core/canonical-json.js'
import { draw } from '../core/draw.js'
import type { Fault } from '../core/fault.js'
import { unfitBecause } from '../core/fit.js'
import type { Model } from '../core/model.js'
import type { Scenario, Task } from '../core/scenario.js'
import type { PlannedFault } from '../core/schemas/run-file.js'
import type { Unfit } from '../core/schemas/unfit.js'
import type { System } from '../core/system.js'
import { injectors } from '../core/taxonomy.js'
import { type TrialCalls, trialCallsText } from '../core/trial-calls.js'
import { baselineArm, trialId } from '../core/trial-id.js'
import { type Action, actionOf, placeboOf, writtenActionOf } from './action.js'
import type { Pins, SiteChoice } from './choose-site.js'
import { trialKey } from './keys.js'

/** What shall be executed: systems x scenarios x faults x tasks x seeds. */
export type Plan = Readonly<{
  systems: readonly PlannedSystem[]
  scenarios: readonly PlannedScenario[]
  faults: readonly FaultsOfTrial[]
  seeds: readonly number[]
  site: SiteChoice
  /** Null when every system brings its own. */
  model: Model | null
  /** Writes the changed texts of faults that say how; absent when programs do. */
  injector?: ModelAddress | null
  /** How many model calls one trial may make; absent: what the engine allows every trial. */
  trialCalls?: TrialCalls | null
  /** The version of the tool: another version may execute the same plan differently. */
  engine: string
}>

/** A fault as it shall be set, and the others that are set in the same trial. */
export type FaultsOfTrial = Readonly<{
  fault: Fault
  planned: PlannedFault
  also?: readonly Readonly<{ fault: Fault; planned: PlannedFault }>[]
}>

/** The faults of a plan, each once, those included that are set beside others. */
export const faultsOf = ({ faults }: Pick<Plan, 'faults'>): readonly Fault[] => [
  ...new Set(faults.flatMap((set) => [set, ...(set.also ?? [])].map(({ fault }) => fault))),
]

/** A system with the defences that are left out of it. */
export type PlannedSystem = Readonly<{ system: System; without: readonly string[] }>

/** A scenario with its tasks, drawn beforehand. */
export type PlannedScenario = Readonly<{ scenario: Scenario; tasks: readonly Task[] }>

/** One trial of a plan. */
export type PlannedTrial = Readonly<{
  id: string
  key: string
  arm: 'baseline' | 'placebo' | 'fault'
  /** What acts in it: nothing in a baseline, several faults when they were asked for together. */
  actions: readonly Action[]
  label: string
  /** Where each action, by its label, fires again; absent where that follows from the plan. */
  pins?: ReadonlyMap<string, Pins>
}>

/** All trials of one system, task and seed: the baseline that the others are compared with, and these. */
export type TrialGroup = Readonly<{
  planned: PlannedSystem
  name: string
  scenario: Scenario
  task: Task
  seed: number
  trials: readonly PlannedTrial[]
}>

/**
 * The name of a system in ids and reports: its own, with the defences that are left out.
 *
 * @example
 * pipeline, ['shared-pool']  ->  pipeline~shared-pool
 */
export function systemName({ system, without }: PlannedSystem): string {
  return [system.id, ...[...without].sort()].join('~')
}

/** The name of a fault in ids and reports: its id, with what is not the default. */
export function faultName(fault: Fault, { parameters, trigger }: PlannedFault): string {
  const changed = Object.entries(parameters)
    .filter(([name, value]) => fault.parameters?.[name]?.default !== value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
  if (trigger !== (fault.trigger ?? 'once')) changed.push(`trigger=${trigger}`)
  return changed.length > 0 ? `${fault.id}:${changed.join(',')}` : fault.id
}

/**
 * The name of what is set in one trial.
 *
 * @example
 * fault-a and fault-b with 5 copies  ->  fault-a+fault-b:copies=5
 */
export const armName = ({ fault, planned, also = [] }: FaultsOfTrial): string =>
  [{ fault, planned }, ...also].map((one) => faultName(one.fault, one.planned)).join('+')

/**
 * The trials of a plan in their stable order: seed by seed, the tasks of a seed in an order drawn for it, so that a run
 * that ends early has seen a fair part of the tasks.
 */
export function expand(plan: Plan): readonly TrialGroup[] {
  return plan.seeds.flatMap((seed) =>
    plan.scenarios.flatMap(({ scenario, tasks }) =>
      shuffled(tasks, seed).flatMap((task) =>
        plan.systems
          .filter(({ system }) => unfitBecause(system, scenario) === null)
          .map((planned) => groupOf(plan, planned, scenario, task, seed)),
      ),
    ),
  )
}

const shuffled = (tasks: readonly Task[], seed: number): readonly Task[] =>
  tasks
    .map((task) => ({ task, rank: draw(seed, 'task-order', task.id) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ task }) => task)

/** The systems that do not fit a work, by the names that they have in trials. */
export const unfitIn = ({
  systems,
  scenarios,
}: Readonly<{
  systems: readonly PlannedSystem[]
  scenarios: readonly Pick<PlannedScenario, 'scenario'>[]
}>) =>
  systems.flatMap((planned) =>
    scenarios.flatMap(({ scenario }): readonly Unfit[] => {
      const because = unfitBecause(planned.system, scenario)
      return because ? [{ system: systemName(planned), scenario: scenario.id, because }] : []
    }),
  )

/** The trials of one system, task and seed of a plan. */
export function groupOf(
  plan: Plan,
  planned: PlannedSystem,
  scenario: Scenario,
  task: Task,
  seed: number,
): TrialGroup {
  const name = systemName(planned)
  const used = new Set(plan.faults.flatMap(partsOf).map(({ fault }) => fault.injector))
  const make = (
    arm: PlannedTrial['arm'],
    label: string,
    actions: readonly Action[],
    faults: readonly PlannedFault[],
  ): PlannedTrial => ({
    arm,
    label,
    actions,
    id: trialId({ system: name, scenario: scenario.id, fault: label, task: task.id, seed }),
    key: trialKey({
      system: planned.system.id,
      codeHash: planned.system.codeHash ?? plan.engine,
      without: [...planned.without].sort(),
      scenario: scenario.id,
      task: task.id,
      taskHash: hashOf(canonicalJson(task)),
      arm: label,
      faults,
      site: canonicalJson(arm === 'baseline' ? null : plan.site),
      seed,
      model: plan.model?.hash ?? 'own',
      ...(plan.injector && actions.some(({ written }) => written)
        ? { injector: plan.injector.hash }
        : {}),
      ...callsOf(plan, arm),
      engine: plan.engine,
    }),
  })
  return {
    planned,
    name,
    scenario,
    task,
    seed,
    trials: [
      make('baseline', baselineArm, [], []),
      ...injectors
        .filter((injector) => used.has(injector))
        .map((injector) => placeboOf(injector))
        .map((action) => make('placebo', action.label, [action], [])),
      ...plan.faults.map((set) => {
        const parts = partsOf(set)
        const act = plan.injector ? writtenActionOf : actionOf
        const actions = parts.map(({ fault, planned: asked }) =>
          act(fault, asked, faultName(fault, asked)),
        )
        return make(
          'fault',
          armName(set),
          actions,
          parts.map((part) => part.planned),
        )
      }),
    ],
  }
}

/** What a limit of calls says of a trial: a multiple of what baselines use says nothing of these themselves. */
function callsOf({ trialCalls }: Plan, arm: PlannedTrial['arm']): Readonly<{ calls?: string }> {
  if (!trialCalls || (arm === 'baseline' && trialCalls.kind === 'times')) return {}
  return { calls: trialCallsText(trialCalls) }
}

const partsOf = ({ fault, planned, also = [] }: FaultsOfTrial) => [{ fault, planned }, ...also]
