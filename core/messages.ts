import type { BaseMessage } from '@langchain/core/messages'

/** A call of a tool, as a model's message carries it. */
export type ToolCall = Readonly<{
  id?: string
  name: string
  args: Readonly<Record<string, unknown>>
}>

/** A message in the form that traces keep: no ids, no times, no metadata. */
export type PlainMessage = Readonly<{
  role: string
  name?: string
  text: string
  toolCalls?: readonly ToolCall[]
  invalidToolCalls?: readonly Readonly<{ name: string; args: string }>[]
  toolCallId?: string
  status?: 'error'
}>

/** Whether a value is a LangChain message, of whatever copy of the package: recognised by shape, never by class. */
export function isMessage(value: unknown): value is BaseMessage {
  if (typeof value !== 'object' || value === null || !('content' in value)) return false
  const { getType, _getType } = value as { getType?: unknown; _getType?: unknown }
  return typeof getType === 'function' || typeof _getType === 'function'
}

/** The role of a message: `system`, `human`, `ai`, `tool`, … */
export function roleOf(message: BaseMessage): string {
  return message.getType?.() ?? message._getType()
}

/** All text of a message; parts that are not text are left out. */
export function textOf(message: BaseMessage): string {
  const { content } = message
  if (typeof content === 'string') return content
  return content
    .map((part) => ('text' in part && typeof part.text === 'string' ? part.text : ''))
    .join('')
}

/** The tool calls of a message; none if it is not a model's. */
export function toolCallsOf(message: BaseMessage): readonly ToolCall[] {
  const { tool_calls } = message as { tool_calls?: unknown }
  return Array.isArray(tool_calls) ? tool_calls : []
}

/**
 * A copy of a message with other fields, of the same class as the original, so that the user's LangChain knows it.
 *
 * LangChain keeps tool calls in up to four places. Where they are changed here, the other places follow: what is left in
 * one of them comes back in the next prompt.
 */
export function copyMessage<Message extends BaseMessage>(
  message: Message,
  changes: Readonly<Record<string, unknown>>,
): Message {
  const Same = message.constructor as new (fields: Record<string, unknown>) => Message
  // lc_kwargs holds the fields of the original a second time; a copy of a copy would grow without end.
  const { lc_kwargs: _, ...before } = message as unknown as Record<string, unknown>
  const fields: Record<string, unknown> = { ...before, ...changes }
  const { tool_calls = [], invalid_tool_calls = [] } = fields
  if ('tool_calls' in changes || 'invalid_tool_calls' in changes) {
    Object.assign(fields, withoutOldCalls(fields, tool_calls as readonly ToolCall[]))
  }
  const copy = new Same(fields)
  const pieces = fields['tool_call_chunks']
  // A chunk that has no pieces of calls drops those that cannot be read.
  const drops = Array.isArray(pieces) && pieces.length === 0
  return drops ? Object.assign(copy, { invalid_tool_calls }) : copy
}

function withoutOldCalls(fields: Readonly<Record<string, unknown>>, calls: readonly ToolCall[]) {
  const { tool_calls: _, ...additional_kwargs } = fields['additional_kwargs'] as object & {
    tool_calls?: unknown
  }
  const pieces = 'tool_call_chunks' in fields ? { tool_call_chunks: [] } : {}
  return { additional_kwargs, ...pieces, content: withCalls(fields['content'], calls) }
}

/** The content with the calls that it shows beside its text, as Anthropic's does; most show none. */
function withCalls(content: unknown, calls: readonly ToolCall[]): unknown {
  if (!Array.isArray(content) || !content.some(isCallBlock)) return content
  const blocks = calls.map(({ id, name, args }) => ({ type: 'tool_use', id, name, input: args }))
  const shown = [...content.filter((part) => !isCallBlock(part)), ...blocks]
  return shown.length > 0 ? shown : ''
}

const isCallBlock = ({ type }: Readonly<{ type?: unknown }>): boolean => type === 'tool_use'

/** A copy with another text. Parts that are not text stay; the new text takes the place of the first text part. */
export function withText<Message extends BaseMessage>(message: Message, text: string): Message {
  const { content } = message
  if (typeof content === 'string') return copyMessage(message, { content: text })
  const isText = (part: (typeof content)[number]) => 'text' in part && part.type === 'text'
  const first = content.findIndex(isText)
  const others = content.filter((part, at) => at === first || !isText(part))
  const replaced = others.map((part) => (isText(part) ? { ...part, text } : part))
  return copyMessage(message, {
    content: first < 0 ? [{ type: 'text', text }, ...others] : replaced,
  })
}

/** A message in the form that traces keep. */
export function plain(message: BaseMessage): PlainMessage {
  const { invalid_tool_calls, tool_call_id, status } = message as {
    invalid_tool_calls?: readonly { name?: string; args?: string }[]
    tool_call_id?: string
    status?: string
  }
  const calls = toolCallsOf(message)
  return {
    role: roleOf(message),
    ...(message.name ? { name: message.name } : {}),
    text: textOf(message),
    ...(calls.length > 0
      ? { toolCalls: calls.map(({ id, name, args }) => ({ ...(id ? { id } : {}), name, args })) }
      : {}),
    ...(invalid_tool_calls?.length
      ? { invalidToolCalls: invalid_tool_calls.map(({ name = '', args = '' }) => ({ name, args })) }
      : {}),
    ...(tool_call_id ? { toolCallId: tool_call_id } : {}),
    ...(status === 'error' ? { status } : {}),
  }
}

/** What a message says, in one text: its words and its tool calls. Used to see what a later step made use of. */
export function said({ text, toolCalls = [] }: PlainMessage): string {
  return [text, ...toolCalls.map(({ name, args }) => `${name}(${JSON.stringify(args)})`)]
    .filter(Boolean)
    .join('\n')
}
