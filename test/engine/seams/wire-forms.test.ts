import type { AIMessage } from '@langchain/core/messages'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { copyMessage, withText } from '../../../core/messages.js'
import { anthropic } from '../../../engine/seams/wire-anthropic.js'
import { eventsIn } from '../../../engine/seams/wire-events.js'
import type { WireForm } from '../../../engine/seams/wire-form.js'
import type { Json } from '../../../engine/seams/wire-json.js'
import { openai } from '../../../engine/seams/wire-openai.js'

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 })
const args = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(text, fc.integer()))
const word = fc.stringMatching(/^[a-z_]{1,12}$/)

const openaiCall = fc
  .record({
    id: word,
    name: word,
    args: fc.oneof(
      args.map((one) => JSON.stringify(one)),
      text,
    ),
  })
  .map(({ id, name, args: said }) => ({
    id,
    type: 'function',
    function: { name, arguments: said },
  }))
/** Those that can be read come first: a message holds both kinds apart. */
const inOrder = (calls: readonly { function: { arguments: string } }[]) =>
  [...calls].sort((a, b) => Number(isBroken(a)) - Number(isBroken(b)))
const isBroken = ({ function: { arguments: said } }: { function: { arguments: string } }) =>
  eventsIn(`data: ${said.replaceAll(/\s/g, ' ')}`).length === 0
const openaiReply = fc
  .record({ content: fc.option(text), calls: fc.array(openaiCall, { maxLength: 3 }) })
  .map(({ content, calls }) => ({
    role: 'assistant',
    content: content ?? (calls.length > 0 ? null : ''),
    ...(calls.length > 0 ? { tool_calls: inOrder(calls) } : {}),
  }))
const openaiAnswer = openaiReply.map((message) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 3,
  model: 'm',
  choices: [
    {
      index: 0,
      message,
      logprobs: null,
      finish_reason: 'tool_calls' in message ? 'tool_calls' : 'length',
    },
  ],
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
}))
const openaiParts = fc.constant([
  { type: 'text', text: 'What is this?' },
  { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
])
const openaiMessage = fc.oneof(
  fc.record({ role: fc.constantFrom('system', 'developer', 'user'), content: text }),
  fc.record({ role: fc.constant('user'), content: openaiParts, name: word }),
  fc.record({ role: fc.constant('tool'), content: text, tool_call_id: word }),
  openaiReply,
)
const openaiBody = fc.record({
  model: word,
  temperature: fc.integer(),
  messages: fc.array(openaiMessage, { minLength: 1, maxLength: 6 }),
})

const textBlock = text.map((said) => ({ type: 'text', text: said }))
const useBlock = fc
  .record({ id: word, name: word, input: args })
  .map((block) => ({ type: 'tool_use', ...block }))
const resultBlock = fc.record({
  type: fc.constant('tool_result'),
  tool_use_id: word,
  content: fc.oneof(text, fc.array(textBlock, { minLength: 1, maxLength: 2 })),
})
const thought = fc.record({ type: fc.constant('thinking'), thinking: text, signature: word })
const anthropicAnswer = fc
  .record({
    thoughts: fc.array(thought, { maxLength: 1 }),
    texts: fc.array(textBlock, { maxLength: 2 }),
    calls: fc.array(useBlock, { maxLength: 3 }),
  })
  .map(({ thoughts, texts, calls }) => ({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    stop_sequence: null,
    usage: { input_tokens: 1, output_tokens: 2 },
    content: [...thoughts, ...texts, ...calls],
    stop_reason: calls.length > 0 ? 'tool_use' : 'max_tokens',
  }))
const pair = fc.record({
  user: fc.oneof(
    text,
    fc
      .tuple(fc.array(resultBlock, { minLength: 1, maxLength: 3 }), fc.array(textBlock))
      .map(([results, texts]) => [...results, ...texts]),
  ),
  assistant: fc
    .tuple(fc.array(textBlock, { minLength: 1, maxLength: 2 }), fc.array(useBlock))
    .map(([texts, uses]) => [...texts, ...uses]),
})
const anthropicBody = fc
  .record({
    system: fc.option(fc.oneof(text, fc.array(textBlock, { minLength: 1, maxLength: 2 }))),
    pairs: fc.array(pair, { minLength: 1, maxLength: 3 }),
  })
  .map(({ system, pairs }) => ({
    ...(system ? { system } : {}),
    model: 'm',
    messages: pairs.flatMap(({ user, assistant }) => [
      { role: 'user', content: user },
      { role: 'assistant', content: assistant },
    ]),
  }))

type Speaker = Readonly<{
  name: string
  form: WireForm
  bodies: fc.Arbitrary<Json>
  answers: fc.Arbitrary<Json>
}>
const speakers: readonly Speaker[] = [
  { name: 'OpenAI', form: openai, bodies: openaiBody, answers: openaiAnswer },
  { name: 'Anthropic', form: anthropic, bodies: anthropicBody, answers: anthropicAnswer },
]
const streamed = { stream: true, stream_options: { include_usage: true } }

describe.each(speakers)('what $name', ({ form, bodies, answers }) => {
  test('is asked is the same when every message is an equal copy', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const told = form.prompt(body) ?? []
        const copies = told.map(({ message }) => copyMessage(message, {}))
        expect(form.request(body, told, copies)).toEqual(body)
      }),
    )
  })

  test('is asked keeps each piece whose message is left alone', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), (body, at) => {
        const told = form.prompt(body) ?? []
        const changed = told[at % told.length]
        const messages = told.map(({ message }) =>
          message === changed?.message ? withText(message, 'changed') : message,
        )
        const sent = form.request(body, told, messages)['messages'] as readonly Json[]
        const before = body['messages'] as readonly Json[]
        expect(sent.length).toBe(before.length)
        for (const [index, piece] of before.entries()) {
          if (piece !== changed?.from) expect(sent[index]).toBe(piece)
          else expect(JSON.stringify(sent[index])).toContain('changed')
        }
      }),
    )
  })

  test('answers is the same when it is said anew', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const reply = form.reply(answer) as AIMessage
        expect(form.answer(copyMessage(reply, {}), answer, {})).toEqual(answer)
      }),
    )
  })

  test('answers comes back whole from its stream', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const events = form.events(answer, streamed).join('')
        const whole = form.assembled(eventsIn(events))
        expect({ ...whole, object: answer['object'] }).toEqual({
          ...answer,
          object: answer['object'],
        })
        expect(form.reply(whole ?? {})).toEqual(form.reply(answer))
      }),
    )
  })

  test('sends that is no prompt or no reply is not taken for one', () => {
    expect(form.prompt({ input: 'hello' })).toBeNull()
    expect(form.reply({ error: 'busy' })).toBeNull()
    expect(form.assembled([])).toBeNull()
  })
})

