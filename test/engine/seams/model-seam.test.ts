import { AIMessage, type AIMessageChunk, HumanMessage } from '@langchain/core/messages'
import { Annotation, START, StateGraph } from '@langchain/langgraph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyMessage } from '../../../core/messages.js'
import { inTrial, openTrial, type Policy } from '../../../engine/seams/context.js'
import { EchoModel, StreamingEchoModel } from '../../contracts/graph-kinds/echo-model.js'
import { kinds } from '../../contracts/graph-kinds/kinds.js'
import { installEverywhere, tried, watching } from './trial.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await installEverywhere()
})
afterAll(() => uninstall())

const Text = Annotation.Root({ text: Annotation<string> })

/** A graph with one node that reads a model in some way. */
const reading = (read: () => Promise<string>) =>
  new StateGraph(Text)
    .addNode('n', async () => ({ text: await read() }))
    .addEdge(START, 'n')
    .compile()

const loud: Policy = {
  onModel: async (_, messages, next) => {
    const reply = await next(messages)
    return copyMessage(reply, { content: reply.text.toUpperCase() })
  },
}

const invoked = (model: EchoModel) => async () => (await model.invoke('hi there')).text
const batched = (model: EchoModel) => async () => {
  const replies = await model.batch(['hi', 'there'])
  return replies.map(({ text }) => text).join(' | ')
}
const generated = (model: EchoModel) => async () => {
  const prompts = ['hi', 'there'].map((text) => [new HumanMessage(text)])
  const { generations } = await model.generate(prompts)
  return generations.map(([generation]) => generation?.text).join(' | ')
}
const streamed = (model: EchoModel) => async () => {
  let text = ''
  for await (const chunk of await model.stream('hi there')) text += chunk.text
  return text
}
const events = (model: EchoModel) => async () => String(await model.streamEvents('hi there').text)
describe.each([
  { name: 'invoke', read: invoked, says: 'echo hi there', calls: 1, natively: false },
  { name: 'batch', read: batched, says: 'echo hi | echo there', calls: 2, natively: false },
  { name: 'generate', read: generated, says: 'echo hi | echo there', calls: 2, natively: false },
  { name: 'stream', read: streamed, says: 'echo hi there', calls: 1, natively: false },
  { name: 'streamEvents', read: events, says: 'echo hi there', calls: 1, natively: true },
])('$name', ({ read, says, calls, natively }) => {
  const models = [
    { model: 'a model that streams', make: () => new StreamingEchoModel() },
    // Without a trial LangChain itself refuses this one way of reading a model that does not stream.
    ...(natively ? [] : [{ model: 'a model that does not', make: () => new EchoModel() }]),
  ]

  test.each(models)('of $model is seen once per call and not changed', async ({ make }) => {
    const bare = await reading(read(make())).invoke({ text: '' })
    const model = make()
    const { seen, policy } = watching()
    const { result } = await tried(policy, () => reading(read(model)).invoke({ text: '' }))
    expect(bare.text).toBe(says)
    expect(result.text).toBe(says)
    expect(seen.calls).toEqual(Array.from({ length: calls }, (_, call) => `n#0.${call}`))
    expect(model.requests).toBe(calls)
  })

  test.each(models)('of $model gives the changed reply', async ({ make }) => {
    const { result } = await tried(loud, () => reading(read(make())).invoke({ text: '' }))
    expect(result.text).toBe(says.toUpperCase())
  })
})

describe('streamEvents v2, which listens to the callbacks of the model', () => {
  const heard = (event: string, part: 'chunk' | 'output') => async () => {
    const texts: string[] = []
    const model = new StreamingEchoModel()
    for await (const { event: name, data } of model.streamEvents('hi there', { version: 'v2' })) {
      if (name === event) texts.push(data[part].text)
    }
    return texts.join('')
  }
  const tokens = heard('on_chat_model_stream', 'chunk')
  const end = heard('on_chat_model_end', 'output')
  const inNode = async (policy: Policy, read: () => Promise<string>) =>
    (await tried(policy, () => reading(read).invoke({ text: '' }))).result.text

  test('is seen once, and its end is not changed', async () => {
    const { seen, policy } = watching()
    expect(await inNode(policy, end)).toBe('echo hi there')
    expect(seen.calls).toEqual(['n#0.0'])
  })

  test('keeps its tokens', async () => {
    expect(await inNode(watching().policy, tokens)).toBe('echo hi there')
  })
  test('ends with the changed reply', async () => {
    expect(await inNode(loud, end)).toBe('ECHO HI THERE')
  })
})

