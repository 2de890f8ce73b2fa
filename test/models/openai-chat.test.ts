import { describe, expect, test } from 'vitest'
import { plannedChat, readyChat } from '../../models/openai-chat.js'
import { settingsFetch } from '../../models/settings-fetch.js'

const planned = plannedChat({ id: 'openai:some', hash: 'h' })
const endpoint = { url: 'http://127.0.0.1:1/v1', model: 'some', key: null }
const caller = { seed: 1, caller: () => ({ agent: 'a', call: 'c' }) }

describe('a real model', () => {
  test('that is only planned can be named and not be asked', () => {
    expect(planned).toMatchObject({ id: 'openai:some', kind: 'provider', hash: 'h' })
    expect(() => planned.create(caller)).toThrow('not ready')
  })

  test('says what to install when its client is missing', async () => {
    const load = () => Promise.reject(new Error('Cannot find package'))
    await expect(readyChat(planned, endpoint, { fetch, load })).rejects.toMatchObject({
      code: 'unsupported',
      message: 'openai:some needs the package @langchain/openai.',
      hint: 'Install it beside Firedrill: npm install --save-dev @langchain/openai.',
    })
  })

  test('that nobody answers for is an outage, and a bug of the system is none', async () => {
    const refusing = () => Promise.reject(new TypeError('fetch failed'))
    const ready = await readyChat(planned, endpoint, { fetch: refusing })
    const error = await ready
      .create(caller)
      .invoke('Hello.')
      .catch((thrown: unknown) => thrown)
    expect(ready.outage?.(error)).toBe("the model's server cannot be reached")
    for (const other of [new Error('x'), new TypeError('y'), { status: 400 }, null, 'text']) {
      expect(ready.outage?.(other)).toBeNull()
    }
  })
})

describe('a request', () => {
  const body = (more: object) => ({ method: 'POST', body: JSON.stringify({ model: 'm', ...more }) })
  const server = (refuses: (sent: Record<string, unknown>) => string | null) => {
    const sent: Record<string, unknown>[] = []
    const fetch = async (_: unknown, init?: RequestInit) => {
      const got = JSON.parse(String(init?.body))
      sent.push(got)
      const message = refuses(got)
      return message === null
        ? new Response('{}')
        : new Response(JSON.stringify({ error: { message } }), { status: 400 })
    }
    return { sent, fetch: settingsFetch(fetch as typeof globalThis.fetch, ['temperature']) }
  }

  test('is sent again without what the model refuses, and from then on without it at once', async () => {
    const { sent, fetch } = server((got) => ('temperature' in got ? 'No temperature here.' : null))
    expect((await fetch('u', body({ temperature: 0 }))).ok).toBe(true)
    expect((await fetch('u', body({ temperature: 0 }))).ok).toBe(true)
    expect(sent).toEqual([{ model: 'm', temperature: 0 }, { model: 'm' }, { model: 'm' }])
  })

  test('is sent once when the refusal is about something else, and its words are left to read', async () => {
    const { sent, fetch } = server(() => 'The model is not there.')
    const response = await fetch('u', body({ temperature: 0 }))
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('not there')
    expect(sent).toHaveLength(1)
  })

  test('is not sent for ever', async () => {
    const { sent, fetch } = server(() => 'Mind the temperature.')
    expect((await fetch('u', body({ temperature: 0 }))).status).toBe(400)
    expect(sent).toHaveLength(2)
  })
})
