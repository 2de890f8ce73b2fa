import type { AIMessage, BaseMessage } from '@langchain/core/messages'
import { messageOf } from '../core/errors.js'
import { type PlainMessage, plain } from '../core/messages.js'
import type { SimulatedNotes } from '../core/model.js'
import type { Execution, ModelCall } from './seams/context.js'
import { isRoute, targetOf, type Write } from './seams/routes.js'
import { messagesIn } from './state-messages.js'
import { tokensOf } from './tokens.js'
import { toolFactsOf } from './tool-facts.js'

/** Where an event stands: one level per nested execution, the last one for the event itself. */
export type Position = readonly (string | number)[]

type Placed = Readonly<{ key: string; agent: string; position: Position }>

/** A message as it passed, and the form of it that traces keep. */
export type Seen = Readonly<{ message: BaseMessage; plain: PlainMessage }>

/** One thing that happened at a seam, with the real objects; a trace is made from these. */
export type Event =
  | (Placed &
      Readonly<{
        kind: 'start'
        attempt: number
        triggers: readonly string[]
        input: readonly Seen[]
      }>)
  | (Placed &
      Readonly<{
        kind: 'call'
        prompt: readonly Seen[]
        reply: Seen
        offered: readonly unknown[]
        tokens: number
        notes: SimulatedNotes | null
      }>)
  | (Placed &
      Readonly<{
        kind: 'write'
        messages: readonly Seen[]
        routes: readonly string[]
        /** The newest message that this execution has written, in this batch or before. */
        newest: Seen | null
      }>)
  | (Placed & Readonly<{ kind: 'error'; error: string }>)
  | (Placed &
      Readonly<{
        kind: 'injection'
        fault: string
        site: string
        by: 'program' | 'model'
        before: readonly string[]
        after: readonly string[]
      }>)

/** What is known of a model call as an event. */
export type CallEvent = Extract<Event, { kind: 'call' }>

/** Writes down what happens in one trial. Events stand in real order; `position` gives the order of the trace. */
export type Recorder = Readonly<{
  events: readonly Event[]
  start: (execution: Execution, input: unknown) => void
  call: (call: ModelCall, prompt: readonly BaseMessage[], reply: AIMessage) => CallEvent
  write: (execution: Execution, writes: readonly Write[]) => void
  error: (execution: Execution, error: unknown) => void
  injection: (
    execution: Execution | null,
    entry: Readonly<{
      fault: string
      site: string
      by: 'program' | 'model'
      before: readonly string[]
      after: readonly string[]
    }>,
  ) => void
}>

/** A recorder for one trial. */
export function createRecorder(): Recorder {
  const events: Event[] = []
  const seen = seeing()
  const newest = new Map<string, Seen>()
  return {
    events,
    start(execution, input) {
      events.push({
        ...place(execution),
        kind: 'start',
        attempt: execution.attempt,
        triggers: execution.triggers.filter((trigger) => !trigger.startsWith('__')),
        input: messagesIn(input).map(seen),
      })
    },
    call(call, prompt, reply) {
      const event: CallEvent = {
        ...place(call.execution),
        key: call.key,
        kind: 'call',
        prompt: prompt.map(seen),
        reply: seen(reply),
        offered: call.tools,
        tokens: tokensOf(prompt, reply),
        notes: notesOf(reply),
      }
      events.push(event)
      return event
    },
    write(execution, writes) {
      const messages = writes
        .filter((write) => !isRoute(write))
        .flatMap(([, value]) => messagesIn(value))
      const routes = writes.flatMap((write) => targetOf(write) ?? [])
      if (messages.length + routes.length === 0) return
      const written = messages.map(seen)
      const last = written.at(-1) ?? newest.get(execution.key) ?? null
      if (last) newest.set(execution.key, last)
      events.push({ ...place(execution), kind: 'write', messages: written, routes, newest: last })
    },
    error(execution, error) {
      events.push({ ...place(execution), kind: 'error', error: messageOf(error) })
    },
    injection(execution, entry) {
      events.push({ ...place(execution), kind: 'injection', ...entry })
    },
  }
}

/** The names of the tools that were on offer. */
export const toolNamesOf = ({ offered }: CallEvent): readonly string[] =>
  toolFactsOf(offered).map(({ name }) => name)

function place(execution: Execution | null): Placed {
  if (!execution) return { key: '?', agent: '?', position: [Number.MAX_SAFE_INTEGER] }
  // Nested executions carry the number of own events before them; the half puts them between those events.
  const position = [...positionOf(execution), execution.events++ + 0.5]
  return { key: execution.key, agent: execution.agent, position }
}

function positionOf({ parent, slot, step, node, occurrence }: Execution): Position {
  return [...(parent ? positionOf(parent) : []), slot, step, node, occurrence]
}

/** Compares positions level by level. */
export function comparePositions(a: Position, b: Position): number {
  for (let level = 0; level < Math.min(a.length, b.length); level++) {
    const [left, right] = [a[level] ?? 0, b[level] ?? 0]
    if (left !== right) return left < right ? -1 : 1
  }
  return a.length - b.length
}

/** Plain forms, made once per message; made again if somebody edited the message in place. */
function seeing(): (message: BaseMessage) => Seen {
  const known = new WeakMap<BaseMessage, Seen & Readonly<{ content: unknown }>>()
  return (message) => {
    const before = known.get(message)
    if (before && before.content === message.content) return before
    const entry = { message, plain: plain(message), content: message.content }
    known.set(message, entry)
    return entry
  }
}

function notesOf({ response_metadata }: AIMessage): SimulatedNotes | null {
  return (response_metadata as { simulated?: SimulatedNotes } | undefined)?.simulated ?? null
}
