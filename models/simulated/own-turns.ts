import { roleOf, type ToolCall, toolCallsOf } from '../../core/messages.js'
import type { Seen } from './window.js'

/** A tool call of this activation and the result that came back. */
export type PastCall = Readonly<{ call: ToolCall; result: string }>

/** The calls since the last message that is not part of a tool turn. */
export function pastCalls(seen: readonly Seen[]): readonly PastCall[] {
  const isTurn = ({ message }: Seen) =>
    roleOf(message) === 'tool' || toolCallsOf(message).length > 0
  const turns = seen.slice(seen.findLastIndex((entry) => !isTurn(entry)) + 1)
  const results = new Map(
    turns.flatMap(({ message, text }) => {
      const { tool_call_id } = message as { tool_call_id?: unknown }
      return typeof tool_call_id === 'string' ? [[tool_call_id, text] as const] : []
    }),
  )
  return turns.flatMap(({ message }) =>
    toolCallsOf(message).flatMap((call) => {
      const result = results.get(call.id ?? '')
      return result === undefined ? [] : [{ call, result }]
    }),
  )
}
