import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the provider says: a text and tool calls whose arguments are any text. */
export type Said = Readonly<{
  text?: string
  calls?: readonly Readonly<{ id: string; name: string; args: string }>[]
}>

type Body = Readonly<{
  stream?: boolean
  model?: string
  messages: readonly { content: unknown }[]
}>

/** In place of a reply: an error, or a stream that breaks off. */
type Answer = Said | Readonly<{ status: number }> | 'broken'

/** Says back what it was told last. */
export const echo = ({ messages }: Body): Said => ({
  text: `echo ${JSON.stringify(messages.at(-1)?.content)}`,
})

/** A server on this machine that speaks as OpenAI does and as Anthropic does, whole and streamed. */
export async function startProvider(answer: (body: Body, path: string) => Answer = echo) {
  const seen = { bodies: [] as string[], answer }
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += String(part)
    seen.bodies.push(text)
    const body = JSON.parse(text || '{}') as Body
    const said = seen.answer(body, request.url ?? '')
    if (said === 'broken') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"choices":[')
      setImmediate(() => response.destroy())
      return
    }
    if ('status' in said) {
      response.writeHead(said.status, { 'content-type': 'application/json', 'retry-after-ms': '1' })
      response.end('{"error":"busy"}')
      return
    }
    const speak = request.url?.endsWith('/v1/messages') ? anthropic : openai
    const [whole, events] = speak(said, body.model ?? 'none')
    const type = body.stream ? 'text/event-stream' : 'application/json'
    response.writeHead(200, { 'content-type': type, 'x-request-id': 'r-1' })
    for (const part of body.stream ? events : [JSON.stringify(whole, null, 2)]) response.write(part)
    response.end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

type Spoken = readonly [whole: object, events: readonly string[]]

function openai({ text = '', calls = [] }: Said, model: string): Spoken {
  const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }
  const tool_calls = calls.map(({ id, name, args }) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  }))
  const message = { role: 'assistant', content: text || null, refusal: null }
  const said = calls.length > 0 ? { ...message, tool_calls } : message
  const finish_reason = calls.length > 0 ? 'tool_calls' : 'stop'
  const envelope = { id: 'chatcmpl-7', created: 1, model, system_fingerprint: 'fp' }
  const chunk = (delta: object, finish: string | null = null) => ({
    ...envelope,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  const halves = (whole: string) => [whole.slice(0, 4), whole.slice(4)].filter(Boolean)
  const chunks = [
    chunk({ role: 'assistant', content: '' }),
    ...halves(text).map((content) => chunk({ content })),
    ...tool_calls.flatMap((call, index) => [
      chunk({ tool_calls: [{ index, ...call, function: { ...call.function, arguments: '' } }] }),
      ...halves(call.function.arguments).map((part) =>
        chunk({ tool_calls: [{ index, function: { arguments: part } }] }),
      ),
    ]),
    chunk({}, finish_reason),
    { ...chunk({}), choices: [], usage },
  ]
  return [
    {
      ...envelope,
      object: 'chat.completion',
      choices: [{ index: 0, message: said, finish_reason }],
      usage,
    },
    [...chunks.map((data) => `data: ${JSON.stringify(data)}\n\n`), 'data: [DONE]\n\n'],
  ]
}

function anthropic({ text = '', calls = [] }: Said, model: string): Spoken {
  const stop_reason = calls.length > 0 ? 'tool_use' : 'end_turn'
  const blocks = [
    ...(text ? [{ type: 'text', text }] : []),
    ...calls.map(({ id, name, args }) => ({ type: 'tool_use', id, name, input: JSON.parse(args) })),
  ]
  const usage = { input_tokens: 5, output_tokens: 7 }
  const envelope = { id: 'msg_7', type: 'message', role: 'assistant', model, stop_sequence: null }
  const events = [
    {
      type: 'message_start',
      message: {
        ...envelope,
        content: [],
        stop_reason: null,
        usage: { ...usage, output_tokens: 1 },
      },
    },
    { type: 'ping' },
    ...blocks.flatMap((block, index) => {
      const isText = 'text' in block
      const start = isText ? { ...block, text: '' } : { ...block, input: {} }
      const whole = isText ? block.text : JSON.stringify(block.input)
      const deltas = [whole.slice(0, 3), whole.slice(3)].map((piece) =>
        isText
          ? { type: 'text_delta', text: piece }
          : { type: 'input_json_delta', partial_json: piece },
      )
      return [
        { type: 'content_block_start', index, content_block: start },
        ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
        { type: 'content_block_stop', index },
      ]
    }),
    {
      type: 'message_delta',
      delta: { stop_reason, stop_sequence: null },
      usage: { output_tokens: 7 },
    },
    { type: 'message_stop' },
  ]
  return [
    { ...envelope, content: blocks, stop_reason, usage },
    events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
  ]
}
