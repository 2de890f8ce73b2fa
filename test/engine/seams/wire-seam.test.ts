import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import { Annotation, Send, START, StateGraph } from '@langchain/langgraph'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { copyMessage, roleOf, withText } from '../../../core/messages.js'
import { inTrial, openTrial, type Policy } from '../../../engine/seams/context.js'
import { tokensOf } from '../../../engine/tokens.js'
import { echo, startProvider } from './provider.js'
import { installEverywhere, tried, watching } from './trial.js'
import { heardFromAnthropic, heardFromOpenai } from './wire-reader.js'

let uninstall = () => {}
let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  uninstall = await installEverywhere()
  provider = await startProvider()
})
afterAll(async () => {
  uninstall()
  await provider.close()
})
afterEach(() => {
  provider.seen.bodies.length = 0
  provider.seen.answer = echo
})

const Text = Annotation.Root({ text: Annotation<string> })

/** A graph with one node that does something. */
const doing = (work: () => Promise<string>) =>
  new StateGraph(Text)
    .addNode('n', async () => ({ text: await work() }))
    .addEdge(START, 'n')
    .compile()

const inNode = async (policy: Policy, work: () => Promise<string>) => {
  const { trial, result } = await tried(policy, () => doing(work).invoke({ text: '' }))
  return { trial, text: result.text }
}

const tools = [{ type: 'function', function: { name: 'find', parameters: { type: 'object' } } }]
const turns = [
  { role: 'user', content: 'Where is Rome?' },
  { role: 'assistant', content: 'In Italy.' },
  { role: 'user', content: 'And Oslo?' },
]
const speakers = [
  {
    provider: 'OpenAI',
    path: '/v1/chat/completions',
    body: { model: 'm', messages: [{ role: 'system', content: 'Be brief.' }, ...turns], tools },
    heard: heardFromOpenai,
    stops: { text: 'stop', calls: 'tool_calls' },
  },
  {
    provider: 'Anthropic',
    path: '/v1/messages',
    body: {
      model: 'm',
      max_tokens: 9,
      system: 'Be brief.',
      messages: turns,
      tools: [{ name: 'find' }],
    },
    heard: heardFromAnthropic,
    stops: { text: 'end_turn', calls: 'tool_use' },
  },
]
const cases = speakers.flatMap((speaker) => [
  { ...speaker, mode: 'whole', body: { ...speaker.body, stream: false } },
  { ...speaker, mode: 'streamed', body: { ...speaker.body, stream: true } },
])

type Case = (typeof cases)[number]

