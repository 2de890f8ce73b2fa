import type { BaseMessage } from '@langchain/core/messages'
import { roleOf, toolCallsOf } from './messages.js'

/** Positions of messages that can only go together: a message, or calls of tools with their results. */
export type Exchange = readonly number[]

/** A conversation in exchanges, oldest first. System messages are no part of it. */
export function exchanges(messages: readonly BaseMessage[]): readonly Exchange[] {
  const found: number[][] = []
  const byCall = new Map<string, number[]>()
  for (const [at, message] of messages.entries()) {
    if (roleOf(message) === 'system') continue
    const { tool_call_id } = message as { tool_call_id?: unknown }
    const open = typeof tool_call_id === 'string' ? byCall.get(tool_call_id) : undefined
    if (open) {
      open.push(at)
      continue
    }
    const exchange = [at]
    found.push(exchange)
    for (const { id } of toolCallsOf(message)) if (id) byCall.set(id, exchange)
  }
  return found
}

/** Whether a provider takes a conversation to begin with these messages: a person or a colleague speaks first. */
export function beginsWell(messages: readonly BaseMessage[]): boolean {
  const first = messages.find((message) => roleOf(message) !== 'system')
  return first !== undefined && roleOf(first) !== 'ai' && roleOf(first) !== 'tool'
}
