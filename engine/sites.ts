import type { AIMessage, BaseMessage, ToolMessage } from '@langchain/core/messages'
import type { Delivery } from '../core/fault.js'
import { said } from '../core/messages.js'
import { type SiteAddress, type SiteFacts, siteId, unknownSite } from '../core/site.js'
import { type CallEvent, comparePositions, type Event, type Seen } from './recorder.js'
import { toolFactsOf } from './tool-facts.js'

/** What an injector gets at a site. */
export type Payload =
  | Readonly<{ injector: 'prompt'; value: readonly BaseMessage[] }>
  | Readonly<{ injector: 'response'; value: AIMessage | ToolMessage }>
  | Readonly<{ injector: 'routing'; value: readonly Delivery[] }>

/** A site that a baseline passed, with what it carried there. Its facts are put together when somebody asks. */
export type FoundSite = Readonly<{
  at: SiteAddress
  id: string
  agent: string
  payload: Payload
  facts: () => SiteFacts
}>

/** What the engine knows of a task besides the baseline. */
export type TaskFacts = Readonly<{ text: string; protect: readonly string[]; canAsk: boolean }>

type Place = Readonly<{ at: SiteAddress; payload: Payload; more?: () => Partial<SiteFacts> }>
type Overview = ReturnType<typeof overview>
type WriteEvent = Extract<Event, { kind: 'write' }>