const post = (path: string, body: object) =>
  fetch(`${provider.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer secret' },
    body: JSON.stringify(body),
  })

const replying = (change: (reply: AIMessage) => AIMessage): Policy => ({
  onModel: async (_, messages, next) => change(await next(messages)),
})
const malformed = '{"query": "Os'
const planted = { id: 'c1', name: 'find', args: { query: 'Oslo' }, type: 'tool_call' as const }
const calling = { text: 'I look.', calls: [{ id: 'c0', name: 'find', args: '{"query":"Rome"}' }] }

describe.each(cases)('a call of $provider, $mode', ({ path, body, heard, stops }) => {
  const ask = async () => (await post(path, body)).text()

  test('shows its messages, its tools and its reply', async () => {
    provider.seen.answer = () => calling
    const seen: unknown[] = []
    const policy: Policy = {
      onModel: async (call, messages, next) => {
        const reply = await next(messages)
        seen.push(
          call.key,
          call.tools,
          messages.map((message) => [roleOf(message), message.text]),
        )
        seen.push(reply.text, reply.tool_calls, tokensOf([], reply))
        return reply
      },
    }
    await inNode(policy, ask)
    expect(seen).toEqual([
      'n#0.0',
      body.tools,
      [
        ['system', 'Be brief.'],
        ['human', 'Where is Rome?'],
        ['ai', 'In Italy.'],
        ['human', 'And Oslo?'],
      ],
      'I look.',
      [{ id: 'c0', name: 'find', args: { query: 'Rome' }, type: 'tool_call' }],
      12,
    ])
  })

  test('that nobody changes is the same in every byte, there and back', async () => {
    provider.seen.answer = () => calling
    const chunksOf = async () => {
      const response = await post(path, body)
      const chunks: string[] = []
      for await (const chunk of response.body ?? []) chunks.push(Buffer.from(chunk).toString())
      return JSON.stringify([response.status, response.url, [...response.headers], chunks.join('')])
    }
    const withoutDate = (text: string) => text.replace(/\["date","[^"]*"\]/, '')
    const bare = await chunksOf()
    const { text } = await inNode(watching().policy, chunksOf)
    expect(withoutDate(text)).toBe(withoutDate(bare))
    expect(provider.seen.bodies).toEqual([JSON.stringify(body), JSON.stringify(body)])
  })

  test('with a changed prompt asks the provider for that, and leaves the rest of it alone', async () => {
    const policy: Policy = {
      onModel: (_, messages, next) =>
        next(messages.map((message, at) => (at === 3 ? withText(message, 'And Bonn?') : message))),
    }
    const { text } = await inNode(policy, ask)
    const [first, second] = turns
    const others = body.messages.filter(({ role }) => role === 'system')
    const sent = [...others, first, second, { role: 'user', content: 'And Bonn?' }]
    expect(JSON.parse(provider.seen.bodies[0] ?? '')).toEqual({ ...body, messages: sent })
    expect(heard(text).text).toBe('echo "And Bonn?"')
  })

  test('gives the node another text', async () => {
    const { text } = await inNode(
      replying((reply) => withText(reply, 'In Norway, since long ago.')),
      ask,
    )
    expect(heard(text)).toEqual({ text: 'In Norway, since long ago.', calls: [], stop: stops.text })
  })

  test('gives the node calls where there were none, and says so', async () => {
    const { text } = await inNode(
      replying((reply) => copyMessage(reply, { content: '', tool_calls: [planted] })),
      ask,
    )
    const calls = [{ name: 'find', args: '{"query":"Oslo"}' }]
    expect(heard(text)).toEqual({ text: '', calls, stop: stops.calls })
  })

  test('takes calls away, and says so', async () => {
    provider.seen.answer = () => calling
    const { text } = await inNode(
      replying((reply) => copyMessage(reply, { tool_calls: [] })),
      ask,
    )
    expect(heard(text)).toEqual({ text: 'I look.', calls: [], stop: stops.text })
  })

  test('gives the node malformed arguments as they are', async () => {
    provider.seen.answer = () => calling
    const broken = { id: 'c0', name: 'find', args: malformed }
    const change = (reply: AIMessage) =>
      copyMessage(reply, { tool_calls: [], invalid_tool_calls: [broken] })
    const { text } = await inNode(replying(change), ask)
    const calls = [{ name: 'find', args: malformed }]
    expect(heard(text)).toEqual({ text: 'I look.', calls, stop: stops.calls })
  })

  test('can be answered without asking the provider', async () => {
    const policy: Policy = { onModel: async () => new AIMessage('from memory') }
    const { text } = await inNode(policy, ask)
    expect(heard(text)).toEqual({ text: 'from memory', calls: [], stop: stops.text })
    expect(provider.seen.bodies).toEqual([])
  })

  test('that the provider refuses is the system’s error, as it came', async () => {
    provider.seen.answer = () => ({ status: 503 })
    const answered = async () => {
      const response = await post(path, body)
      return `${response.status} ${await response.text()}`
    }
    const { seen, policy } = watching()
    const { trial, text } = await inNode(policy, answered)
    expect(text).toBe('503 {"error":"busy"}')
    expect(seen.calls).toEqual(['n#0.0'])
    expect(trial.failure).toBeNull()
  })

  test('that breaks off breaks off for its reader', async () => {
    provider.seen.answer = () => 'broken'
    const trial = openTrial(watching().policy)
    await expect(inTrial(trial, () => doing(ask).invoke({ text: '' }))).rejects.toThrow(
      'terminated',
    )
    expect(trial.failure).toBeNull()
  })

  test('whose policy fails is a failure of the testbed', async () => {
    const trial = openTrial(
      replying(() => {
        throw new Error('a bug of ours')
      }),
    )
    await expect(inTrial(trial, () => doing(ask).invoke({ text: '' }))).rejects.toThrow(
      'a bug of ours',
    )
    expect(trial.failure).toBe('a bug of ours')
  })
})

test('50 trials at once: every call has the name of its caller', async () => {
  const State = Annotation.Root({ trial: Annotation<string> })
  const ask =
    (name: string, { path, body }: Case) =>
    async ({ trial }: { trial: string }) => {
      await post(path, { ...body, messages: [{ role: 'user', content: `${trial} ${name}` }] })
      return {}
    }
  const [whole, streamed, another] = cases as [Case, Case, Case]
  const graph = new StateGraph(State)
    .addNode('plan', ask('plan', whole))
    .addNode('work', ask('work', another))
    .addNode('join', ask('join', streamed))
    .addEdge(START, 'plan')
    .addConditionalEdges(
      'plan',
      ({ trial }) => Array.from({ length: 3 }, () => new Send('work', { trial })),
      ['work'],
    )
    .addEdge('work', 'join')
    .compile()
  const wrong: string[] = []
  const all = Array.from({ length: 50 }, async (_, at) => {
    const keys: string[] = []
    const trial = openTrial({
      onModel: async (call, messages, next) => {
        keys.push(call.key)
        const reply = await next(messages)
        if (!reply.text.includes(`"t${at} `)) wrong.push(`t${at}: ${reply.text}`)
        return reply
      },
    })
    await inTrial(trial, () => graph.invoke({ trial: `t${at}` }))
    expect(keys.sort()).toEqual(['join#0.0', 'plan#0.0', 'work#0.0', 'work#1.0', 'work#2.0'])
  })
  await Promise.all(all)
  expect(wrong).toEqual([])
  expect(provider.seen.bodies.length).toBe(250)
})

