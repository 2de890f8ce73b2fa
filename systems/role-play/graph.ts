import { Annotation, END, START, StateGraph } from '@langchain/langgraph'
import type { BuildContext } from '../../core/system.js'
import { messagesOf } from '../messages.js'
import { assistantOf, environmentOf, userOf } from './players.js'
import { isAction, isDone, isSpent } from './talk.js'

/** A user who instructs and an assistant who acts, in turns. */
export function build(context: BuildContext) {
  const hasLimit = !context.without.has('turn-limit')
  const hasTools = context.tools.length > 0
  const State = Annotation.Root({ messages: messagesOf({ dedupe: false }) })
  type Talk = typeof State.State

  const next = ({ messages }: Talk) => (hasLimit && isSpent(messages, hasTools) ? END : 'user')
  const afterUser = ({ messages }: Talk) => (isDone(messages) ? END : 'assistant')
  const afterAssistant = (state: Talk) =>
    hasTools && isAction(state.messages) ? 'environment' : next(state)

  return (
    new StateGraph(State)
      .addNode('user', userOf(context))
      .addNode('assistant', assistantOf(context))
      .addNode('environment', environmentOf(context))
      .addEdge(START, 'user')
      .addConditionalEdges('user', afterUser, ['assistant', END])
      .addConditionalEdges('assistant', afterAssistant, ['environment', 'user', END])
      .addConditionalEdges('environment', next, ['user', END])
      .compile()
      // Three nodes a turn, and a few more steps than the limit of turns needs.
      .withConfig({ recursionLimit: 50 })
  )
}
