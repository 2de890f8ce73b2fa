import type { BaseMessage } from '@langchain/core/messages'
import { roleOf, type ToolCall, textOf, toolCallsOf } from '../../core/messages.js'
import { handsOver } from './hand-over.js'
import { person, self, speakerOf } from './speaker.js'
import type { Seen } from './window.js'

/** A tool call of this activation and the result that came back. */
export type PastCall = Readonly<{ call: ToolCall; result: string }>

/** A call with the place of the message that made it. */
export type PlacedCall = PastCall & Readonly<{ at: number }>

/** The calls of the activation that is going on, as far as their results are there. */
export function pastCalls(seen: readonly Seen[], role: string): readonly PastCall[] {
  const messages = seen.map(({ message }) => message)
  return callsIn(seen.slice(beginOfActivation(messages, role)))
}

/** All calls of its own that an agent has in sight, as far as their results are there. */
export function callsIn(turns: readonly Seen[]): readonly PlacedCall[] {
  const results = new Map(
    turns.flatMap(({ message, text }) => {
      const { tool_call_id } = message as { tool_call_id?: unknown }
      return typeof tool_call_id === 'string' ? [[tool_call_id, text] as const] : []
    }),
  )
  return turns.flatMap(({ message }, at) =>
    toolCallsOf(message).flatMap((call) => {
      const result = results.get(call.id ?? '')
      // A hand-over is no part of the work.
      return result === undefined || handsOver(call.name) ? [] : [{ call, result, at }]
    }),
  )
}

/** How many messages of its own an agent has finished before the activation that is going on. */
export const finishedMessages = (messages: readonly BaseMessage[], role: string): number =>
  messages.filter((message, at) => isFinished(message, messages[at + 1], role)).length

/** The place behind the last message that is no part of the turns that are going on. */
function beginOfActivation(messages: readonly BaseMessage[], role: string): number {
  const isPart = (message: BaseMessage, next: BaseMessage | undefined) =>
    roleOf(message) === 'tool' ||
    isReminder(message, role) ||
    (roleOf(message) === 'ai' && !isFinished(message, next, role) && isOwn(message, role))
  return messages.findLastIndex((message, at) => !isPart(message, messages[at + 1])) + 1
}

const isOwn = (message: BaseMessage, role: string) => speakerOf(message, role) === self

/**
 * Whether a message is a last word: it calls no tool, nor does it try to, and nobody asks for its form at once.
 *
 * Work that has already been done must not be forgotten because one message of it did not arrive as it was meant.
 */
function isFinished(message: BaseMessage, next: BaseMessage | undefined, role: string): boolean {
  if (roleOf(message) !== 'ai' || !isOwn(message, role)) return false
  const { invalid_tool_calls: failed } = message as { invalid_tool_calls?: readonly unknown[] }
  const isSilent = textOf(message).trim() === ''
  if (toolCallsOf(message).length > 0 || (failed?.length ?? 0) > 0 || isSilent) return false
  // An empty answer leaves nothing to go on with: whoever gave one and is reminded starts again.
  const isEmpty = /```answer\s*```/.test(textOf(message))
  return isEmpty || !next || !isReminder(next, role)
}

/** Whether a message only says in which form to reply: no new work, so it belongs to the work that is going on. */
export const isReminder = (message: BaseMessage, role: string) =>
  speakerOf(message, role) === person &&
  /^(?:please )?reply with exactly one (?:```\w+ block|line NEXT|call of a tool)\b[^\n]*$/i.test(
    textOf(message).trim(),
  )
