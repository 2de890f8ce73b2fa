import { cpus } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { judge } from '../analysis/judge.js'
import { stoppedClock } from '../core/clock.js'
import type { Task } from '../core/scenario.js'
import { unknownSite } from '../core/site.js'
import type { System } from '../core/system.js'
import { actionOf, placeboOf } from '../engine/action.js'
import { arm } from '../engine/arm.js'
import { chooseTarget, siteOf } from '../engine/choose-site.js'
import { expand, type Plan } from '../engine/plan.js'
import { execute } from '../engine/run.js'
import { selectFaults } from '../engine/select.js'
import { findSites } from '../engine/sites.js'
import { executeTrial } from '../engine/trial.js'
import { faults } from '../faults/catalogue.js'
import { simStrong } from '../models/sim-strong.js'
import { tableQa } from '../scenarios/table-qa/index.js'
import { systems } from '../systems/catalogue.js'
import { measured, paired, spreadOf } from './rounds.js'
import { bare, cut, setupOf, tasks } from './setting.js'
import { head, type Row, shown } from './table.js'

const options = { rounds: 31, warmUp: 8, repetitions: 1 }

// Garbage of one contestant shall not be collected while another one is measured.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const each = async (work: (task: Task) => Promise<unknown>) => {
  for (const task of tasks) await work(task)
}

const nothing = () => null
const seed = (task: Task) => ({ seed: 1, task: task.id })
const factsOf = ({ text, protect }: Task) => ({ text, protect, canAsk: 'peer' as const })

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
    { ...options, before: collect },
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
  const times = await measured(contestants, { ...options, repetitions, before: collect })
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
  const times = await measured([{ name: 'run', work }], {
    rounds: 5,
    warmUp: 1,
    repetitions: 1,
    before: collect,
  })
  const rate = (times.get('run') ?? []).map((time) => (1000 * trials) / time)
  return [{ what: `trials a second of CPU, run of ${trials}`, ...spreadOf(rate) }]
}

const [processor] = cpus()
console.log(
  `Node ${process.version}, ${cpus().length} cores (${processor?.model.trim()}), CPU time`,
)
console.log(
  `${options.rounds} rounds after ${options.warmUp} of warm-up, ${tasks.length} tasks a round\n`,
)
console.log(head)
for (const system of systems) console.log(shown(await overheadOf(system)))
console.log(shown(await injectTimes()))
console.log(shown(await throughput()))
