import type { BaseMessage } from '@langchain/core/messages'
import { type PlainMessage, toolCallsOf } from '../core/messages.js'
import type { ToolAnswer } from '../core/site.js'
import type { Event } from './recorder.js'

/**
 * What tools answered to the calls of a message, call by call: the first result with the call's id that is written, read or
 * put into a prompt afterwards.
 */
export function answersTo(
  message: BaseMessage,
  later: readonly Event[],
): readonly (ToolAnswer | null)[] {
  const calls = toolCallsOf(message)
  if (calls.length === 0) return []
  const results = new Map<string, ToolAnswer>()
  for (const event of later) {
    for (const { toolCallId, text, status } of messagesOf(event)) {
      if (toolCallId === undefined || results.has(toolCallId)) continue
      results.set(toolCallId, { text, failed: status === 'error' })
    }
  }
  return calls.map(({ id }) => results.get(id ?? '') ?? null)
}

function messagesOf(event: Event): readonly PlainMessage[] {
  switch (event.kind) {
    case 'start':
      return event.input.map(({ plain }) => plain)
    case 'call':
      return event.prompt.map(({ plain }) => plain)
    case 'write':
      return event.messages.map(({ plain }) => plain)
    case 'error':
    case 'injection':
      return []
    default:
      return event satisfies never
  }
}
