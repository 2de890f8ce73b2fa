import { HumanMessage } from '@langchain/core/messages'
import * as agents from './agent-graphs.js'
import type { EchoModel } from './echo-model.js'
import * as graphs from './state-graphs.js'

/** What the contracts need of a compiled graph, of whatever state. */
type Graph = Readonly<{
  nodes: Readonly<Record<string, unknown>>
  invoke(input: unknown, config?: Readonly<Record<string, unknown>>): Promise<unknown>
  stream(
    input: unknown,
    config?: Readonly<Record<string, unknown>>,
  ): Promise<AsyncIterable<unknown>>
}>

/**
 * One way in which people build graphs, with the executions that it must show. A second attempt of an execution has
 * `~1` behind its key; `__start__` is left out. Graphs hold state of their own (a counter of tries), so build one per use.
 */
export type Kind = Readonly<{
  name: string
  build: (model: EchoModel) => Graph
  input: unknown
  expectedKeys: readonly string[]
  expectedCalls: number
}>

const trail = { trail: [] }
// With an id of its own: LangGraph writes one into a message that has none, and the input is used more than once.
const messages = { messages: [new HumanMessage({ content: 'question', id: 'question' })] }

/** Every kind of graph that the seams promise to see. */
export const kinds: readonly Kind[] = [
  kind('static and conditional edges', graphs.edges, trail, 'a#0 b#0 c#0', 3),
  kind(
    'parallel nodes with a join and a loop',
    graphs.joinAndLoop,
    trail,
    'a#0 b#0 c#0 d#0 b#1 c#1 d#1 e#0',
    8,
  ),
  kind('Command', graphs.command, trail, 'a#0 b#0', 2),
  kind('Command to the parent graph', graphs.parentCommand, trail, 'a#0 n#0 n#0/leaf#0 b#0', 3),
  kind('Send', graphs.sends, trail, 'a#0 w#0 w#1 w#2 j#0', 5),
  kind('graph as a node', graphs.graphAsNode, trail, 'a#0 sub#0 sub#0/i1#0 sub#0/i2#0', 3),
  kind('graph called in a function', graphs.graphInFunction, trail, 'a#0 f#0 f#0/i1#0 f#0/i2#0', 3),
  kind(
    'graph called in a tool',
    agents.graphInTool,
    messages,
    'agent#0 tools#0 tools#0/i1#0 tools#0/i2#0 agent#1',
    4,
  ),
  kind('bare prompt and model', graphs.bareModel, messages, 'm#0', 1),
  kind('createReactAgent', agents.reactAgent, messages, 'agent#0 tools#0 agent#1', 2),
  kind(
    'createAgent',
    agents.langchainAgent,
    messages,
    'model_request#0 tools#0 model_request#1',
    2,
  ),
  kind(
    'supervisor',
    agents.supervisor,
    messages,
    `supervisor#0 supervisor#0/agent#0 supervisor#0/tools#0
     math#0 math#0/agent#0 math#0/tools#0 math#0/agent#1
     supervisor#1 supervisor#1/agent#0`,
    4,
  ),
  kind(
    'swarm',
    agents.swarm,
    messages,
    'alice#0 alice#0/agent#0 alice#0/tools#0 bob#0 bob#0/agent#0',
    2,
  ),
  kind(
    'functional API',
    agents.functional,
    'x',
    'ep#0 ep#0/t1#0 ep#0/t1#1 ep#0/t2#0 ep#0/t2#0/t1#0',
    4,
  ),
  kind('retry policy', graphs.retried, trail, 'a#0 flaky#0 flaky#0~1', 3),
  kind('error handler', graphs.errorHandled, trail, 'a#0 bad#0 __error_handler__bad#0', 2),
  kind('deferred node', graphs.deferred, trail, 'a#0 b#0 c#0 d#0', 4),
  kind('node with a time limit', graphs.timed, trail, 'a#0 b#0', 2),
]

function kind(
  name: string,
  build: Kind['build'],
  input: unknown,
  expectedKeys: string,
  expectedCalls: number,
): Kind {
  return { name, build, input, expectedKeys: expectedKeys.split(/\s+/), expectedCalls }
}
