import { groupBy } from '../core/lists.js'
import { said } from '../core/messages.js'
import { type Heard, type SiteFacts, unknownSite } from '../core/site.js'
import type { CallEvent, Event } from './recorder.js'
import { toolFactsOf } from './tool-facts.js'

/** What the engine knows of a task besides the baseline. */
export type TaskFacts = Readonly<{ text: string }> &
  Pick<SiteFacts, 'protect' | 'canAsk' | 'repairsCalls' | 'window'> &
  /** Nodes that the system says are agents, whether a baseline needs them or not. */
  Readonly<{ agents?: readonly string[] }>

/** A value that is made when somebody asks for it first, and once. */
export function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const parentName = (agent: string): string => agent.slice(0, Math.max(0, agent.lastIndexOf('/')))

type PlacedCall = Readonly<{ event: CallEvent; index: number }>

/** The facts about a trial that single sites are described with. */
export function overview(ordered: readonly Event[], task: TaskFacts) {
  const calls: readonly PlacedCall[] = ordered.flatMap((event, index) =>
    event.kind === 'call' ? [{ event, index }] : [],
  )
  const seen = calls.flatMap(({ event }) => ancestors(event.agent))
  const agents = new Set([...seen, ...(task.agents ?? [])])
  const roles = once(() => rolesOf(calls))
  const handovers = once(() => handoversIn(calls))
  const saidAfter = (agent: string, index: number) => {
    const later = calls.filter((call) => call.index > index)
    const own = later.filter(({ event }) => event.agent === agent)
    return { later: textsOf(later), own: textsOf(own) }
  }
  return {
    saidAfter,
    /** Executions that call a model themselves. */
    callers: new Set(calls.map(({ event }) => event.key.replace(/(~\d+)?\.\d+$/, ''))),
    around: (agent: string, index: number): SiteFacts => ({
      ...unknownSite,
      handsOver: false,
      taskText: task.text,
      protect: task.protect,
      canAsk: task.canAsk,
      repairsCalls: task.repairsCalls,
      window: task.window,
      agent,
      role: roles().get(agent) ?? '',
      ...saidAfter(agent, index),
      heard: heardBefore(agent, index, calls),
      handsTo: handovers().get(agent) ?? [],
      taskReread: isReread(task.text, agent, index, calls),
      elsewhere: [task.text, ...readBefore(index, calls)].join('\n\n'),
      readByOthers: readBefore(
        index,
        calls.filter(({ event }) => event.agent !== agent),
      ).join('\n\n'),
      peers: [...roles()].filter(([id]) => id !== agent).map(([id, role]) => ({ id, role })),
    }),
    handsOver: ({ agent, reply }: CallEvent, index: number): boolean =>
      readersOf({ agent, text: reply.plain.text }, index, calls).length > 0,
    toolsNear: (agent: string) => {
      const near = calls.find(({ event }) => parentName(event.agent) === parentName(agent))
      return near ? toolFactsOf(near.event.offered) : []
    },
    isBetweenAgents: (from: string, to: string): boolean => {
      const parent = parentName(from)
      const receiver = parent ? `${parent}/${to}` : to
      return receiver !== from && agents.has(from) && agents.has(receiver)
    },
    /** The agents beside a sender that are not among its receivers, by the names that routes have. */
    receivers: (from: string, routes: readonly string[]): readonly string[] =>
      [...agents]
        .filter((agent) => agent !== from && parentName(agent) === parentName(from))
        .map((agent) => agent.slice(agent.lastIndexOf('/') + 1))
        .filter((name) => !routes.includes(name))
        .sort(),
  }
}

const ancestors = (agent: string): readonly string[] =>
  agent.split('/').map((_, at, names) => names.slice(0, at + 1).join('/'))

function rolesOf(calls: readonly PlacedCall[]): ReadonlyMap<string, string> {
  const roles = new Map<string, string>()
  for (const { event } of calls) {
    const system = event.prompt.find(({ plain }) => plain.role === 'system')
    if (system && !roles.has(event.agent)) roles.set(event.agent, system.plain.text)
  }
  return roles
}

const textsOf = (calls: readonly PlacedCall[]): string =>
  calls.map(({ event }) => said(event.reply.plain)).join('\n\n')

/** What other agents said before an event, each text once. */
function heardBefore(agent: string, index: number, calls: readonly PlacedCall[]): readonly Heard[] {
  const texts = new Map<string, Heard>()
  for (const { event, index: at } of calls) {
    const { text } = event.reply.plain
    if (at >= index || event.agent === agent || text.trim() === '') continue
    texts.set(text, { from: event.agent, text })
  }
  return [...texts.values()]
}

/** Other agents that had a text in a prompt after it was said. */
function readersOf(
  { agent, text }: Readonly<{ agent: string; text: string }>,
  index: number,
  calls: readonly PlacedCall[],
): readonly string[] {
  if (text.trim() === '') return []
  const readers = calls.filter(
    (other) =>
      other.index > index &&
      other.event.agent !== agent &&
      other.event.prompt.some(({ plain }) => plain.text.includes(text)),
  )
  return [...new Set(readers.map(({ event }) => event.agent))]
}

/** For every agent the agents that read it, with how many of its messages. */
function handoversIn(calls: readonly PlacedCall[]): ReadonlyMap<string, SiteFacts['handsTo']> {
  const pairs = calls.flatMap(({ event: { agent, reply }, index }) =>
    readersOf({ agent, text: reply.plain.text }, index, calls).map((id) => ({ agent, id })),
  )
  const times = (readers: readonly Readonly<{ id: string }>[]) =>
    [...groupBy(readers, ({ id }) => id)]
      .map(([id, some]) => ({ id, times: some.length }))
      .sort((a, b) => b.times - a.times || (a.id < b.id ? -1 : 1))
  return new Map([...groupBy(pairs, ({ agent }) => agent)].map(([id, some]) => [id, times(some)]))
}

const isReread = (
  taskText: string,
  agent: string,
  index: number,
  calls: readonly PlacedCall[],
): boolean =>
  calls.some(
    (call) =>
      call.index > index &&
      call.event.agent !== agent &&
      call.event.prompt.some(({ plain }) => plain.text.includes(taskText)),
  )

/** What any agent had read when an event happened: copies of the truth that a fault at that event leaves alone. */
function readBefore(index: number, calls: readonly PlacedCall[]): readonly string[] {
  const texts = calls
    .filter((call) => call.index <= index)
    .flatMap(({ event }) => event.prompt.map(({ plain }) => said(plain)))
  return [...new Set(texts)]
}
