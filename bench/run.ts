import { cpus } from 'node:os'
import { judge } from '../analysis/judge.js'
import { stoppedClock } from '../core/clock.js'
import type { Model } from '../core/model.js'
import type { Task } from '../core/scenario.js'
import { unknownSite } from '../core/site.js'
import type { BuildContext, System } from '../core/system.js'
import { actionOf, placeboOf } from '../engine/action.js'
import { arm } from '../engine/arm.js'
import { chooseTarget, siteOf } from '../engine/choose-site.js'
import { baselineBudget } from '../engine/meter.js'
import { expand, type Plan } from '../engine/plan.js'
import { execute } from '../engine/run.js'
import { findCopies, prototypesOf } from '../engine/seams/copies.js'
import { install } from '../engine/seams/install.js'
import { selectFaults } from '../engine/select.js'
import { findSites } from '../engine/sites.js'
import { executeTrial, type TrialSetup } from '../engine/trial.js'
import { faults } from '../faults/catalogue.js'
import { simStrong } from '../models/sim-strong.js'
import { tableQa } from '../scenarios/table-qa/index.js'
import { systems } from '../systems/catalogue.js'
import { measured, paired, type Spread, spreadOf } from './rounds.js'

const options = { rounds: 21, warmUp: 6, repetitions: 1 }
const tasks = await tableQa.tasks({ count: 6, seed: 1 })

/** Draws the same whether anybody watches who calls: both sides of a comparison make the same calls. */
const model: Model = {
  ...simStrong,
  create: ({ seed }) => {
    let calls = 0
    return simStrong.create({ seed, caller: () => ({ agent: 'agent', call: String(calls++) }) })
  },
}
const prototypes = await prototypesOf([], findCopies([import.meta.dirname]))

/** What a user's own program does with the same graph, tools and model. */
async function bare(system: System, task: Task): Promise<void> {
  const context: BuildContext = {
    model: model.create({ seed: 1, caller: () => ({ agent: '', call: '' }) }),
    tools: tableQa.environment?.(task).tools ?? [],
    brief: (job) => tableQa.briefings[job] ?? '',
    without: new Set(),
  }
  const graph = await system.build(context)
  const state = await graph.invoke(system.input?.(task), { recursionLimit: 100 })
  const answer = system.answer?.(state)
  if (answer) await tableQa.oracle(task, answer)
}

const setupOf = (system: System, task: Task): TrialSetup => ({
  ...{ system, task, scenario: tableQa, seed: 1, model, without: new Set<string>() },
  ...{ budget: baselineBudget, clock: stoppedClock },
})

async function cut<Result>(work: () => Promise<Result>): Promise<Result> {
  const uninstall = install(prototypes)
  try {
    return await work()
  } finally {
    uninstall()
  }
}

const each = async (work: (task: Task) => Promise<unknown>) => {
  for (const task of tasks) await work(task)
}

const nothing = () => null
const seed = (task: Task) => ({ seed: 1, task: task.id })
const factsOf = ({ text, protect }: Task) => ({ text, protect, canAsk: true })

/** Trials of a system with an injector armed at its first site that hands on a copy. */
async function armedTrials(system: System) {
  const action = placeboOf('prompt')
  const targets = await cut(() =>
    Promise.all(
      tasks.map(async (task) => {
        const { events, used } = await executeTrial(setupOf(system, task), nothing)
        const sites = findSites(events, factsOf(task))
        const target = chooseTarget(action, sites, { kind: 'first' }, seed(task))
        return { task, sites, target, calls: used.calls }
      }),
    ),
  )
  const calls = targets.reduce((sum, target) => sum + target.calls, 0)
  const work = async () => {
    for (const { task, sites, target } of targets) {
      await executeTrial(setupOf(system, task), (recorder) =>
        arm(action, target, { sites, unknown: unknownSite, trial: seed(task), recorder }),
      )
    }
  }
  return { calls, work }
}

