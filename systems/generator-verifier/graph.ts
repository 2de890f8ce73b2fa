import { Annotation, END, Send, START, StateGraph } from '@langchain/langgraph'
import type { BuildContext } from '../../core/system.js'
import { mostVotes } from '../ballot.js'
import { messagesOf } from '../messages.js'
import { chainOf } from './chain.js'

/** Chains side by side, each of which generates, verifies and refines; what most of them deliver is the answer. */
export function build(context: BuildContext) {
  const has = (defence: string) => !context.without.has(defence)
  const State = Annotation.Root({
    messages: messagesOf({ dedupe: has('dedupe') }),
    answer: Annotation<string | null>,
  })
  type Work = typeof State.State

  // Chains that change one world would undo each other's work, so there one of them works alone.
  const isAlone = context.effects !== 'none' || !has('majority')
  const chains = (isAlone ? [1] : [1, 2, 3]).map((number) => chainOf(context, number))
  const agents = chains.flat()
  const firsts = chains.flatMap((chain) => chain.slice(0, 1)).map(({ id }) => id)
  const lasts = chains.flatMap((chain) => chain.slice(-1)).map(({ id }) => id)

  const begin = (state: Work) => firsts.map((id) => new Send(id, state))
  const vote = ({ messages }: Work) => ({ answer: mostVotes(messages, lasts) })

  const graph = new StateGraph(State)
    .addNode(Object.fromEntries(agents.map(({ id, node }) => [id, node])))
    .addNode('vote', vote)
    .addConditionalEdges(START, begin, firsts)
    .addEdge(lasts, 'vote')
    .addEdge('vote', END)
  for (const chain of chains) {
    for (const [at, { id }] of chain.slice(1).entries()) graph.addEdge(chain[at]?.id ?? START, id)
  }
  return graph.compile()
}