describe('a prompt for Anthropic', () => {
  const cached = { cache_control: { type: 'ephemeral' } }
  const body = {
    system: [{ type: 'text', text: 'Be brief.', ...cached }],
    messages: [
      { role: 'user', content: 'Where is Rome?' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'find', input: {} }] },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't1', content: 'In Italy.', ...cached },
          { type: 'text', text: 'And Oslo?' },
        ],
      },
    ],
  }
  const told = anthropic.prompt(body) ?? []
  const messages = told.map(({ message }) => message)

  test('shows results of tools as messages of their own', () => {
    expect(messages.map((message) => [message.getType(), message.text])).toEqual([
      ['system', 'Be brief.'],
      ['human', 'Where is Rome?'],
      ['ai', ''],
      ['tool', 'In Italy.'],
      ['human', 'And Oslo?'],
    ])
  })

  test('keeps results and words in one turn when one of them is changed', () => {
    const changed = messages.map((message, at) =>
      at === 3 ? withText(message, 'In Peru.') : message,
    )
    const sent = anthropic.request(body, told, changed)
    expect(sent['messages']).toEqual([
      ...body.messages.slice(0, 2),
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't1', content: 'In Peru.', ...cached },
          { type: 'text', text: 'And Oslo?' },
        ],
      },
    ])
    expect(sent['system']).toBe(body.system)
  })

  test('puts instructions where they belong, and none where there are none', () => {
    const [system, ...others] = messages
    const twice = system ? [system, ...others, withText(system, 'Be long.')] : []
    expect(anthropic.request(body, told, twice)['system']).toMatchObject([
      { text: 'Be brief.' },
      { text: 'Be long.' },
    ])
    expect('system' in anthropic.request(body, told, others)).toBe(false)
  })
})

test('a stream is read whatever ends its lines and whatever else it says', () => {
  const stream =
    ': comment\r\n\r\nevent: a\r\ndata: {"a":\r\ndata: 1}\r\n\r\ndata:{"b":2}\n\ndata: [DONE]\n\n'
  expect(eventsIn(stream)).toEqual([{ a: 1 }, { b: 2 }])
})
