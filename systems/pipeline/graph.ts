import { Annotation, END, START, StateGraph } from '@langchain/langgraph'
import type { BuildContext } from '../../core/system.js'
import { agent } from '../agent.js'
import { asks, messagesOf, newestOf, turnsOf } from '../messages.js'

const askChannel =
  'If something is missing, you may write a line that starts with QUESTION: and the analyst will answer.'

const maxQuestions = 2

/** A line of three: the analyst plans, the engineer produces, the reviewer decides. */
export function build(context: BuildContext) {
  const has = (defence: string) => !context.without.has(defence)
  const State = Annotation.Root({ messages: messagesOf({ dedupe: has('dedupe') }) })

  const analyst = agent(context, 'analyst', 'plan', {
    hears: ['task', 'engineer'],
    reads: ['task', 'analyst', 'engineer'],
  })
  const engineer = agent(context, 'engineer', 'produce', {
    hears: ['analyst'],
    reads: has('shared-pool') ? 'all' : ['analyst', 'engineer'],
    usesTools: true,
    ...(has('ask-channel') ? { mayAsk: true, channel: askChannel } : {}),
  })
  const reviewer = agent(context, 'reviewer', 'decide', {
    hears: ['engineer'],
    reads: has('shared-pool') ? 'all' : ['engineer', 'reviewer'],
  })

  const afterEngineer = ({ messages }: typeof State.State) =>
    asks(newestOf(messages, 'engineer')) && turnsOf(messages, 'engineer') <= maxQuestions
      ? 'analyst'
      : 'reviewer'

  const graph = new StateGraph(State)
    .addNode('analyst', analyst)
    .addNode('engineer', engineer)
    .addNode('reviewer', reviewer)
    .addEdge(START, 'analyst')
    .addEdge('analyst', 'engineer')
    .addEdge('reviewer', END)

  return has('ask-channel')
    ? graph.addConditionalEdges('engineer', afterEngineer, ['analyst', 'reviewer']).compile()
    : graph.addEdge('engineer', 'reviewer').compile()
}
