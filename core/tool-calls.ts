import type { BaseMessage } from '@langchain/core/messages'
import { copyMessage, toolCallsOf } from './messages.js'

/** What takes the place of a call: another name or other arguments, or arguments whose text is no JSON. */
export type CallChange =
  | Readonly<{ name: string; args: Readonly<Record<string, unknown>> }>
  | Readonly<{ name: string; broken: string }>

/**
 * A copy of a model's message with one of its calls changed. Its id stays, so results still find their call. A broken call
 * moves to `invalid_tool_calls`, as a client does with arguments that it cannot read.
 */
export function withCall<Message extends BaseMessage>(
  message: Message,
  index: number,
  change: CallChange,
): Message {
  const calls = toolCallsOf(message)
  const changed = calls.flatMap((call, at) => {
    if (at !== index) return [call]
    return 'args' in change ? [{ ...call, name: change.name, args: change.args }] : []
  })
  if ('args' in change) return copyMessage(message, { tool_calls: changed })
  const broken = {
    ...{ type: 'invalid_tool_call', id: calls[index]?.id, error: 'Malformed args.' },
    ...{ name: change.name, args: change.broken },
  }
  const { invalid_tool_calls: known = [] } = message as { invalid_tool_calls?: readonly object[] }
  return copyMessage(message, { tool_calls: changed, invalid_tool_calls: [...known, broken] })
}
