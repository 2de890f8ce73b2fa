import { eventText, piecesOf } from './wire-events.js'
import { isJson, type Json, numberIn, objectsIn, textIn } from './wire-json.js'

/** The chat completion that these chunks are the stream of. Of several choices the first is taken. */
export function assembled(chunks: readonly Json[]): Json | null {
  const [first] = chunks
  const choices = chunks.flatMap((chunk) =>
    objectsIn(chunk['choices']).filter((choice) => numberIn(choice['index']) === 0),
  )
  if (!first || choices.length === 0) return null
  const deltas = choices.flatMap(({ delta }) => (isJson(delta) ? [delta] : []))
  const calls = callsIn(deltas)
  const usage = chunks.findLast((chunk) => isJson(chunk['usage']))?.['usage']
  const finish_reason = choices.findLast((choice) => choice['finish_reason'])?.['finish_reason']
  const texts = textsIn(deltas)
  const message = {
    ...texts,
    role: 'assistant',
    content: texts['content'] || (calls.length > 0 ? null : ''),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  }
  return {
    ...first,
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: finish_reason ?? null }],
    usage: usage ?? null,
  }
}

/** Whatever is said in pieces: the text, and the reasoning that some providers show. */
function textsIn(deltas: readonly Json[]): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const [name, piece] of deltas.flatMap((delta) => Object.entries(delta))) {
    if (typeof piece === 'string') texts[name] = `${texts[name] ?? ''}${piece}`
  }
  return texts
}

/** A call comes in parts: its id and name first, then its arguments piece by piece. */
function callsIn(deltas: readonly Json[]): readonly Json[] {
  const parts = deltas.flatMap((delta) => objectsIn(delta['tool_calls']))
  const indices = [...new Set(parts.map(({ index }) => numberIn(index)))].sort((a, b) => a - b)
  return indices.map((index) => {
    const own = parts.filter((part) => numberIn(part['index']) === index)
    const functions = own.flatMap((part) => (isJson(part['function']) ? [part['function']] : []))
    const joined = (field: string) => functions.map((part) => textIn(part[field])).join('')
    const id = textIn(own.find((part) => textIn(part['id']) !== '')?.['id'])
    return {
      id,
      type: 'function',
      function: { name: joined('name'), arguments: joined('arguments') },
    }
  })
}

/** A chat completion as the events of its stream. */
export function events(answer: Json, body: Json): readonly string[] {
  const { choices, usage, ...envelope } = answer
  const [choice] = objectsIn(choices)
  const message = isJson(choice?.['message']) ? choice['message'] : {}
  const { role: _, content, tool_calls, ...others } = message as Json
  const chunk = (delta: Json, finish_reason: unknown = null): Json => ({
    ...envelope,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  })
  const calls = objectsIn(tool_calls).flatMap((call, index) => callChunks(call, index))
  const options = body['stream_options']
  const wantsUsage = isJson(options) && options['include_usage'] === true
  const chunks = [
    chunk({ role: 'assistant', ...others, content: '' }),
    ...piecesOf(textIn(content)).map((piece) => chunk({ content: piece })),
    ...calls.map((tool_call) => chunk({ tool_calls: [tool_call] })),
    chunk({}, choice?.['finish_reason'] ?? null),
    ...(wantsUsage ? [{ ...chunk({}), choices: [], usage: usage ?? null }] : []),
  ]
  return [...chunks.map((data) => eventText(JSON.stringify(data))), eventText('[DONE]')]
}

function callChunks(call: Json, index: number): readonly Json[] {
  const called = isJson(call['function']) ? call['function'] : {}
  const start = { index, id: call['id'], type: 'function' }
  return [
    { ...start, function: { name: called['name'], arguments: '' } },
    ...piecesOf(textIn(called['arguments'])).map((piece) => ({
      index,
      function: { arguments: piece },
    })),
  ]
}
