import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages'
import { roleOf, textOf } from '../../core/messages.js'
import { callFields, replyOf, type WireCall, wireCalls } from './wire-calls.js'
import type { WireForm } from './wire-form.js'
import { isJson, type Json, numberIn, objectsIn, textIn } from './wire-json.js'
import { assembled, events } from './wire-openai-stream.js'

/** Chat completions, as OpenAI and everybody who is compatible with it writes them. */
export const openai: WireForm = {
  path: '/chat/completions',
  prompt: ({ messages }) =>
    Array.isArray(messages)
      ? objectsIn(messages).map((from) => ({ message: read(from), from }))
      : null,
  request(body, told, messages) {
    const pieces = new Map<BaseMessage, Json>(told.map(({ message, from }) => [message, from]))
    return { ...body, messages: messages.map((message) => pieces.get(message) ?? written(message)) }
  },
  reply(answer) {
    const message = choiceOf(answer)?.['message']
    if (!isJson(message)) return null
    const usage = isJson(answer['usage']) ? usageIn(answer['usage']) : null
    return replyOf(textIn(message['content']), callsIn(message), usage)
  },
  answer(message, answer, body) {
    const [first, ...others] = objectsIn(answer?.['choices'])
    const before = isJson(first?.['message']) ? first['message'] : { role: 'assistant' }
    const { tool_calls: _, ...rest } = before as Json
    const calls = wireCalls(message).map(callText)
    const text = textOf(message)
    const said = {
      ...rest,
      content: text === '' && calls.length > 0 ? null : text,
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    }
    const had = callsIn(before).length > 0
    const reason = had === calls.length > 0 ? first?.['finish_reason'] : undefined
    const finish_reason = reason ?? (calls.length > 0 ? 'tool_calls' : 'stop')
    const choice = { index: 0, logprobs: null, ...first, message: said, finish_reason }
    return { ...(answer ?? envelope(body)), choices: [choice, ...others] }
  },
  assembled,
  events,
}

const envelope = ({ model }: Json): Json => ({
  id: 'chatcmpl-0',
  object: 'chat.completion',
  created: 0,
  model,
  usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
})

const choiceOf = ({ choices }: Json): Json | undefined => objectsIn(choices)[0]

const callText = ({ id, name, args }: WireCall): Json => ({
  id,
  type: 'function',
  function: { name, arguments: args },
})

const callsIn = ({ tool_calls }: Json): readonly WireCall[] =>
  objectsIn(tool_calls).flatMap(({ id, function: called }) =>
    isJson(called)
      ? [{ id: textIn(id), name: textIn(called['name']), args: textIn(called['arguments']) }]
      : [],
  )

const usageIn = (usage: Json) => ({
  input_tokens: numberIn(usage['prompt_tokens']),
  output_tokens: numberIn(usage['completion_tokens']),
  total_tokens: numberIn(usage['total_tokens']),
})

/** Parts of a message go as they are: LangChain's and OpenAI's have the same form. What has no field of its own is kept. */
function read(raw: Json): BaseMessage {
  const { role, content, name, tool_calls, tool_call_id, ...others } = raw
  const fields = {
    content: (content ?? '') as string,
    ...(typeof name === 'string' ? { name } : {}),
  }
  const kept = (more: Json = {}) => ({ additional_kwargs: { ...others, ...more } })
  switch (role) {
    case 'system':
      return new SystemMessage({ ...fields, ...kept() })
    case 'assistant':
      return new AIMessage({ ...fields, ...callFields(callsIn(raw)), ...kept() })
    case 'tool':
      return new ToolMessage({ ...fields, tool_call_id: textIn(tool_call_id), ...kept() })
    case 'developer':
      return new SystemMessage({ ...fields, ...kept({ role }) })
    default:
      return new HumanMessage({ ...fields, ...kept(role === 'user' ? {} : { role }) })
  }
}

const roles: Readonly<Record<string, string>> = {
  system: 'system',
  ai: 'assistant',
  tool: 'tool',
}

function written(message: BaseMessage): Json {
  const { content, name, additional_kwargs } = message
  // LangChain keeps a second copy of the calls in here; the message's own are the true ones.
  const { tool_calls: _, ...kept } = additional_kwargs
  const role = roleOf(message)
  const raw = { role: roles[role] ?? 'user', content, ...(name ? { name } : {}), ...kept }
  if (role === 'tool') return { ...raw, tool_call_id: (message as ToolMessage).tool_call_id }
  if (role !== 'ai') return raw
  const calls = wireCalls(message as AIMessage).map(callText)
  if (calls.length === 0) return raw
  return { ...raw, content: content === '' ? null : content, tool_calls: calls }
}
