import { ChatPromptTemplate } from '@langchain/core/prompts'
import {
  Annotation,
  Command,
  MessagesAnnotation,
  Send,
  START,
  StateGraph,
} from '@langchain/langgraph'
import type { EchoModel } from './echo-model.js'

/** A state that remembers which nodes ran. */
const Trail = Annotation.Root({
  trail: Annotation<string[]>({ reducer: (a, b) => a.concat(b), default: () => [] }),
})

type Update = { trail: string[] }
type Node = () => Promise<Update>

/** Nodes that ask the model, leave their name in the trail and go on by the graph's edges. */
const nodesOf =
  (model: EchoModel) =>
  (name: string): Node =>
  async () => {
    await model.invoke(`I am ${name}`)
    return { trail: [name] }
  }

const begin = (node: (name: string) => Node) =>
  new StateGraph(Trail).addNode('a', node('a')).addEdge(START, 'a')

/** Two nodes in a row, to be put inside other graphs. */
export function inner(model: EchoModel) {
  const node = nodesOf(model)
  return new StateGraph(Trail)
    .addNode('i1', node('i1'))
    .addNode('i2', node('i2'))
    .addEdge(START, 'i1')
    .addEdge('i1', 'i2')
    .compile()
}

export function edges(model: EchoModel) {
  const node = nodesOf(model)
  return begin(node)
    .addNode('b', node('b'))
    .addNode('c', node('c'))
    .addConditionalEdges('a', () => 'b' as const, ['b', 'c'])
    .addEdge('b', 'c')
    .compile()
}

/** Two nodes side by side, a node that waits for both, and one more round of the same. */
export function joinAndLoop(model: EchoModel) {
  const node = nodesOf(model)
  const again = ({ trail }: Update) => (trail.length < 7 ? ['b', 'c'] : ['e'])
  return begin(node)
    .addNode('b', node('b'))
    .addNode('c', node('c'))
    .addNode('d', node('d'))
    .addNode('e', node('e'))
    .addEdge('a', 'b')
    .addEdge('a', 'c')
    .addEdge(['b', 'c'], 'd')
    .addConditionalEdges('d', (state) => again(state) as ('b' | 'c' | 'e')[], ['b', 'c', 'e'])
    .compile()
}

export function command(model: EchoModel) {
  const node = nodesOf(model)
  const a = async () => new Command({ goto: 'b', update: await node('a')() })
  return new StateGraph(Trail)
    .addNode('a', a, { ends: ['b'] })
    .addNode('b', node('b'))
    .addEdge(START, 'a')
    .compile()
}

export function parentCommand(model: EchoModel) {
  const node = nodesOf(model)
  const toParent = async () =>
    new Command({ goto: 'b', graph: Command.PARENT, update: await node('leaf')() })
  const nested = new StateGraph(Trail)
    .addNode('leaf', toParent, { ends: [] })
    .addEdge(START, 'leaf')
    .compile()
  return begin(node)
    .addNode('n', nested, { ends: ['b'] })
    .addNode('b', node('b'))
    .addEdge('a', 'n')
    .compile()
}

export function sends(model: EchoModel) {
  const node = nodesOf(model)
  return begin(node)
    .addNode('w', node('w'))
    .addNode('j', node('j'))
    .addConditionalEdges('a', () => [1, 2, 3].map(() => new Send('w', {})), ['w'])
    .addEdge('w', 'j')
    .compile()
}

export function graphAsNode(model: EchoModel) {
  return begin(nodesOf(model)).addNode('sub', inner(model)).addEdge('a', 'sub').compile()
}

export function graphInFunction(model: EchoModel) {
  const nested = inner(model)
  const calls = async () => ({ trail: (await nested.invoke({ trail: [] })).trail })
  return begin(nodesOf(model)).addNode('f', calls).addEdge('a', 'f').compile()
}

/** A node that is nothing but prompt and model, with no function of the user's around them. */
export function bareModel(model: EchoModel) {
  const prompt = ChatPromptTemplate.fromMessages([['placeholder', '{messages}']])
  const asMessages = prompt.pipe(model).pipe((reply) => ({ messages: [reply] }))
  return new StateGraph(MessagesAnnotation).addNode('m', asMessages).addEdge(START, 'm').compile()
}

export function retried(model: EchoModel) {
  const node = nodesOf(model)
  let tries = 0
  const flaky = async () => {
    const update = await node('flaky')()
    tries += 1
    if (tries === 1) throw new Error('The first try fails.')
    return update
  }
  const retryPolicy = { maxAttempts: 3, initialInterval: 1, jitter: false, logWarning: false }
  return begin(node).addNode('flaky', flaky, { retryPolicy }).addEdge('a', 'flaky').compile()
}

export function errorHandled(model: EchoModel) {
  const node = nodesOf(model)
  const bad = async (): Promise<Update> => {
    await node('bad')()
    throw new Error('It always fails.')
  }
  const errorHandler = async () => ({ trail: ['handled'] })
  return begin(node).addNode('bad', bad, { errorHandler }).addEdge('a', 'bad').compile()
}

/** `d` may start after `a` already, but waits until nothing else is left to do. */
export function deferred(model: EchoModel) {
  const node = nodesOf(model)
  return begin(node)
    .addNode('b', node('b'))
    .addNode('c', node('c'))
    .addNode('d', node('d'), { defer: true })
    .addEdge('a', 'b')
    .addEdge('b', 'c')
    .addEdge('a', 'd')
    .addEdge('c', 'd')
    .compile()
}

export function timed(model: EchoModel) {
  const node = nodesOf(model)
  return begin(node).addNode('b', node('b'), { timeout: 60_000 }).addEdge('a', 'b').compile()
}
