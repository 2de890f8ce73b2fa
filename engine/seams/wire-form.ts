import type { AIMessage, BaseMessage } from '@langchain/core/messages'
import type { Json } from './wire-json.js'

/** A message of a prompt with the piece of the body that it was read from. */
export type Told = Readonly<{ message: BaseMessage; from: Json }>

/**
 * How a provider's requests and replies are written.
 *
 * A streamed reply is put together to what the provider would have answered without streaming, and taken apart again, so
 * that all else has to know one form.
 */
export type WireForm = Readonly<{
  /** How the path of its requests ends. */
  path: string
  /** The messages of a request; null if this is not a prompt. */
  prompt: (body: Json) => readonly Told[] | null
  /** The request with other messages. Pieces whose messages are still the same objects stay as they were. */
  request: (body: Json, told: readonly Told[], messages: readonly BaseMessage[]) => Json
  /** The message of a whole reply; null if it holds none. */
  reply: (answer: Json) => AIMessage | null
  /** A whole reply that says something else; without one, a new reply to the request. */
  answer: (message: AIMessage, answer: Json | null, body: Json) => Json
  /** The whole reply of which these events are the stream; null if they are none. */
  assembled: (events: readonly Json[]) => Json | null
  /** A whole reply as server-sent events. */
  events: (answer: Json, body: Json) => readonly string[]
}>