/** All sites that a fault-free trial passed, in the order of its trace. */
export function findSites(events: readonly Event[], task: TaskFacts): readonly FoundSite[] {
  const ordered = [...events].sort((a, b) => comparePositions(a.position, b.position))
  const trial = overview(ordered, task)
  return ordered.flatMap((event, index) =>
    placesOf(event, index, trial).map(({ at, payload, more }) => ({
      at,
      id: siteId(at),
      agent: event.agent,
      payload,
      facts: once(() => ({ ...trial.around(event.agent, index), ...more?.() })),
    })),
  )
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function placesOf(event: Event, index: number, trial: Overview): readonly Place[] {
  switch (event.kind) {
    case 'start':
      return trial.callers.has(event.key) && event.input.length > 0 ? [inputOf(event)] : []
    case 'call':
      return callOf(event, index, trial)
    case 'write':
      return [...resultsOf(event, trial), ...routesOf(event, trial)]
    case 'error':
    case 'injection':
      return []
    default:
      return event satisfies never
  }
}

const messagesOf = (seen: readonly Seen[]): readonly BaseMessage[] =>
  seen.map(({ message }) => message)

const inputOf = ({ key, input }: Extract<Event, { kind: 'start' }>): Place => ({
  at: { kind: 'input', key },
  payload: { injector: 'prompt', value: messagesOf(input) },
})

function callOf(event: CallEvent, index: number, trial: Overview): readonly Place[] {
  const at: SiteAddress = { kind: 'call', key: event.key }
  const tools = () => toolFactsOf(event.offered)
  return [
    {
      at,
      payload: { injector: 'prompt', value: messagesOf(event.prompt) },
      more: () => ({ tools: tools() }),
    },
    {
      at,
      payload: { injector: 'response', value: event.reply.message as AIMessage },
      more: () => ({ tools: tools(), handsOver: trial.handsOver(event, index) }),
    },
  ]
}

function resultsOf(event: WriteEvent, trial: Overview): readonly Place[] {
  return trial.results.fresh(event.key, event.messages).map(({ seen, index }) => ({
    at: { kind: 'tool', key: event.key, index },
    payload: { injector: 'response', value: seen.message as ToolMessage },
    more: () => ({ tools: trial.toolsNear(event.agent), handsOver: true }),
  }))
}

function routesOf(event: WriteEvent, trial: Overview): readonly Place[] {
  return trial.routes.numbered(event.key, event.routes).flatMap(({ to, index }) => {
    if (!trial.isBetweenAgents(event.agent, to)) return []
    return {
      at: { kind: 'delivery' as const, key: event.key, to, index },
      payload: { injector: 'routing' as const, value: deliveriesOf(event) },
      more: () => ({ to }),
    }
  })
}

/** Counts tool results per execution. A result is counted once: a nested graph hands its results on again. */
export function resultCounter() {
  const known = new Set<string>()
  const counts = new Map<string, number>()
  return {
    fresh: (key: string, messages: readonly Seen[]) =>
      messages.flatMap((seen) => {
        const { role, toolCallId = '' } = seen.plain
        if (role !== 'tool' || known.has(toolCallId)) return []
        known.add(toolCallId)
        const index = counts.get(key) ?? 0
        counts.set(key, index + 1)
        return { seen, index }
      }),
  }
}

/** Counts the routes of each execution to each receiver. */
export function routeCounter() {
  const counts = new Map<string, number>()
  return {
    numbered: (key: string, routes: readonly string[]) =>
      routes.map((to) => {
        const index = counts.get(`${key}>${to}`) ?? 0
        counts.set(`${key}>${to}`, index + 1)
        return { to, index }
      }),
  }
}

/** What one agent sends at one moment: its routes, each with the newest message that was written with them. */
function deliveriesOf(
  event: Readonly<{ agent: string; newest: Seen | null; routes: readonly string[] }>,
): readonly Delivery[] {
  const from = lastName(event.agent)
  const message = event.newest?.message
  return event.routes.map((to) => ({ from, to, ...(message ? { message } : {}) }))
}

const lastName = (agent: string): string => agent.slice(agent.lastIndexOf('/') + 1)
const parentName = (agent: string): string => agent.slice(0, Math.max(0, agent.lastIndexOf('/')))

type PlacedCall = Readonly<{ event: CallEvent; index: number }>

/** The facts about a trial that single sites are described with. */
function overview(ordered: readonly Event[], task: TaskFacts) {
  const calls: readonly PlacedCall[] = ordered.flatMap((event, index) =>
    event.kind === 'call' ? [{ event, index }] : [],
  )
  const agents = new Set(calls.flatMap(({ event }) => ancestors(event.agent)))
  const roles = once(() => rolesOf(calls))
  return {
    results: resultCounter(),
    routes: routeCounter(),
    /** Executions that call a model themselves. */
    callers: new Set(calls.map(({ event }) => event.key.replace(/(~\d+)?\.\d+$/, ''))),
    around: (agent: string, index: number): SiteFacts => ({
      ...unknownSite,
      handsOver: false,
      taskText: task.text,
      protect: task.protect,
      canAsk: task.canAsk,
      agent,
      later: laterThan(index, calls),
      taskReread: isReread(task.text, agent, index, calls),
      elsewhere: [task.text, ...readBefore(index, calls)].join('\n\n'),
      peers: [...roles()].filter(([id]) => id !== agent).map(([id, role]) => ({ id, role })),
    }),
    handsOver: ({ agent, reply }: CallEvent, index: number): boolean => {
      const { text } = reply.plain
      if (text.trim() === '') return false
      return calls.some(
        (other) =>
          other.index > index &&
          other.event.agent !== agent &&
          other.event.prompt.some(({ plain }) => plain.text.includes(text)),
      )
    },
    toolsNear: (agent: string) => {
      const near = calls.find(({ event }) => parentName(event.agent) === parentName(agent))
      return near ? toolFactsOf(near.event.offered) : []
    },
    isBetweenAgents: (from: string, to: string): boolean => {
      const parent = parentName(from)
      const receiver = parent ? `${parent}/${to}` : to
      return receiver !== from && agents.has(from) && agents.has(receiver)
    },
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

const laterThan = (index: number, calls: readonly PlacedCall[]): string =>
  calls
    .filter((call) => call.index > index)
    .map(({ event }) => said(event.reply.plain))
    .join('\n\n')

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