test('a changed reply keeps its tool calls through a native stream', async () => {
  const said = new AIMessage({
    content: 'I look that up.',
    tool_calls: [{ id: 'planted', name: 'find', args: { query: 'Paris', limit: 3 } }],
  })
  const usage_metadata = { input_tokens: 1, output_tokens: 2, total_tokens: 3 }
  const planted = copyMessage(said, { usage_metadata })
  const read = async () => {
    const stream = await new StreamingEchoModel().stream('hi')
    let whole: AIMessageChunk | undefined
    for await (const chunk of stream) whole = whole ? whole.concat(chunk) : chunk
    return JSON.stringify([whole?.tool_calls, whole?.usage_metadata])
  }
  const { result } = await tried({ onModel: async () => planted }, () =>
    reading(read).invoke({ text: '' }),
  )
  expect(JSON.parse(result.text)).toMatchObject([
    [{ id: 'planted', name: 'find', args: { query: 'Paris', limit: 3 } }],
    { total_tokens: 3 },
  ])
})

describe('malformed arguments that a policy says', () => {
  const cut = '{"query": "Par'
  const hopeless = 'query = Paris'
  const saying = (args: string): Policy => ({
    onModel: async (_, messages, next) =>
      copyMessage(await next(messages), {
        tool_calls: [],
        invalid_tool_calls: [{ id: 'planted', name: 'find', args }],
      }),
  })
  const found = [{ name: 'find' }]
  const calls = ({ tool_calls, invalid_tool_calls = [] }: AIMessage) =>
    JSON.stringify([tool_calls, invalid_tool_calls.map(({ name, args }) => ({ name, args }))])
  const heard = async (args: string, read: () => Promise<string>) => {
    const { result } = await tried(saying(args), () => reading(read).invoke({ text: '' }))
    return JSON.parse(result.text)
  }
  const chunksOf = (model: EchoModel) => async () => {
    const pieces: unknown[] = []
    for await (const { tool_call_chunks = [] } of await model.bindTools(found).stream('hi')) {
      pieces.push(...tool_call_chunks.map(({ name, args }) => ({ name, args })))
    }
    return JSON.stringify(pieces)
  }
  const wholeOf = (model: EchoModel) => async () => {
    let whole: AIMessageChunk | undefined
    for await (const chunk of await model.bindTools(found).stream('hi')) {
      whole = whole ? whole.concat(chunk) : chunk
    }
    return calls(whole as unknown as AIMessage)
  }

  test.each([
    { model: 'a model that does not stream', make: () => new EchoModel() },
    { model: 'a model that streams', make: () => new StreamingEchoModel() },
  ])('are in the reply of $model as they are, and no other call is', async ({ make }) => {
    const read = async () => calls(await make().bindTools(found).invoke('hi'))
    expect(await heard(cut, read)).toEqual([[], [{ name: 'find', args: cut }]])
  })

  test('are in the reply that is put together because somebody watches the stream', async () => {
    const graph = reading(async () =>
      calls(await new StreamingEchoModel().bindTools(found).invoke('hi')),
    )
    const { result } = await tried(saying(cut), async () => {
      const texts: string[] = []
      for await (const [mode, data] of await graph.stream(
        { text: '' },
        { streamMode: ['messages', 'values'] },
      )) {
        if (mode === 'values') texts.push((data as { text: string }).text)
      }
      return texts.at(-1) ?? ''
    })
    expect(JSON.parse(result)).toEqual([[], [{ name: 'find', args: cut }]])
  })

  test('reach the reader of a native stream as they are; its parser decides', async () => {
    expect(await heard(cut, chunksOf(new StreamingEchoModel()))).toEqual([
      { name: 'find', args: cut },
    ])
    const [mended] = await heard(cut, wholeOf(new StreamingEchoModel()))
    expect(mended).toMatchObject([{ name: 'find', args: { query: 'Par' } }])
    const [read, unread] = await heard(hopeless, wholeOf(new StreamingEchoModel()))
    expect([read, unread]).toEqual([[], [{ name: 'find', args: hopeless }]])
  })

  test.each([
    { model: 'a model that streams', make: () => new StreamingEchoModel() },
    { model: 'a model that does not', make: () => new EchoModel() },
  ])('reach the reader of streamEvents of $model', async ({ make }) => {
    const read = async () => {
      const finished: unknown[] = []
      for await (const event of make().streamEvents('hi')) {
        if (event.event !== 'content-block-finish') continue
        const { type, args } = event.content as { type: string; args?: unknown }
        finished.push({ type, args })
      }
      return JSON.stringify(finished)
    }
    const invalid = { type: 'invalid_tool_call', args: cut }
    expect(await heard(cut, read)).toContainEqual(invalid)
    expect(JSON.stringify(await heard(cut, read))).not.toContain('"tool_call"')
  })

  test('are not joined by the call that was there, wherever LangChain keeps it', async () => {
    const raw = [{ id: 'c', type: 'function', function: { name: 'find', arguments: '{}' } }]
    const policy: Policy = {
      onModel: async () =>
        Object.assign(new AIMessage(''), { additional_kwargs: { tool_calls: raw } }),
    }
    const read = async () => {
      const { tool_calls, additional_kwargs } = await new EchoModel().invoke('hi')
      return JSON.stringify([tool_calls, additional_kwargs])
    }
    const { result } = await tried(policy, () => reading(read).invoke({ text: '' }))
    expect(JSON.parse(result.text)).toEqual([[], {}])
  })
})

