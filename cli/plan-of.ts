import { canonicalJson, hashOf } from '../core/canonical-json.js'
import { FiredrillError } from '../core/errors.js'
import type { Fault } from '../core/fault.js'
import type { Model } from '../core/model.js'
import type { Scenario, Task } from '../core/scenario.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { Unfit } from '../core/schemas/unfit.js'
import { parseTrialCalls, trialCallsText } from '../core/trial-calls.js'
import { fileScenario, namedOracle } from '../engine/file-scenario.js'
import { loadOracle, loadSystem } from '../engine/load-system.js'
import type { Plan, PlannedScenario, PlannedSystem } from '../engine/plan.js'
import { systemName, unfitIn } from '../engine/plan.js'
import { parseSeeds, parseSite, parseTasks, selectByName, unknownName } from '../engine/select.js'
import { selectFaults } from '../engine/select-faults.js'
import { readTasksFile } from '../engine/user-tasks.js'
import { models } from '../models/catalogue.js'
import { scenarios } from '../scenarios/catalogue.js'
import { systems } from '../systems/catalogue.js'
import { doable, fitting } from './fitting-work.js'
import { plannedInjector, writers } from './injector.js'
import { plannedProvider } from './provider.js'
import { version } from './version.js'

/** What was asked for, in the words of the command line; kept in `run.json` so that a run can be repeated. */
export type PlanArguments = Readonly<{
  systems: readonly string[]
  system: string | null
  tasksFile: string | null
  /** A module that marks the tasks of that file; absent in runs of older versions. */
  oracle?: string | null
  scenario: readonly string[]
  faults: readonly string[]
  tasks: string | null
  /** Null: as many as the model needs. */
  seeds: string | null
  model: string
  /** The server of a real model; absent in runs of older versions. */
  modelUrl?: string | null
  site: string
  without: readonly string[]
  /** Absent in runs of older versions. */
  injectorModel?: string | null
  injectorUrl?: string | null
  /** A limit of the calls of one trial; absent when none was given. */
  trialCalls?: string
}>

/** A plan with what is needed to execute and to keep it. */
export type ReadyPlan = Readonly<{
  plan: Plan
  stored: RunFile['plan']
  /** Folders whose packages may hold copies of LangGraph. */
  packageFolders: readonly string[]
}>

/** The systems and the work of the built-in plan. */
const builtInSystems = ['critic-loop', 'pipeline', 'solo']
const builtInScenarios = ['table-qa']

/** Of tasks that somebody has written down, all are meant. */
const allTasks = '100000'

/** How many tasks a scenario of ours gets when nobody says: enough for 20 counted trials in a cell. */
const defaultTasks = '30'

/** How many when each of many tempers of a model does them: 1,200 trials in a cell of sixty tempers. */
const sweptTasks = '20'

/** Turns what was asked for into a plan, or throws before anything runs. */
export async function planOf(
  asked: PlanArguments,
  folder: string,
  catalogue: readonly Fault[],
): Promise<ReadyPlan> {
  const site = parseSite(asked.site)
  const { trialCalls: calls } = asked
  const trialCalls = calls === undefined ? null : parseTrialCalls(calls)
  const chosen = selectFaults(catalogue, asked.faults)
  const work = asked.system
    ? await ownWork(asked, asked.system, folder)
    : await ourWork(asked, folder)
  const injector = plannedInjector(asked.injectorModel ?? null, asked.injectorUrl ?? null)
  const { path, packageFolders, unfit, ...does } = work
  const tempers = work.model?.sweep
  const seeds = parseSeeds(asked.seeds ?? (tempers ? `1-${tempers}` : '1'))
  const plan: Plan = {
    ...does,
    faults: chosen,
    seeds,
    site,
    injector,
    trialCalls,
    engine: version(),
  }
  return {
    plan,
    packageFolders: [folder, ...packageFolders],
    stored: storedPlan(plan, { site: asked.site, path, unfit }),
  }
}