async function overheadOf(system: System): Promise<readonly Row[]> {
  const { calls, work } = await armedTrials(system)
  const times = await measured(
    [
      { name: 'bare', work: () => each((task) => bare(system, task)) },
      { name: 'idle', work: () => cut(() => each((task) => bare(system, task))) },
      {
        name: 'trial',
        work: () => cut(() => each((task) => executeTrial(setupOf(system, task), nothing))),
      },
      { name: 'armed', work: () => cut(work) },
    ],
    options,
  )
  const ratio = (one: number, other: number) => one / other
  const perCall = (one: number, other: number) => (one - other) / calls
  const perTask = (times.get('bare') ?? []).map((time) => time / tasks.length)
  return [
    { what: `${system.id}: bare graph, ms a task`, ...spreadOf(perTask) },
    { what: `${system.id}: seams idle / bare`, ...paired(times, ['idle', 'bare'], ratio) },
    {
      what: `${system.id}: trial / bare`,
      ...paired(times, ['trial', 'bare'], ratio),
      target: 1.25,
    },
    {
      what: `${system.id}: armed - not armed, ms a call`,
      ...paired(times, ['armed', 'trial'], perCall),
      target: 0.1,
    },
  ]
}

/** How long each fault thinks about one payload, at the sites where it would be set in a pipeline. */
async function injectTimes(): Promise<readonly Row[]> {
  const system = systems.find(({ id }) => id === 'pipeline')
  if (!system) throw new Error('There is no pipeline.')
  const found = await cut(async () => {
    const all = []
    for (const task of tasks) {
      const { events } = await executeTrial(setupOf(system, task), nothing)
      all.push({ task, sites: findSites(events, factsOf(task)) })
    }
    return all
  })
  const contestants = selectFaults(faults, []).map(({ fault, planned }) => {
    const action = actionOf(fault, { ...planned, trigger: 'once' }, fault.id)
    const places = found.flatMap(({ task, sites }) => {
      const target = chooseTarget(action, sites, { kind: 'first' }, seed(task))
      if (target.kind !== 'once') return []
      const { id, payload, facts } = target.site
      return [{ payload, site: () => siteOf(action, id, facts(), seed(task)) }]
    })
    const work = () => {
      for (const { payload, site } of places) action.change(payload, site())
    }
    return { name: fault.id, work, places: places.length }
  })
  const repetitions = 20
  const times = await measured(contestants, { ...options, repetitions })
  return contestants.map(({ name, places }) => ({
    what: `${name}: inject alone, ms a payload`,
    ...spreadOf((times.get(name) ?? []).map((time) => time / Math.max(1, places))),
  }))
}

async function throughput(): Promise<readonly Row[]> {
  const plan: Plan = {
    systems: systems.map((system) => ({ system, without: [] })),
    scenarios: [{ scenario: tableQa, tasks }],
    faults: selectFaults(faults, []),
    ...{ seeds: [1], site: { kind: 'first' }, model: simStrong, engine: 'bench' },
  }
  const groups = expand(plan)
  const trials = groups.reduce((sum, group) => sum + group.trials.length, 0)
  const { signal } = new AbortController()
  const work = () =>
    cut(() =>
      execute({
        ...{ plan, groups, done: new Map(), concurrency: 4, clock: stoppedClock, judge, signal },
        onTrial: nothing,
      }),
    )
  const times = await measured([{ name: 'run', work }], { rounds: 5, warmUp: 1, repetitions: 1 })
  const rate = (times.get('run') ?? []).map((time) => (1000 * trials) / time)
  return [{ what: `trials a second of CPU, run of ${trials}`, ...spreadOf(rate) }]
}

type Row = Spread & Readonly<{ what: string; target?: number }>

function shown(rows: readonly Row[]): string {
  const number = (value: number) => value.toFixed(value < 10 ? 3 : 1).padStart(9)
  const verdict = ({ median, target }: Row) =>
    target === undefined ? '' : `  target ${target}: ${median <= target ? 'met' : 'missed'}`
  return rows
    .map(
      (row) =>
        `${row.what.padEnd(52)}${[row.median, row.min, row.max].map(number).join('')}${verdict(row)}`,
    )
    .join('\n')
}

const [processor] = cpus()
console.log(
  `Node ${process.version}, ${cpus().length} cores (${processor?.model.trim()}), CPU time`,
)
console.log(
  `${options.rounds} rounds after ${options.warmUp} of warm-up, ${tasks.length} tasks a round\n`,
)
console.log(`${''.padEnd(52)}${['median', 'min', 'max'].map((name) => name.padStart(9)).join('')}`)
for (const system of systems) console.log(shown(await overheadOf(system)))
console.log(shown(await injectTimes()))
console.log(shown(await throughput()))
