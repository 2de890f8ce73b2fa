import { Annotation, END, START, StateGraph } from '@langchain/langgraph'
import type { BuildContext } from '../../core/system.js'
import { agent } from '../agent.js'
import { messagesOf } from '../messages.js'
import { askingPerson } from '../person.js'
import { conclusion, isRejected, isSpent, kindOfError, truncated } from './verdicts.js'

/** A deliverable that is judged, criticised and refined until the judge approves. */
export function build(context: BuildContext) {
  const has = (defence: string) => !context.without.has(defence)
  const State = Annotation.Root({ messages: messagesOf({ dedupe: has('dedupe') }) })
  const source = has('own-source') ? ['task'] : []
  const drafts = ['generator', 'refiner']

  const generator = askingPerson(context, (asking) =>
    agent(context, 'generator', 'produce', {
      ...{ hears: ['task'], reads: ['task', 'generator'], usesTools: true },
      ...asking,
    }),
  )
  const judge = agent(context, 'judge', 'review', {
    hears: drafts,
    reads: [...source, ...drafts, 'judge'],
    usesTools: true,
  })
  const router = agent(context, 'router', 'route', {
    hears: ['judge'],
    reads: ['task', ...drafts, 'judge', 'router'],
    channel: kindOfError,
  })
  const critic = agent(context, 'critic', 'review', {
    hears: ['router'],
    reads: [...source, ...drafts, 'judge', 'router', 'critic'],
    channel: conclusion,
  })
  const refiner = agent(context, 'refiner', 'revise', {
    hears: ['critic'],
    reads: ['task', ...drafts, 'judge', 'critic'],
    usesTools: true,
    ...(has('truncate-and-replan') ? { view: truncated } : {}),
  })

  const afterJudge = ({ messages }: typeof State.State) =>
    isRejected(messages) && !(has('turn-limit') && isSpent(messages)) ? 'router' : END

  const graph = new StateGraph(State).addNode('generator', generator).addEdge(START, 'generator')
  if (!has('judge-loop')) return graph.addEdge('generator', END).compile()

  return graph
    .addNode('judge', judge)
    .addNode('router', router)
    .addNode('critic', critic)
    .addNode('refiner', refiner)
    .addEdge('generator', 'judge')
    .addConditionalEdges('judge', afterJudge, ['router', END])
    .addEdge('router', 'critic')
    .addEdge('critic', 'refiner')
    .addEdge('refiner', 'judge')
    .compile()
}
