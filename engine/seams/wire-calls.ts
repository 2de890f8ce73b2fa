import { AIMessage, type UsageMetadata } from '@langchain/core/messages'
import { toolCallsOf } from '../../core/messages.js'
import { isJson, type Json, parsedJson } from './wire-json.js'

/** A tool call as it is on the wire: its arguments are a text, which may be no JSON. */
export type WireCall = Readonly<{ id: string; name: string; args: string }>

/** Tool calls as a message carries them: those whose arguments can be read, and the others with their text as it came. */
export function callFields(calls: readonly WireCall[]) {
  const read = calls.map((call) => ({ ...call, parsed: parsedJson(call.args.trim() || '{}') }))
  return {
    tool_calls: read.flatMap(({ id, name, parsed }) =>
      parsed ? [{ id, name, args: { ...parsed }, type: 'tool_call' as const }] : [],
    ),
    invalid_tool_calls: read.flatMap(({ id, name, args, parsed }) =>
      parsed
        ? []
        : [{ id, name, args, error: 'Malformed args.', type: 'invalid_tool_call' as const }],
    ),
  }
}

/** The tool calls of a message as they go over the wire; arguments that cannot be read go as they are. */
export function wireCalls(message: AIMessage): readonly WireCall[] {
  const calls = [
    ...toolCallsOf(message).map(({ id, name, args }) => ({ id, name, args: JSON.stringify(args) })),
    ...(message.invalid_tool_calls ?? []).map(({ id, name = '', args = '' }) => ({
      id,
      name,
      args,
    })),
  ]
  return calls.map(({ id, name, args }, at) => ({ id: id ?? `call_${at}`, name, args }))
}

/** What `input` of an Anthropic block holds: an object, or the text of arguments that are none. */
export const inputOf = (args: string): Json | string => parsedJson(args.trim() || '{}') ?? args

/** The text of what `input` of an Anthropic block holds. */
export const argsOf = (input: unknown): string =>
  typeof input === 'string' ? input : JSON.stringify(isJson(input) ? input : {})

/** What a model said, with the tokens that the provider counted. */
export function replyOf(
  content: AIMessage['content'],
  calls: readonly WireCall[],
  usage: UsageMetadata | null,
): AIMessage {
  const message = new AIMessage({ content, ...callFields(calls) })
  return usage ? Object.assign(message, { usage_metadata: usage }) : message
}
