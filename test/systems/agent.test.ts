import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { Annotation, Command, END, Send, START, StateGraph } from '@langchain/langgraph'
import { describe, expect, test } from 'vitest'
import { agent, type Wiring } from '../../systems/agent.js'
import { messagesOf } from '../../systems/messages.js'
import { calling, deliverable, diligent, ScriptedModel } from './scripted-model.js'
import { asked, contextOf, messagesIn } from './setting.js'

const plan = new AIMessage({ id: 'analyst#1', name: 'analyst', content: 'Add up "Gold".' })
const wiring: Wiring = { hears: ['analyst'], reads: 'all' }

type Setting = Readonly<{
  dedupe?: boolean
  without?: readonly string[]
  script?: ConstructorParameters<typeof ScriptedModel>[0]
  wiring?: Wiring
}>

const plainly = () => deliverable('46')

/** An engineer and whoever reads what it says. */
function office({ dedupe = true, without = [], script = plainly, ...rest }: Setting) {
  const model = new ScriptedModel(script)
  const context = contextOf(model, ...without)
  const graph = new StateGraph(Annotation.Root({ messages: messagesOf({ dedupe }) }))
    .addNode('engineer', agent(context, 'engineer', 'produce', { ...wiring, ...rest.wiring }))
    .addNode('reviewer', agent(context, 'reviewer', 'decide', { ...wiring, hears: ['engineer'] }))
    .addEdge(START, 'engineer')
    .addEdge('engineer', 'reviewer')
    .addEdge('reviewer', END)
    .compile()
  const callsOf = (name: string) => model.calls.filter((call) => call.agent === name)
  return { graph, callsOf }
}

const from = (state: unknown, name: string) =>
  messagesIn(state).filter((message) => message.name === name)

describe('25 activations on one message', () => {
  const storm = new Command({
    goto: Array.from({ length: 25 }, () => new Send('engineer', { messages: [asked, plan] })),
    update: { messages: [asked, plan] },
  })

  test.each([
    { dedupe: true, without: [], calls: 1, messages: 1 },
    { dedupe: true, without: ['dedupe'], calls: 25, messages: 1 },
    { dedupe: false, without: [], calls: 1, messages: 1 },
    { dedupe: false, without: ['dedupe'], calls: 25, messages: 25 },
  ])(
    'cost $calls calls and leave $messages messages (reducer $dedupe, without $without)',
    async ({ calls, messages, ...setting }) => {
      const { graph, callsOf } = office(setting)
      const state = await graph.invoke(storm)
      expect(callsOf('engineer')).toHaveLength(calls)
      expect(from(state, 'engineer').map(({ id }) => id)).toEqual(
        Array(messages).fill('engineer#1'),
      )
      expect(callsOf('reviewer')).toHaveLength(1)
      const read = callsOf('reviewer')[0]?.prompt ?? ''
      expect(read.split('From: engineer').length - 1).toBe(messages)
    },
  )
})

describe('an agent', () => {
  const input = (...messages: readonly BaseMessage[]) => ({ messages: [...messages] })

  test('reads the task as a person said it, colleagues with their name and itself as itself', async () => {
    const earlier = new AIMessage({ id: 'engineer#0', name: 'engineer', content: 'Working.' })
    const { graph, callsOf } = office({})
    await graph.invoke(input(asked, earlier, plan))
    expect(
      callsOf('engineer')[0]?.messages.map((message) => [message.getType(), message.text]),
    ).toEqual([
      [
        'system',
        expect.stringMatching(/^You are the engineer\. Your job is to produce the answer\./),
      ],
      ['human', asked.text],
      ['ai', 'Working.'],
      ['human', 'From: analyst\nAdd up "Gold".'],
    ])
  })

  test('takes a message without a sender for the task', async () => {
    const { graph, callsOf } = office({ wiring: { hears: ['task'], reads: ['task'] } })
    await graph.invoke({ messages: [new HumanMessage('What is it?')] })
    expect(callsOf('engineer')[0]?.messages[1]?.text).toBe('What is it?')
  })

  test('reads only whom it reads', async () => {
    const { graph, callsOf } = office({ wiring: { hears: ['analyst'], reads: ['analyst'] } })
    await graph.invoke(input(asked, plan))
    expect(callsOf('engineer')[0]?.prompt).not.toContain(asked.text)
  })

  test('says nothing when it hears nobody', async () => {
    const { graph, callsOf } = office({})
    const state = await graph.invoke(input(asked))
    expect(callsOf('engineer')).toHaveLength(0)
    expect(messagesIn(state)).toHaveLength(1)
  })

  test('acts on any other voice without subscriptions', async () => {
    const { graph, callsOf } = office({ without: ['subscriptions'] })
    await graph.invoke(input(asked))
    expect(callsOf('engineer').length).toBe(1)
  })

  test('numbers its turns by what it answers, whatever it has forgotten', async () => {
    const { graph } = office({})
    const again = new AIMessage({ id: 'analyst#2', name: 'analyst', content: 'Once more.' })
    await graph.invoke(input(asked, plan))
    const state = await graph.invoke(input(asked, again))
    expect(from(state, 'engineer').map(({ id }) => id)).toEqual(['engineer#2'])
  })
})

