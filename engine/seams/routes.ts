import type { BaseMessage } from '@langchain/core/messages'
import { Send } from '@langchain/langgraph'

/** What a node says to LangGraph: a value for a channel of the state, or a route. */
export type Write = readonly [channel: string, value: unknown]

const toNode = 'branch:to:'
const toJoin = 'join:'
const sends = '__pregel_tasks'
const live = '__firedrill_live_state__'

type SendLike = Readonly<{ node: string; args: unknown }>
type LiveMarker = Readonly<{ [live]: true; message: BaseMessage | null }>

/** LangGraph's Send, of one copy of the package: a copy knows its own class only. */
export type SendClass = new (node: string, args: unknown) => object

/** The writes with every Send of ours in the class that the copy of LangGraph knows. */
export function inClassOf(own: SendClass | null, writes: readonly Write[]): readonly Write[] {
  if (!own || own === Send) return writes
  return writes.map((write): Write => {
    const [channel, value] = write
    return value instanceof Send ? [channel, new own(value.node, value.args)] : write
  })
}

/** Whether a write activates a node instead of changing the state. */
export const isRoute = ([channel]: Write): boolean =>
  channel === sends || channel.startsWith(toNode) || channel.startsWith(toJoin)

/** The node that a write activates; null if it is no route. */
export function targetOf([channel, value]: Write): string | null {
  if (channel === sends) return (value as SendLike).node
  if (channel.startsWith(toNode)) return channel.slice(toNode.length)
  if (channel.startsWith(toJoin)) return channel.slice(channel.lastIndexOf(':') + 1)
  return null
}

/** A plain route; several to one node in one superstep are one activation. */
export const routeTo = (node: string): Write => [`${toNode}${node}`, null]

/**
 * A route that is an activation of its own and runs on the state of the superstep in which it starts, so that copies
 * of a plain route do not collapse. A message may travel with it; then only this activation reads it.
 */
export function sendLive(node: string, message: BaseMessage | null = null): Write {
  return [sends, new Send(node, { [live]: true, message } satisfies LiveMarker)]
}

/** The same route to another node; a Send keeps its arguments. */
export function redirect(write: Write, node: string): Write {
  if (write[0] !== sends) return routeTo(node)
  return [sends, new Send(node, (write[1] as SendLike).args)]
}

/** The marker of `sendLive` when an input is one. */
export function liveMarkerOf(input: unknown): Readonly<{ message: BaseMessage | null }> | null {
  if (typeof input !== 'object' || input === null || !(live in input)) return null
  return { message: (input as LiveMarker).message }
}