type Work = Pick<Plan, 'systems' | 'scenarios' | 'model'> &
  Readonly<{
    packageFolders: readonly string[]
    path: string | null
    /** Systems and work that were asked for and do not fit each other. */
    unfit: readonly Unfit[]
  }>

async function ourWork(asked: PlanArguments, folder: string): Promise<Work> {
  const chosen = chosenSystems(asked)
  const model = modelOf(asked)
  const file = await fileOf(asked, folder)
  if (file && asked.scenario.length > 0) {
    throw new FiredrillError('bad-argument', '--tasks-file and --scenario exclude each other.', {
      hint: 'Keep one: the tasks of the file are the work, and a scenario brings its own.',
    })
  }
  const words = asked.scenario.length > 0 ? asked.scenario : builtInScenarios
  const all = file
    ? [fileScenario(file.tasks, file.oracle)]
    : selectByName('scenario', scenarios, words)
  const work = doable(all, words, model)
  const usual = file ? allTasks : model.sweep ? sweptTasks : defaultTasks
  return {
    systems: fitting(chosen, work, asked.systems),
    unfit: unfitIn({ systems: chosen, scenarios: work.map((scenario) => ({ scenario })) }),
    scenarios: await Promise.all(work.map((one) => withTasks(one, asked.tasks ?? usual))),
    model,
    packageFolders: [],
    path: null,
  }
}

/** Systems by their names. `ID~DEFENCE` is one without a defence: it may stand in a run beside the whole one. */
function chosenSystems({ systems: asked, without }: PlanArguments): readonly PlannedSystem[] {
  const words = asked.length > 0 ? asked : builtInSystems
  const cut = words.filter((word) => word.includes('~') && !word.startsWith('!'))
  const plain = words.filter((word) => !cut.includes(word))
  const whole = cut.length > 0 && plain.length === 0 ? [] : selectByName('system', systems, plain)
  const parted = cut.flatMap((word) => {
    const [name = '', ...defences] = word.split('~')
    return selectByName('system', systems, [name]).map((system) => ({ system, defences }))
  })
  const named = [...whole.map((system) => ({ system, defences: [] })), ...parted]
  const all = named.map(({ system }) => system)
  const planned = named.map(({ system, defences }) => {
    const own = withoutDefences(system, defences, [system]).without
    const common = withoutDefences(system, without, all).without
    return { system, without: [...new Set([...own, ...common])] }
  })
  // In the order of the catalogue, the whole one first, each once.
  const unique = [...new Map(planned.map((one) => [systemName(one), one])).values()]
  return systems.flatMap(({ id }) => unique.filter(({ system }) => system.id === id))
}

async function ownWork(asked: PlanArguments, location: string, folder: string): Promise<Work> {
  if (asked.systems.length > 0) {
    throw new FiredrillError(
      'bad-argument',
      `--system and "${asked.systems.join(' ')}" exclude each other.`,
      {
        hint: 'Your own graph has its own tasks; run the reference systems in a run of their own.',
      },
    )
  }
  const file = await fileOf(asked, folder)
  const loaded = await loadSystem(
    location,
    folder,
    file?.tasks.tasks ?? null,
    file ? namedOracle(file.tasks, file.oracle) : undefined,
  )
  if (!loaded.scenario) {
    throw new FiredrillError('bad-tasks', `${location} exports no tasks.`, {
      hint: 'Export `tasks` ({ id, text, expected }[]) beside the graph, or give --tasks-file FILE.',
    })
  }
  return {
    systems: [withoutDefences(loaded.system, asked.without, [loaded.system])],
    scenarios: [await withTasks(loaded.scenario, asked.tasks ?? allTasks)],
    model: null,
    packageFolders: [loaded.folder],
    unfit: [],
    path: loaded.path,
  }
}