describe('the deliverable of an agent', () => {
  const input = { messages: [asked, plan] }
  const reminder = 'Reply with exactly one ```answer block.'
  const mute = () => 'The total is 46.'

  test('is asked for once more when its block is missing', async () => {
    const { graph, callsOf } = office({ script: mute })
    await graph.invoke(input)
    expect(callsOf('engineer')).toHaveLength(2)
    expect(
      callsOf('engineer')[1]
        ?.messages.slice(-2)
        .map(({ text }) => text),
    ).toEqual(['The total is 46.', reminder])
  })

  test('is passed on as it is without block-retry', async () => {
    const { graph, callsOf } = office({ script: mute, without: ['block-retry'] })
    await graph.invoke(input)
    expect(callsOf('engineer')).toHaveLength(1)
  })

  test('may be a question when there is somebody to ask', async () => {
    const script = () => 'QUESTION: Which column?'
    const asking = office({ script, wiring: { ...wiring, mayAsk: true } })
    await asking.graph.invoke(input)
    expect(asking.callsOf('engineer')).toHaveLength(1)
    const alone = office({ script })
    await alone.graph.invoke(input)
    expect(alone.callsOf('engineer')).toHaveLength(2)
  })
})

describe('an agent with tools', () => {
  const input = { messages: [asked, plan] }
  const withTools: Wiring = { ...wiring, usesTools: true }
  const wrong = calling('total', { column: 'Golds' })

  test('hands on its last message and keeps the calls to itself', async () => {
    const { graph, callsOf } = office({ script: diligent, wiring: withTools })
    const state = await graph.invoke(input)
    expect(callsOf('engineer').map(({ results }) => results)).toEqual([
      [],
      ['The total of "Gold" is 46.'],
    ])
    expect(messagesIn(state).map((message) => message.getType())).toEqual([
      'human',
      'ai',
      'ai',
      'ai',
    ])
    expect(from(state, 'engineer')[0]?.text).toBe(deliverable('46'))
  })

  test.each([
    { without: [], calls: 4 },
    { without: ['tool-retry'], calls: 1 },
  ])(
    'reads $calls times when its calls are always refused (without $without)',
    async ({ without, calls }) => {
      const { graph, callsOf } = office({
        script: () => wrong,
        wiring: withTools,
        without: [...without, 'block-retry'],
      })
      await graph.invoke(input)
      expect(callsOf('engineer')).toHaveLength(calls)
    },
  )

  test('starts counting refusals again after a call that went well', async () => {
    const { graph, callsOf } = office({
      script: ({ earlier }) => {
        if (earlier > 8) return deliverable('46')
        return earlier % 3 === 2 ? calling('total', { column: 'Gold' }) : wrong
      },
      wiring: withTools,
    })
    await graph.invoke(input)
    expect(callsOf('engineer')).toHaveLength(10)
  })

  test('is reminded of its deliverable after refused calls', async () => {
    const { graph, callsOf } = office({
      script: ({ prompt }) => (prompt.includes(reminderLine) ? deliverable('46') : wrong),
      wiring: withTools,
    })
    const state = await graph.invoke(input)
    expect(callsOf('engineer')).toHaveLength(5)
    expect(from(state, 'engineer')[0]?.text).toBe(deliverable('46'))
  })

  test('speaks without them when the work has none', async () => {
    const model = new ScriptedModel(() => deliverable('46'))
    const node = agent({ ...contextOf(model), tools: [] }, 'engineer', 'produce', withTools)
    const { messages } = await node({ messages: [asked, plan] }, {})
    expect(messages?.[0]?.text).toBe(deliverable('46'))
  })
})

const reminderLine = 'human: Reply with exactly one ```answer block.'
