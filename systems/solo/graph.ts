import { Annotation, END, START, StateGraph } from '@langchain/langgraph'
import type { BuildContext } from '../../core/system.js'
import { agent } from '../agent.js'
import { messagesOf } from '../messages.js'

/** One agent with the tools of the work. */
export function build(context: BuildContext) {
  const State = Annotation.Root({ messages: messagesOf({ dedupe: true }) })

  const solver = agent(context, 'solver', 'produce', {
    hears: ['task'],
    reads: ['task', 'solver'],
    usesTools: true,
  })

  return new StateGraph(State)
    .addNode('solver', solver)
    .addEdge(START, 'solver')
    .addEdge('solver', END)
    .compile()
}
