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
  const before = toolCallsOf(message)
  const id = before[index]?.id
  const changed = before.flatMap((call, at) => {
    if (at !== index) return [call]
    return 'args' in change ? [{ ...call, name: change.name, args: change.args }] : []
  })
  const known = (message as { invalid_tool_calls?: readonly object[] }).invalid_tool_calls ?? []
  const { name } = change
  const broken =
    'broken' in change
      ? [{ type: 'invalid_tool_call', id, name, args: change.broken, error: 'Malformed args.' }]
      : []
  // Providers' own copies of the calls: whoever reads them would bring the original back.
  const { tool_calls: _, ...kwargs } = message.additional_kwargs as Record<string, unknown>
  return copyMessage(message, {
    content: contentWith(message, id, change),
    tool_calls: changed,
    invalid_tool_calls: [...known, ...broken],
    additional_kwargs: kwargs,
    ...('tool_call_chunks' in message ? { tool_call_chunks: chunksOf(changed, broken) } : {}),
  })
}

type Raw = Readonly<{ id?: string | undefined; name: string; args: unknown }>

/** The pieces of a streamed message; whole calls need none, since only what cannot be read is kept as text. */
function chunksOf(calls: readonly Raw[], broken: readonly Raw[]) {
  if (broken.length === 0) return []
  return [...calls, ...broken].map(({ id, name, args }, index) => ({
    type: 'tool_call_chunk',
    ...{ id, name, index },
    args: typeof args === 'string' ? args : JSON.stringify(args),
  }))
}

/** The content of a message that carries its calls a second time, as blocks. */
function contentWith({ content }: BaseMessage, id: string | undefined, change: CallChange) {
  if (typeof content === 'string' || id === undefined) return content
  return content.flatMap((part) => {
    const block = part as Readonly<Record<string, unknown>>
    const isCall = block['type'] === 'tool_use' || block['type'] === 'tool_call'
    if (!isCall || block['id'] !== id) return [part]
    if ('broken' in change) return []
    const key = block['type'] === 'tool_use' ? 'input' : 'args'
    return [{ ...part, name: change.name, [key]: change.args }]
  })
}