describe('left alone is', () => {
  const { path, body } = speakers[0] as (typeof speakers)[number]
  const silent: Policy = {
    onModel: async () => {
      throw new Error('this is no model call')
    },
  }
  const answered = async (work: () => Promise<Response>) =>
    heardFromOpenai(await (await work()).text()).text

  test('a call outside every trial', async () => {
    expect(await answered(() => post(path, body))).toBe('echo "And Oslo?"')
  })

  test('a request to something else', async () => {
    const other = () => answered(() => post('/v1/embeddings', body))
    expect((await inNode(silent, other)).text).toBe('echo "And Oslo?"')
  })

  test('a request of that path that is no prompt', async () => {
    const other = async () => String((await fetch(`${provider.url}${path}?list=1`)).status)
    provider.seen.answer = () => ({ status: 405 })
    expect((await inNode(silent, other)).text).toBe('405')
  })

  test('a call after its trial has ended, which is counted', async () => {
    const trial = openTrial(silent)
    trial.closed = true
    expect(await inTrial(trial, () => answered(() => post(path, body)))).toBe('echo "And Oslo?"')
    expect(trial.late).toBe(1)
  })
})

test('a request that is aborted is aborted for the provider as well', async () => {
  const { path, body } = speakers[0] as (typeof speakers)[number]
  const controller = new AbortController()
  const policy: Policy = {
    onModel: (_, messages, next) => {
      controller.abort(new Error('no longer wanted'))
      return next(messages.map((message) => withText(message, 'changed')))
    },
  }
  const ask = async () =>
    (
      await fetch(`${provider.url}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        signal: controller.signal,
      })
    ).text()
  const trial = openTrial(policy)
  await expect(inTrial(trial, () => doing(ask).invoke({ text: '' }))).rejects.toThrow(
    'no longer wanted',
  )
  expect(trial.failure).toBeNull()
  expect(provider.seen.bodies).toEqual([])
})

test('a Request with a length of its own is sent with the changed body whole', async () => {
  const { path, body } = speakers[0] as (typeof speakers)[number]
  const text = JSON.stringify(body)
  const ask = async () => {
    const headers = { 'content-length': String(text.length) }
    const request = new Request(`${provider.url}${path}`, { method: 'POST', headers, body: text })
    return (await fetch(request)).text()
  }
  const longer = (messages: readonly BaseMessage[]) =>
    messages.map((message) => withText(message, 'a text that is longer than the one before'))
  const policy: Policy = { onModel: (_, messages, next) => next(longer(messages)) }
  const { text: reply } = await inNode(policy, ask)
  expect(heardFromOpenai(reply).text).toBe('echo "a text that is longer than the one before"')
})
