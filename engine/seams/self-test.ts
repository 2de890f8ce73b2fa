import { SimpleChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage } from '@langchain/core/messages'
import { Annotation, Command, START, StateGraph } from '@langchain/langgraph'
import { FiredrillError, messageOf } from '../../core/errors.js'
import { copyMessage } from '../../core/messages.js'
import { inTrial, openTrial, type Policy, Skip } from './context.js'
import { isRoute, redirect, sendLive, targetOf, type Write } from './routes.js'

/** One thing that the seams rely on, and whether it still holds. */
export type Fact = Readonly<{ fact: string; holds: boolean }>

/** A copy of LangGraph and LangChain's core, as far as the test needs it. */
export type Library = Readonly<{
  Annotation: typeof Annotation
  Command: typeof Command
  StateGraph: typeof StateGraph
  SimpleChatModel: typeof SimpleChatModel
}>

const ours: Library = { Annotation, Command, StateGraph, SimpleChatModel }

/** Four nodes, one of them a graph that commands its parent: a static edge, a conditional one, a Command.PARENT. */
function build({ Annotation, Command, StateGraph, SimpleChatModel }: Library) {
  class Echo extends SimpleChatModel {
    _llmType() {
      return 'echo'
    }
    async _call() {
      return 'echo'
    }
  }
  const State = Annotation.Root({
    trail: Annotation<string[]>({ reducer: (a, b) => a.concat(b), default: () => [] }),
  })
  const model = new Echo({ maxRetries: 0 })
  const visit = (name: string) => async () => {
    const reply = await model.invoke(name)
    return { trail: [reply.text === 'echo' ? name : reply.text] }
  }
  const toParent = async () =>
    new Command({ goto: 'd', graph: Command.PARENT, update: { trail: ['leaf'] } })
  const inner = new StateGraph(State)
    .addNode('leaf', toParent, { ends: [] })
    .addEdge(START, 'leaf')
    .compile()
  return new StateGraph(State)
    .addNode('a', visit('a'))
    .addNode('b', visit('b'))
    .addNode('c', inner, { ends: ['d', 'b'] })
    .addNode('d', visit('d'))
    .addEdge(START, 'a')
    .addEdge('a', 'b')
    .addConditionalEdges('b', () => 'c' as const, ['c'])
    .compile()
}

const visitedIn =
  (library: Library) =>
  async (policy: Policy): Promise<string> => {
    const graph = build(library)
    try {
      const { trail } = await inTrial(openTrial(policy), () => graph.invoke({ trail: [] }))
      return trail.join(' ')
    } catch (error) {
      return messageOf(error) // Whatever was thrown is not what was expected.
    }
  }

/** Asks a model with `fetch` and is answered by the policy, so that nothing leaves the process. */
async function heardOverFetch(): Promise<string> {
  const policy: Policy = { onModel: async () => new AIMessage('heard') }
  const body = JSON.stringify({ model: 'none', messages: [{ role: 'user', content: 'hello' }] })
  try {
    // Where no seam is cut, this port is one that fetch refuses to open.
    const asked = () => fetch('http://127.0.0.1:9/v1/chat/completions', { method: 'POST', body })
    return await (await inTrial(openTrial(policy), asked)).text()
  } catch (error) {
    return messageOf(error)
  }
}

const onRoutes = (from: string, change: (write: Write) => readonly Write[]): Policy => ({
  onWrites: ({ node }, writes) =>
    node === from ? writes.flatMap((write) => (isRoute(write) ? change(write) : [write])) : writes,
})

/**
 * Tries on a tiny graph of one copy of LangGraph what every trial relies on; the seams must be installed. Takes a few hundredths of a second.
 */
export async function selfTest(library: Library = ours): Promise<readonly Fact[]> {
  const visited = visitedIn(library)
  const executions: string[] = []
  const calls: string[] = []
  const routes: string[] = []
  const untouched = await visited({
    onInput: ({ key }, input) => {
      executions.push(key)
      return input
    },
    onWrites: ({ key }, writes) => {
      routes.push(...writes.map((write) => `${key}>${targetOf(write) ?? ''}`))
      return writes
    },
    onModel: (call, messages, next) => {
      calls.push(call.key)
      return next(messages)
    },
  })
  const skipped: Policy = { onInput: ({ node }, input) => (node === 'b' ? new Skip() : input) }
  const reworded: Policy = {
    onModel: async ({ agent }, messages, next) => {
      const reply = await next(messages)
      return agent === 'b' ? copyMessage(reply, { content: 'reworded' }) : reply
    },
  }
  const copies = () => [sendLive('d'), sendLive('d')]
  return [
    { fact: 'a policy that changes nothing changes nothing', holds: untouched === 'a b leaf d' },
    { fact: 'executions', holds: executions.join(' ') === 'a#0 b#0 c#0 c#0/leaf#0 d#0' },
    { fact: 'model calls', holds: calls.join(' ') === 'a#0.0 b#0.0 d#0.0' },
    { fact: 'a static edge is a write', holds: routes.includes('a#0>b') },
    { fact: 'a conditional edge is a write', holds: routes.includes('b#0>c') },
    { fact: 'a command to the parent graph is a write', holds: routes.includes('c#0>d') },
    { fact: 'drop', holds: (await visited(onRoutes('b', () => []))) === 'a b' },
    {
      fact: 'misroute',
      holds: (await visited(onRoutes('a', (write) => [redirect(write, 'd')]))) === 'a d',
    },
    {
      fact: 'drop of a command to the parent graph',
      holds: (await visited(onRoutes('c', () => []))) === 'a b leaf',
    },
    {
      fact: 'copies on the live state',
      holds: (await visited(onRoutes('a', copies))) === 'a d d',
    },
    { fact: 'omission', holds: (await visited(skipped)) === 'a' },
    { fact: 'a reworded reply', holds: (await visited(reworded)) === 'a reworded leaf d' },
    { fact: 'a model call over fetch', holds: (await heardOverFetch()).includes('"heard"') },
  ]
}

/** Refuses to go on when a fact no longer holds, and names it. */
export function requireFacts(facts: readonly Fact[], versions: string): void {
  const broken = facts.filter(({ holds }) => !holds)
  if (broken.length === 0) return
  throw new FiredrillError(
    'incompatible-langgraph',
    `LangGraph's internals have changed: ${broken.map(({ fact }) => fact).join(', ')} (found ${versions}).`,
    { hint: 'Install a version inside @langchain/langgraph ^1.0.0, or report the versions above.' },
  )
}