test('prompt and reply of one agent are changed, the others are left alone', async () => {
  const prompts: string[] = []
  const onCall = (messages: readonly { text: string }[]) => {
    prompts.push(messages.map(({ text }) => text).join())
  }
  const graph = kinds.find(({ name }) => name === 'functional API')
  const policy: Policy = {
    onModel: async ({ agent }, messages, next) => {
      if (agent !== 'ep/t2') return next(messages)
      const reply = await next([new HumanMessage('planted'), ...messages])
      return copyMessage(reply, { content: 'reworded' })
    },
  }
  const { result } = await tried(policy, async () =>
    graph?.build(new EchoModel({ onCall })).invoke('x'),
  )
  expect(prompts).toEqual(['x 1', 'x 2', 'planted,echo x 1 echo x 2', 'reworded'])
  expect(result).toBe('echo reworded')
})

test('an answer can be given without a call of the model', async () => {
  const model = new EchoModel()
  const policy: Policy = { onModel: async () => new AIMessage('from memory') }
  const { result } = await tried(policy, () => reading(invoked(model)).invoke({ text: '' }))
  expect(result.text).toBe('from memory')
  expect(model.requests).toBe(0)
})

test('a call shows the tools on offer', async () => {
  const offered: unknown[] = []
  const policy: Policy = {
    onModel: ({ tools }, messages, next) => {
      offered.push(...tools)
      return next(messages)
    },
  }
  const bound = new EchoModel().bindTools([{ name: 'find' }])
  await tried(policy, () =>
    reading(async () => (await bound.invoke('hi')).text).invoke({ text: '' }),
  )
  expect(offered).toEqual([{ name: 'find' }])
})

test("a model's own error is the system's: it passes through, is not retried and is no failure of ours", async () => {
  class Overloaded extends Error {}
  const model = new EchoModel({
    maxRetries: 3,
    onCall: () => {
      throw new Overloaded('busy')
    },
  })
  const trial = openTrial({ onModel: (_, messages, next) => next(messages) })
  const work = inTrial(trial, () => reading(invoked(model)).invoke({ text: '' }))
  await expect(work).rejects.toThrow('busy')
  expect(model.requests).toBe(1)
  expect(trial.failure).toBeNull()
})

test('an error of the policy itself is kept as a failure of the testbed', async () => {
  const trial = openTrial({
    onModel: async () => {
      throw new Error('a bug of ours')
    },
  })
  const work = inTrial(trial, () => reading(invoked(new EchoModel())).invoke({ text: '' }))
  await expect(work).rejects.toThrow('a bug of ours')
  expect(trial.failure).toBe('a bug of ours')
})
