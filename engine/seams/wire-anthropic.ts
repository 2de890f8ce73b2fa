import { blocksOf, callBlocks, callsAmong, prompt, request } from './wire-anthropic-prompt.js'
import { assembled, events } from './wire-anthropic-stream.js'
import { replyOf } from './wire-calls.js'
import type { WireForm } from './wire-form.js'
import { isJson, type Json, numberIn, objectsIn, textIn } from './wire-json.js'

/** Messages, as Anthropic writes them. */
export const anthropic: WireForm = {
  path: '/v1/messages',
  prompt,
  request,
  reply(answer) {
    if (!Array.isArray(answer['content'])) return null
    const blocks = objectsIn(answer['content'])
    const others = blocks.filter(({ type }) => type !== 'tool_use')
    const isText = others.every(({ type }) => type === 'text')
    const text = others.map((block) => textIn(block['text'])).join('')
    // Thoughts keep their blocks, so that a change of the text does not lose them.
    const content = isText && others.length < 2 ? text : (others as [])
    const usage = isJson(answer['usage']) ? usageIn(answer['usage']) : null
    return replyOf(content, callsAmong(blocks), usage)
  },
  answer(message, answer, body) {
    const calls = callBlocks(message)
    const content = [...blocksOf(message.content), ...calls]
    const had = answer !== null && callsAmong(objectsIn(answer['content'])).length > 0
    const reason = had === calls.length > 0 ? answer?.['stop_reason'] : undefined
    const stop_reason = reason ?? (calls.length > 0 ? 'tool_use' : 'end_turn')
    return { ...(answer ?? envelope(body)), content, stop_reason }
  },
  assembled,
  events,
}

const envelope = ({ model }: Json): Json => ({
  id: 'msg_0',
  type: 'message',
  role: 'assistant',
  model,
  stop_sequence: null,
  usage: { input_tokens: 0, output_tokens: 0 },
})

function usageIn(usage: Json) {
  const [input_tokens, output_tokens] = [
    numberIn(usage['input_tokens']),
    numberIn(usage['output_tokens']),
  ]
  return { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens }
}
