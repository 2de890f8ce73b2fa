import { cpus } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { AIMessage } from '@langchain/core/messages'
import { judge } from '../analysis/judge.js'
import { stoppedClock } from '../core/clock.js'
import type { Task } from '../core/scenario.js'
import { unknownSite } from '../core/site.js'
import type { System } from '../core/system.js'
import { actionOf, placeboOf, sitesFor } from '../engine/action.js'
import { aimAt } from '../engine/aim.js'
import { arm } from '../engine/arm.js'
import { chooseTarget, siteOf } from '../engine/choose-site.js'
import { programWriter } from '../engine/injector/writer.js'
import type { FaultsOfTrial } from '../engine/plan.js'
import { expand, type Plan } from '../engine/plan.js'
import { createRecorder } from '../engine/recorder.js'
import { execute } from '../engine/run.js'
import type { ModelCall } from '../engine/seams/context.js'
import { selectFaults } from '../engine/select-faults.js'
import { type FoundSite, findSites } from '../engine/sites.js'
import { executeTrial } from '../engine/trial.js'
import { faults } from '../faults/catalogue.js'
import { simStrong } from '../models/sim-strong.js'
import { tableQa } from '../scenarios/table-qa/index.js'
import { systems } from '../systems/catalogue.js'
import { type Contestant, measured, paired, spreadOf } from './rounds.js'
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
const factsOf = ({ text, protect }: Task) => ({
  ...{ text, protect, window: null },
  canAsk: 'peer' as const,
  repairsCalls: false,
})

async function overheadOf(system: System): Promise<readonly Row[]> {
  const times = await measured(
    [
      { name: 'bare', work: () => each((task) => bare(system, task)) },
      { name: 'idle', work: () => cut(() => each((task) => bare(system, task))) },
      {
        name: 'trial',
        work: () => cut(() => each((task) => executeTrial(setupOf(system, task), nothing))),
      },
    ],
    { ...options, before: collect },
  )
  const ratio = (one: number, other: number) => one / other
  const perTask = (times.get('bare') ?? []).map((time) => time / tasks.length)
  return [
    { what: `${system.id}: bare graph, ms a task`, ...spreadOf(perTask) },
    { what: `${system.id}: seams idle / bare`, ...paired(times, ['idle', 'bare'], ratio) },
    {
      what: `${system.id}: trial / bare`,
      ...paired(times, ['trial', 'bare'], ratio),
      target: 1.25,
    },
  ]
}

type Visited = Readonly<{ task: Task; sites: readonly FoundSite[] }>

/** The sites of a pipeline's baselines. */
async function visited(): Promise<readonly Visited[]> {
  const system = systems.find(({ id }) => id === 'pipeline')
  if (!system) throw new Error('There is no pipeline.')
  const found: Visited[] = []
  for (const task of tasks) {
    const { events } = await cut(() => executeTrial(setupOf(system, task), nothing))
    found.push({ task, sites: findSites(events, factsOf(task)) })
  }
  return found
}

/** Arms an injector that hands on a copy at every reply in turn and lets it act: all that is not the fault's own. */
function machinery(found: readonly Visited[]): Contestant & Readonly<{ places: number }> {
  const action = placeboOf('response')
  const places = found.flatMap(({ task, sites }) =>
    sitesFor(action, sites).flatMap((site) =>
      site.at.kind === 'call' ? [{ task, site, call: callAt(site.at.key), sites }] : [],
    ),
  )
  const work = () => {
    for (const { task, sites, site, call } of places) {
      const aim = aimAt(action, { kind: 'once', site }, { sites, unknown: unknownSite })
      const context = { trial: seed(task), recorder: createRecorder(), writer: programWriter }
      const arms = arm(action, aim, context)
      arms.reply(call, site.payload.value as AIMessage)
      if (arms.fired.length !== 1) throw new Error(`Nothing was injected at ${site.id}.`)
    }
  }
  return { name: 'arming, acting and writing down', work, places: places.length }
}

const callAt = (key: string): ModelCall => ({ key, execution: null, agent: '?', tools: [] })

/** What one fault does with one payload, at the sites where it would be set. */
function thinking(found: readonly Visited[], { fault, planned }: FaultsOfTrial) {
  const action = actionOf(fault, { ...planned, trigger: 'once' }, fault.id)
  const places = found.flatMap(({ task, sites }) => {
    const target = chooseTarget(action, sites, { kind: 'default' }, seed(task))
    if (target.kind !== 'once') return []
    const { id, payload, facts } = target.site
    return [{ payload, site: () => siteOf(action, id, facts(), seed(task)) }]
  })
  const work = () => {
    for (const { payload, site } of places) action.change(payload, site())
  }
  return { name: `${fault.id} alone`, work, places: places.length }
}

async function injections(): Promise<readonly Row[]> {
  const found = await visited()
  const faulted = selectFaults(faults, []).map((selected) => thinking(found, selected))
  const contestants = [machinery(found), ...faulted]
  const times = await measured(contestants, { ...options, repetitions: 20, before: collect })
  return contestants.map(({ name, places }, at) => ({
    what: `inject: ${name}, ms a payload`,
    ...spreadOf((times.get(name) ?? []).map((time) => time / Math.max(1, places))),
    ...(at === 0 ? { target: 0.1 } : {}),
  }))
}

async function throughput(): Promise<readonly Row[]> {
  const plan: Plan = {
    systems: systems.map((system) => ({ system, without: [] })),
    scenarios: [{ scenario: tableQa, tasks }],
    faults: selectFaults(faults, []),
    ...{ seeds: [1], site: { kind: 'default' }, model: simStrong, engine: 'bench' },
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
console.log(shown(await injections()))
console.log(shown(await throughput()))
