import { HumanMessage } from '@langchain/core/messages'
import { Annotation, START, StateGraph } from '@langchain/langgraph'
import { ChatOpenAI, OpenAIClient } from '@langchain/openai'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { copyMessage, withText } from '../../../core/messages.js'
import type { Policy } from '../../../engine/seams/context.js'
import { install } from '../../../engine/seams/install.js'
import { guard } from '../../setup.js'
import { echo, startProvider } from './provider.js'
import { installEverywhere, tried, watching, withSeams } from './trial.js'

let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  // msw keeps a client waiting that throws away the body of a refusal, with the seam and without.
  guard.close()
  provider = await startProvider()
})
afterAll(() => provider.close())
afterEach(() => {
  provider.seen.bodies.length = 0
  provider.seen.answer = echo
})

const Text = Annotation.Root({ text: Annotation<string> })
const inNode = async (policy: Policy, work: () => Promise<string>) => {
  const graph = new StateGraph(Text)
    .addNode('n', async () => ({ text: await work() }))
    .addEdge(START, 'n')
    .compile()
  const { trial, result } = await withSeams(() => tried(policy, () => graph.invoke({ text: '' })))
  return { trial, text: result.text }
}

const messages = [{ role: 'user' as const, content: 'hello' }]
const tool = { type: 'function' as const, function: { name: 'find', parameters: {} } }
const calling = { calls: [{ id: 'c0', name: 'find', args: '{"query":"Rome"}' }] }
const loud: Policy = {
  onModel: async (_, given, next) => {
    const reply = await next(given)
    return withText(reply, reply.text.toUpperCase())
  },
}
const broken: Policy = {
  onModel: async (_, given, next) =>
    copyMessage(await next(given), {
      tool_calls: [],
      invalid_tool_calls: [{ id: 'c0', name: 'find', args: '{"query": "Ro' }],
    }),
}

describe('the SDK of OpenAI', () => {
  const client = (maxRetries = 0) =>
    new OpenAIClient({ apiKey: 'none', baseURL: `${provider.url}/v1`, maxRetries })
  const whole = async () => {
    const { choices } = await client().chat.completions.create({ model: 'm', messages })
    return choices[0]?.message.content ?? ''
  }
  const streamed = async () => {
    let text = ''
    const stream = await client().chat.completions.create({ model: 'm', messages, stream: true })
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? ''
    return text
  }
  const argsWhole = async () => {
    const request = { model: 'm', messages, tools: [tool] }
    const { choices } = await client().chat.completions.create(request)
    const [call] = choices[0]?.message.tool_calls ?? []
    return call?.type === 'function' ? call.function.arguments : ''
  }
  const argsStreamed = async () => {
    const runner = client().chat.completions.stream({ model: 'm', messages, tools: [tool] })
    const [call] = (await runner.finalMessage()).tool_calls ?? []
    return call?.type === 'function' ? call.function.arguments : ''
  }

  test.each([
    { mode: 'whole', read: whole },
    { mode: 'streamed', read: streamed },
  ])('is seen and answered, $mode', async ({ read }) => {
    const { seen, policy } = watching()
    expect((await inNode(policy, read)).text).toBe('echo "hello"')
    expect(seen.calls).toEqual(['n#0.0'])
    expect((await inNode(loud, read)).text).toBe('ECHO "HELLO"')
  })

  test.each([
    { mode: 'whole', read: argsWhole },
    { mode: 'streamed', read: argsStreamed },
  ])('is given malformed arguments as they are, $mode', async ({ read }) => {
    provider.seen.answer = () => calling
    expect((await inNode(watching().policy, read)).text).toBe('{"query":"Rome"}')
    expect((await inNode(broken, read)).text).toBe('{"query": "Ro')
  })

  test('shows each of its retries', async () => {
    provider.seen.answer = (body) =>
      provider.seen.bodies.length < 3 ? { status: 503 } : echo(body)
    const { seen, policy } = watching()
    const read = async () => {
      const request = { model: 'm', messages }
      const { choices } = await client(2).chat.completions.create(request)
      return choices[0]?.message.content ?? ''
    }
    const { trial, text } = await inNode(policy, read)
    expect(text).toBe('echo "hello"')
    expect(seen.calls).toEqual(['n#0.0', 'n#0.1', 'n#0.2'])
    expect(trial.failure).toBeNull()
  })
})

describe('a model of LangChain that asks over the wire', () => {
  const model = () =>
    new ChatOpenAI({ model: 'm', apiKey: 'none', configuration: { baseURL: `${provider.url}/v1` } })
  const invoked = async () => (await model().invoke([new HumanMessage('hello')])).text
  const streamed = async () => {
    let text = ''
    for await (const chunk of await model().stream('hello')) text += chunk.text
    return text
  }

  test.each([
    { how: 'invoke', read: invoked },
    { how: 'stream', read: streamed },
  ])('is one call, changed once: $how', async ({ read }) => {
    const { seen, policy } = watching()
    expect((await inNode(policy, read)).text).toBe('echo "hello"')
    expect(seen.calls).toEqual(['n#0.0'])
    expect(provider.seen.bodies.length).toBe(1)
    expect((await inNode(loud, read)).text).toBe('ECHO "HELLO"')
  })

  test('does not find calls again that were taken from its reply', async () => {
    provider.seen.answer = () => calling
    const read = async () => {
      const first = await model().invoke('hello')
      await model().invoke([new HumanMessage('hello'), first])
      return JSON.stringify([first.tool_calls, first.additional_kwargs['tool_calls'] ?? []])
    }
    const { text } = await inNode(broken, read)
    expect(text).toBe('[[],[]]')
    expect(provider.seen.bodies[1]).not.toContain('Rome')
  })
})

describe('a mock of the user’s', () => {
  const url = 'https://api.example.com/v1/chat/completions'
  const answer = { choices: [{ message: { role: 'assistant', content: 'mocked' } }] }
  const asked = async () => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ messages }) })
    return ((await response.json()) as typeof answer).choices[0]?.message.content ?? ''
  }

  test('answers what the seam lets through, and works on afterwards', async () => {
    const server = setupServer(http.post(url, () => HttpResponse.json(answer)))
    server.listen()
    try {
      const { seen, policy } = watching()
      expect((await inNode(policy, asked)).text).toBe('mocked')
      expect(seen.calls).toEqual(['n#0.0'])
      expect((await inNode(loud, asked)).text).toBe('MOCKED')
      expect(await asked()).toBe('mocked')
    } finally {
      server.close()
    }
  })

  test('that is put over the seam stays when the seam is taken off', async () => {
    const before = globalThis.fetch
    const uninstall = await installEverywhere()
    const mock = async () => Response.json(answer)
    globalThis.fetch = mock
    try {
      uninstall()
      expect(globalThis.fetch).toBe(mock)
    } finally {
      globalThis.fetch = before
    }
  })
})

test('taken off, the seam leaves the fetch that was there', () => {
  const before = globalThis.fetch
  const uninstall = install({ nodes: [], chatModels: [], callers: [] })
  expect(globalThis.fetch).not.toBe(before)
  uninstall()
  expect(globalThis.fetch).toBe(before)
})
