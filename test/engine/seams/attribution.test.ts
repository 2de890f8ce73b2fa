import { ChatPromptTemplate } from '@langchain/core/prompts'
import { Annotation, Send, START, StateGraph } from '@langchain/langgraph'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draw } from '../../../core/draw.js'
import {
  currentCall,
  currentExecution,
  currentTrial,
  inTrial,
  openTrial,
} from '../../../engine/seams/context.js'
import { EchoModel, StreamingEchoModel } from '../../contracts/graph-kinds/echo-model.js'
import { installEverywhere } from './trial.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await installEverywhere()
})
afterAll(() => uninstall())

const State = Annotation.Root({ trial: Annotation<string>, done: Annotation<string[]> })
type In = Readonly<{ trial: string }>

/** Waits a few turns of the event loop, another number for each caller, so that trials overtake each other. */
async function stumble(...key: readonly string[]): Promise<void> {
  for (let turns = Math.floor(draw(...key) * 8); turns > 0; turns--) {
    await new Promise<void>((next) => setImmediate(next))
  }
}

/**
 * Eleven calls: parallel equal Sends, a bare prompt and model, a graph as a node, a graph in a function, a join. Each
 * prompt says which node of which trial asks, which is the truth that contexts are compared with.
 */
function crowded(model: EchoModel) {
  const node =
    (name: string) =>
    async ({ trial }: In) => {
      await stumble('node', trial, name)
      await model.invoke(`${trial} ${name}`)
      return {}
    }
  const inner = new StateGraph(State)
    .addNode('i1', node('i1'))
    .addNode('i2', node('i2'))
    .addEdge(START, 'i1')
    .addEdge('i1', 'i2')
    .compile()
  const bare = ChatPromptTemplate.fromTemplate('{trial} bare')
    .pipe(model)
    .pipe(() => ({}))
  const targets = ['bare', 'sub', 'calls'] as const
  return new StateGraph(State)
    .addNode('plan', node('plan'))
    .addNode('work', node('work'))
    .addNode('bare', bare)
    .addNode('sub', inner)
    .addNode('calls', async ({ trial }) => {
      await inner.invoke({ trial })
      return {}
    })
    .addNode('join', node('join'))
    .addEdge(START, 'plan')
    .addConditionalEdges(
      'plan',
      ({ trial }) => [...Array.from({ length: 4 }, () => new Send('work', { trial })), ...targets],
      ['work', ...targets],
    )
    .addEdge(['work', ...targets], 'join')
    .compile()
}

const keys = [
  'bare#0',
  'calls#0/i1#0',
  'calls#0/i2#0',
  'join#0',
  'plan#0',
  'sub#0/i1#0',
  'sub#0/i2#0',
  'work#0',
  'work#1',
  'work#2',
  'work#3',
]

test.each([
  { name: 'an unlimited model', Model: EchoModel, limit: {} },
  { name: 'a model with a queue', Model: EchoModel, limit: { maxConcurrency: 2 } },
  {
    name: 'a streaming model with a queue',
    Model: StreamingEchoModel,
    limit: { maxConcurrency: 2 },
  },
])(
  '50 trials at once with $name: every request is made in the context of its caller',
  async ({ Model, limit }) => {
    const requests = new Map<string, string[]>()
    const names = new Map<object, string>()
    const wrong: string[] = []
    const onCall = async ([message]: readonly { text: string }[]) => {
      const [trial = '', node = ''] = (message?.text ?? '').split(' ')
      await stumble('request', trial, node)
      const context = [
        names.get(currentTrial() ?? {}),
        currentExecution()?.node,
        currentCall()?.key.replace(/\.\d+$/, ''),
      ]
      if (context[0] !== trial || context[1] !== node) wrong.push(`${trial} ${node}: ${context}`)
      requests.set(trial, [...(requests.get(trial) ?? []), String(context[2])])
    }
    const graph = crowded(new Model({ ...limit, onCall }))
    const trials = Array.from({ length: 50 }, (_, index) => {
      const trial = openTrial()
      names.set(trial, `t${index}`)
      return inTrial(trial, () => graph.invoke({ trial: `t${index}` }))
    })
    await Promise.all(trials)
    expect(wrong).toEqual([])
    expect(requests.size).toBe(50)
    for (const [, made] of requests) expect(made.sort()).toEqual(keys)
  },
)

test('a call outside every node has no execution and says so', async () => {
  const calls: string[] = []
  const trial = openTrial({
    onModel: ({ key, agent }, messages, next) => {
      calls.push(`${agent} ${key}`)
      return next(messages)
    },
  })
  await inTrial(trial, () => new EchoModel().invoke('hello'))
  expect(calls).toEqual(['? ?.0'])
})

test('a call outside every trial is left alone', async () => {
  const model = new EchoModel({ onCall: () => expect(currentCall()).toBeNull() })
  expect((await model.invoke('hello')).text).toBe('echo hello')
  expect(model.requests).toBe(1)
})
