import type { AIMessage, BaseMessage, ToolMessage } from '@langchain/core/messages'
import type { Delivery } from '../core/fault.js'
import { type SiteAddress, type SiteFacts, siteId } from '../core/site.js'
import { type CallEvent, comparePositions, type Event, type Seen } from './recorder.js'
import { once, overview, type TaskFacts } from './site-facts.js'
import { answersTo } from './tool-answers.js'
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

type Place = Readonly<{ at: SiteAddress; payload: Payload; more?: () => Partial<SiteFacts> }>
type Overview = ReturnType<typeof overview> &
  Readonly<{
    ordered: readonly Event[]
    results: ReturnType<typeof resultCounter>
    routes: ReturnType<typeof routeCounter>
  }>
type WriteEvent = Extract<Event, { kind: 'write' }>

/** All sites that a fault-free trial passed, in the order of its trace. */
export function findSites(events: readonly Event[], task: TaskFacts): readonly FoundSite[] {
  const ordered = [...events].sort((a, b) => comparePositions(a.position, b.position))
  const trial = {
    ordered,
    ...overview(ordered, task),
    results: resultCounter(),
    routes: routeCounter(),
  }
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
      // The reply to a prompt comes after it.
      more: () => ({ tools: tools(), ...trial.saidAfter(event.agent, index - 1) }),
    },
    {
      at,
      payload: { injector: 'response', value: event.reply.message as AIMessage },
      more: () => ({
        tools: tools(),
        handsOver: trial.handsOver(event, index),
        results: answersTo(event.reply.message, trial.ordered.slice(index)),
      }),
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
      more: () => ({ to, others: trial.receivers(event.agent, event.routes) }),
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
