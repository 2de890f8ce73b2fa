import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages'
import { roleOf, textOf } from '../../core/messages.js'
import { argsOf, callFields, inputOf, type WireCall, wireCalls } from './wire-calls.js'
import type { Told } from './wire-form.js'
import { isJson, type Json, objectsIn, textIn } from './wire-json.js'

/** The messages of a request to Anthropic. Results of tools, which are blocks of the user's message, are messages here. */
export function prompt({ system, messages }: Json): readonly Told[] | null {
  if (!Array.isArray(messages)) return null
  const instruction: readonly Told[] = hasContent(system)
    ? [{ message: new SystemMessage({ content: contentOf(system) }), from: { system } }]
    : []
  return [
    ...instruction,
    ...objectsIn(messages).flatMap((from) => read(from).map((message) => ({ message, from }))),
  ]
}

/** The request with other messages; instructions go where Anthropic wants them, neighbours of one role become one. */
export function request(body: Json, told: readonly Told[], messages: readonly BaseMessage[]): Json {
  const pieces = new Map(told.map(({ message, from }) => [message, from]))
  const isSystem = (message: BaseMessage) => roleOf(message) === 'system'
  const systems = messages.filter(isSystem)
  const turns = grouped(
    messages.filter((message) => !isSystem(message)),
    pieces,
  )
  const { system: before, ...rest } = body
  const [only] = systems
  const kept = systems.length === 1 && only && pieces.has(only)
  const system = kept ? before : joined(systems)
  return {
    ...rest,
    ...(systems.length > 0 ? { system } : {}),
    messages: turns.map((turn) => writtenTurn(turn, told, pieces)),
  }
}

const contentOf = (content: unknown): string => (content ?? '') as string

/** The tool calls among the blocks of a message. */
export const callsAmong = (blocks: readonly Json[]): readonly WireCall[] =>
  blocks.flatMap(({ type, id, name, input }) =>
    type === 'tool_use' ? [{ id: textIn(id), name: textIn(name), args: argsOf(input) }] : [],
  )

/** The blocks of tool calls. Whole messages cannot say arguments that are no JSON: there they are a text, not an object. */
export const callBlocks = (message: AIMessage): readonly Json[] =>
  wireCalls(message).map(({ id, name, args }) => ({
    type: 'tool_use',
    id,
    name,
    input: inputOf(args),
  }))

/** The blocks of a content; a text is one block, an empty one is none. */
export function blocksOf(content: unknown): readonly Json[] {
  if (typeof content !== 'string') return objectsIn(content)
  return content === '' ? [] : [{ type: 'text', text: content }]
}

const hasContent = (system: unknown): boolean =>
  typeof system === 'string' ? system !== '' : objectsIn(system).length > 0

function read({ role, content }: Json): readonly BaseMessage[] {
  if (role === 'assistant') return [readReply(content)]
  if (typeof content === 'string') return [new HumanMessage(content)]
  const messages: BaseMessage[] = []
  let others: Json[] = []
  const flush = () => {
    if (others.length > 0) messages.push(new HumanMessage({ content: others as [] }))
    others = []
  }
  for (const block of objectsIn(content)) {
    if (block['type'] !== 'tool_result') others.push(block)
    else {
      flush()
      messages.push(readResult(block))
    }
  }
  flush()
  return messages
}

function readReply(content: unknown): AIMessage {
  if (typeof content === 'string') return new AIMessage(content)
  const blocks = objectsIn(content)
  const others = blocks.filter(({ type }) => type !== 'tool_use')
  return new AIMessage({ content: others as [], ...callFields(callsAmong(blocks)) })
}

function readResult({ type: _, tool_use_id, content, is_error, ...others }: Json): ToolMessage {
  return new ToolMessage({
    content: contentOf(content),
    tool_call_id: textIn(tool_use_id),
    additional_kwargs: others,
    ...(is_error === true ? { status: 'error' as const } : {}),
  })
}

type Turn = Readonly<{ role: 'user' | 'assistant'; messages: readonly BaseMessage[] }>
type Pieces = ReadonlyMap<BaseMessage, Json>

/** Neighbours of one role are one turn, unless both are as they came and came apart. */
function grouped(messages: readonly BaseMessage[], pieces: Pieces): readonly Turn[] {
  const turns: Turn[] = []
  for (const message of messages) {
    const role = roleOf(message) === 'ai' ? 'assistant' : 'user'
    const last = turns.at(-1)
    const [before, own] = [pieces.get(last?.messages.at(-1) ?? message), pieces.get(message)]
    const apart = before !== undefined && own !== undefined && before !== own
    if (!last || last.role !== role || apart) turns.push({ role, messages: [message] })
    else turns[turns.length - 1] = { role, messages: [...last.messages, message] }
  }
  return turns
}

function writtenTurn({ role, messages }: Turn, told: readonly Told[], pieces: Pieces): Json {
  const [first] = messages
  const from = first && pieces.get(first)
  const all = told.filter((one) => one.from === from)
  const isSame =
    all.length === messages.length && all.every(({ message }, at) => message === messages[at])
  if (from && isSame) return from
  const plain = messages.length === 1 && roleOf(first as BaseMessage) === 'human'
  if (plain) return { role, content: first?.content }
  return { role, content: messages.flatMap(written) }
}

function written(message: BaseMessage): readonly Json[] {
  const role = roleOf(message)
  if (role === 'ai') return [...blocksOf(message.content), ...callBlocks(message as AIMessage)]
  if (role !== 'tool') return blocksOf(message.content)
  const { tool_call_id, status, additional_kwargs, content } = message as ToolMessage
  const failed = status === 'error' ? { is_error: true } : {}
  return [
    { type: 'tool_result', tool_use_id: tool_call_id, content, ...additional_kwargs, ...failed },
  ]
}

/** One instruction: blocks if one of them has blocks, else a text. */
function joined(systems: readonly BaseMessage[]): unknown {
  if (systems.every(({ content }) => typeof content === 'string')) {
    return systems.map(textOf).join('\n\n')
  }
  return systems.flatMap(({ content }) => blocksOf(content).filter(isJson))
}
