import { type BaseMessage, HumanMessage } from '@langchain/core/messages'
import type { LangGraphRunnableConfig } from '@langchain/langgraph'
import { textOf } from '../core/messages.js'
import type { BuildContext } from '../core/system.js'
import type { Wiring } from './agent.js'
import { asks } from './messages.js'

type Talk = Readonly<{ messages: BaseMessage[] }>
type Node = (state: Talk, config: LangGraphRunnableConfig) => Promise<Partial<Talk>>

const personAnswers =
  'If something is missing or contradictory, you may write a line that starts with QUESTION: and whoever gave the task will answer.'

/**
 * An agent that gets an answer when it asks, and goes on from there. It is answered once: the second time it would be
 * told the same. `make` makes the agent from what it has to know of that.
 */
export function askingPerson(
  { person, without }: BuildContext,
  make: (wiring: Pick<Wiring, 'mayAsk' | 'channel'>) => Node,
): Node {
  if (without.has('ask-person')) return make({})
  const agent = make({ mayAsk: true, channel: personAnswers })
  return async (state, config) => {
    const said = await agent(state, config)
    const question = said.messages?.at(-1)
    if (!question || !asks(question)) return said
    const content = await person(textOf(question))
    const told = [question, new HumanMessage({ content, id: `${question.id}-answer` })]
    const { messages = [] } = await agent({ messages: [...state.messages, ...told] }, config)
    return { messages: [...told, ...messages] }
  }
}
