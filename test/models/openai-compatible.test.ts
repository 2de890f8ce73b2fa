import { describe, expect, test } from 'vitest'
import type { Clock } from '../../core/clock.js'
import { openaiCompatible } from '../../models/openai-compatible.js'

const key = 'a-very-secret-key'
const prompt = [{ role: 'user', content: 'Change this.' }] as const

const completion = (content: unknown, more: object = {}) =>
  Response.json({
    ...{ model: 'scripted-1', choices: [{ message: { role: 'assistant', content } }] },
    ...{ usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 }, ...more },
  })
const refusal = (status: number, error: object = {}, headers: Record<string, string> = {}) =>
  Response.json({ error }, { status, headers })

type Sent = Readonly<{ url: string; init: RequestInit; body: Record<string, unknown> }>
type Reply = Response | Error | 'silence'

/** A client whose server gives one reply after the other, with what was sent and how long it waited. */
function clientOf(replies: readonly Reply[], more: Readonly<{ key?: string | null }> = {}) {
  const sent: Sent[] = []
  const waited: number[] = []
  // Pauses pass at once; the limit of a request rings only when the server keeps silent.
  const clock: Clock = {
    now: () => 0,
    after(milliseconds, ring) {
      if (milliseconds === 60_000) {
        limit = ring
      } else {
        waited.push(milliseconds)
        queueMicrotask(ring)
      }
      return () => undefined
    },
  }
  let limit = () => {}
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    sent.push({ url: String(url), init, body: JSON.parse(String(init.body)) })
    const reply = replies[sent.length - 1] ?? new Error('Nobody expected that.')
    if (reply === 'silence') {
      limit()
      throw init.signal?.reason
    }
    if (reply instanceof Error) throw reply
    return reply
  }
  const endpoint = { url: 'http://127.0.0.1/v1', model: 'gpt-5-mini', key, ...more }
  const client = openaiCompatible(endpoint, { fetch, clock, milliseconds: 60_000 })
  return { sent, waited, ask: () => client.ask(prompt, 1) }
}

describe('a request', () => {
  test('asks for a chat completion, cold and with a seed', async () => {
    const { ask, sent } = clientOf([completion('x')])
    expect(await ask()).toEqual({
      ...{ kind: 'text', text: 'x', answeredBy: 'scripted-1', calls: 1, tokens: 10 },
    })
    expect(sent).toMatchObject([
      {
        url: 'http://127.0.0.1/v1/chat/completions',
        init: { method: 'POST', redirect: 'error', headers: { authorization: `Bearer ${key}` } },
        body: { model: 'gpt-5-mini', messages: prompt, temperature: 0, seed: 1 },
      },
    ])
  })

  test('shows no key to a server that wants none', async () => {
    const { ask, sent } = clientOf([completion('x')], { key: null })
    await ask()
    expect(sent[0]?.init.headers).not.toHaveProperty('authorization')
  })

  test('leaves out what the model refuses, then and from now on', async () => {
    const message = "Unsupported value: 'temperature' does not support 0 with this model."
    const { ask, sent } = clientOf([
      refusal(400, { message, param: 'temperature' }),
      completion('x'),
      completion('y'),
    ])
    expect(await ask()).toMatchObject({ text: 'x', calls: 2 })
    expect(await ask()).toMatchObject({ text: 'y', calls: 1 })
    expect(sent.map(({ body }) => 'temperature' in body)).toEqual([true, false, false])
    expect(sent.every(({ body }) => body['seed'] === 1)).toBe(true)
  })
})

describe('a failure of the infrastructure', () => {
  test.each<readonly [string, Reply]>([
    ['HTTP 500', refusal(500)],
    ['HTTP 503', refusal(503)],
    ['HTTP 429', refusal(429)],
    ['no network', new TypeError('fetch failed')],
    ['silence', 'silence'],
  ])('is tried again: %s', async (_, reply) => {
    const { ask, waited } = clientOf([reply, completion('x')])
    expect(await ask()).toMatchObject({ kind: 'text', text: 'x', calls: 2 })
    expect(waited).toEqual([500])
  })

  test('is tried three times and no more', async () => {
    const { ask, sent } = clientOf(Array.from({ length: 9 }, () => refusal(502)))
    expect(await ask()).toEqual({
      ...{ kind: 'failed', failure: 'http', because: 'HTTP 502', calls: 3, tokens: 0 },
    })
    expect(sent).toHaveLength(3)
  })

  test('says when nobody answered in time, or at all', async () => {
    const silent = clientOf(['silence', 'silence', 'silence'])
    expect(await silent.ask()).toMatchObject({
      ...{ failure: 'timeout', because: 'no answer within 60 s' },
    })
    const gone = new Error(`connect ECONNREFUSED ${key}`)
    const away = clientOf([gone, gone, gone])
    expect(await away.ask()).toMatchObject({
      ...{ failure: 'unreachable', because: 'the server cannot be reached' },
    })
  })

  test('waits as long as the server asks for, within bounds', async () => {
    const asked = clientOf([refusal(429, {}, { 'retry-after': '3' }), completion('x')])
    await asked.ask()
    expect(asked.waited).toEqual([3000])
    const greedy = clientOf([refusal(429, {}, { 'retry-after': '86400' }), completion('x')])
    await greedy.ask()
    expect(greedy.waited).toEqual([20_000])
  })
})

describe('what is no such failure is not tried again', () => {
  test.each<readonly [string, () => Response, string]>([
    ['a wrong key', () => refusal(401, { message: `Incorrect API key: ${key}` }), 'HTTP 401'],
    ['a wrong model', () => refusal(404, { message: 'No such model.' }), 'HTTP 404'],
    ['a bad request', () => refusal(400, { message: 'Bad.' }), 'HTTP 400'],
    ['a page', () => new Response('<html>'), 'did not answer with a chat completion'],
    ['no choice', () => Response.json({ choices: [] }), 'did not answer with a chat completion'],
    ['no text', () => completion(null), 'did not answer with a chat completion'],
    ['an endless answer', () => new Response('x'.repeat(5_000_000)), 'a chat completion'],
  ])('%s', async (_, reply, because) => {
    const { ask, sent } = clientOf([reply(), completion('x')])
    const said = await ask()
    expect(said).toMatchObject({ kind: 'failed', because: expect.stringContaining(because) })
    expect(JSON.stringify(said)).not.toContain(key)
    expect(sent).toHaveLength(1)
  })
})

test('a server that repeats the key gets it into nothing', async () => {
  const { ask } = clientOf([completion(`Your key is ${key}.`, { model: key })])
  expect(await ask()).toMatchObject({ text: 'Your key is [secret].', answeredBy: '[secret]' })
})

test('tokens are counted from their parts, and not known when nobody counted', async () => {
  const parts = { usage: { prompt_tokens: 7, completion_tokens: 4 } }
  expect(await clientOf([completion('x', parts)]).ask()).toMatchObject({ tokens: 11 })
  expect(await clientOf([completion('x', { usage: null })]).ask()).toMatchObject({ tokens: null })
})