/** The file of tasks that was asked for, with the user's oracle; null when there is none. */
async function fileOf({ tasksFile, oracle = null }: PlanArguments, folder: string) {
  if (!tasksFile) {
    if (oracle === null) return null
    throw new FiredrillError('bad-argument', '--oracle needs the tasks that it marks.', {
      hint: 'Add --tasks-file FILE; scenarios and graphs bring oracles of their own.',
    })
  }
  return {
    tasks: await readTasksFile(tasksFile),
    oracle: oracle === null ? null : await loadOracle(oracle, folder),
  }
}

function withoutDefences(
  system: PlannedSystem['system'],
  without: readonly string[],
  chosen: readonly PlannedSystem['system'][],
): PlannedSystem {
  const known = new Set(chosen.flatMap(({ defences = [] }) => defences.map(({ id }) => id)))
  const strange = without.find((id) => !known.has(id))
  if (strange !== undefined) throw unknownName('defence', strange, [...known])
  const own = new Set((system.defences ?? []).map(({ id }) => id))
  return { system, without: without.filter((id) => own.has(id)) }
}

/** No scenario is asked to make more tasks than this only to see whether one of them has the name that was asked for. */
const mostTasks = 20_000

async function withTasks(scenario: Scenario, text: string): Promise<PlannedScenario> {
  const asked = parseTasks(text)
  // Which tasks there are does not depend on the seeds of the trials: more seeds repeat the same tasks.
  const seed = 1
  if (asked.kind === 'count') {
    return { scenario, tasks: await scenario.tasks({ count: asked.count, seed }) }
  }
  const ids = [...new Set(asked.ids)]
  const numbers = ids.map((id) => Number(/\d+$/.exec(id)?.[0] ?? 0))
  const likely = numbers.filter((number) => number <= mostTasks)
  const all = await scenario.tasks({ count: Math.max(1000, ...likely), seed })
  return { scenario, tasks: ids.map((id) => taskCalled(all, id)) }
}

function taskCalled(tasks: readonly Task[], id: string): Task {
  const task = tasks.find((one) => one.id === id)
  if (task) return task
  throw unknownName(
    'task',
    id,
    tasks.slice(0, 8).map((one) => one.id),
  )
}

/** `simulated` is the strong profile, `openai:NAME` a real model; anything else is an id of the catalogue. */
function modelOf({ model: name, modelUrl = null }: PlanArguments): Model {
  const real = plannedProvider(name, modelUrl)
  if (real) return real
  const id = name === 'simulated' ? 'sim-strong' : name
  const model = models.find((one) => one.id === id)
  if (!model) throw unknownName('model', name, [...models.map((one) => one.id), 'openai:NAME'])
  return model
}

function storedPlan(
  plan: Plan,
  { site, path, unfit }: Pick<Work, 'path' | 'unfit'> & Readonly<{ site: string }>,
): RunFile['plan'] {
  const { model } = plan
  return {
    systems: plan.systems.map((planned) => ({
      id: systemName(planned),
      without: [...planned.without],
      codeHash: planned.system.codeHash ?? plan.engine,
      path,
    })),
    scenarios: plan.scenarios.map(({ scenario, tasks }) => ({
      id: scenario.id,
      tasks: tasks.map(({ id }) => id),
      tasksHash: hashOf(canonicalJson(tasks)),
      ...(scenario.attribution ? { attribution: scenario.attribution } : {}),
    })),
    ...(unfit.length > 0 ? { unfit: [...unfit] } : {}),
    faults: plan.faults.map(({ planned, also }) =>
      also ? { ...planned, also: also.map((other) => other.planned) } : planned,
    ),
    site,
    seeds: [...plan.seeds],
    model: model
      ? {
          ...{ id: model.id, kind: model.kind, hash: model.hash },
          ...(model.sweep ? { sweep: true as const } : {}),
        }
      : { id: 'models of their own', kind: 'own', hash: 'own' },
    ...(plan.injector ? { injector: { ...plan.injector, ...writers(plan) } } : {}),
    ...(plan.trialCalls ? { trialCalls: trialCallsText(plan.trialCalls) } : {}),
  }
}
