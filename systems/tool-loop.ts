import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { BaseMessage } from '@langchain/core/messages'
import type { StructuredToolInterface } from '@langchain/core/tools'
import {
  Annotation,
  END,
  type LangGraphRunnableConfig,
  START,
  StateGraph,
} from '@langchain/langgraph'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import { roleOf, toolCallsOf } from '../core/messages.js'

type Options = Readonly<{
  model: BaseChatModel
  tools: readonly StructuredToolInterface[]
  /** Said once when the deliverable is missing; null when nothing shall be said. */
  reminder: BaseMessage | null
  isDone: (reply: BaseMessage) => boolean
  /** How many failed tool turns in a row are still followed by another one. */
  retries: number
}>

/** The turn in which an agent speaks, as far as its tools have to know. */
export type Turn = Readonly<{
  /** The id and the sender of what it will have said. */
  id: string
  name: string
  /** Who has spoken before. */
  course: readonly string[]
}>

const maxToolTurns = 20

/** An agent's own small graph: the model and its tools take turns, then the model's last message is what it says. */
export function toolLoop({ model, tools, reminder, isDone, retries }: Options) {
  const State = Annotation.Root({
    messages: Annotation<BaseMessage[]>({
      reducer: (known, added) => known.concat(added),
      default: () => [],
    }),
    turn: Annotation<Turn>(),
  })
  type Loop = typeof State.State
  const speaking = model.bindTools?.([...tools]) ?? model

  const ending = ({ messages }: Loop) =>
    !reminder || isDone(lastReply(messages)) || messages.some(({ id }) => id === reminder.id)
      ? END
      : 'remind'
  const afterModel = (state: Loop) => {
    if (toolCallsOf(lastReply(state.messages)).length === 0) return ending(state)
    return toolTurns(state.messages) > maxToolTurns ? END : 'tools'
  }
  const afterTools = (state: Loop) =>
    failuresInARow(state.messages) > retries ? ending(state) : 'model'

  const graph = new StateGraph(State)
    .addNode('model', async ({ messages }, config) => ({
      messages: [await speaking.invoke(messages, config)],
    }))
    .addNode('tools', new ToolNode([...tools]))
    .addNode('remind', () => ({ messages: reminder ? [reminder] : [] }))
    .addEdge(START, 'model')
    .addConditionalEdges('model', afterModel, ['tools', 'remind', END])
    .addConditionalEdges('tools', afterTools, ['model', 'remind', END])
    .addEdge('remind', 'model')
    .compile()

  return async (
    prompt: readonly BaseMessage[],
    config: LangGraphRunnableConfig,
    turn: Turn,
  ): Promise<BaseMessage> => {
    const limits = { ...config, recursionLimit: 2 * maxToolTurns + 10 }
    const { messages } = await graph.invoke({ messages: [...prompt], turn }, limits)
    return lastReply(messages)
  }
}

const isReply = (message: BaseMessage) => roleOf(message) === 'ai'

function lastReply(messages: readonly BaseMessage[]): BaseMessage {
  const reply = messages.findLast(isReply)
  if (!reply) throw new Error('The model has not spoken yet.')
  return reply
}

const toolTurns = (messages: readonly BaseMessage[]) =>
  messages.filter((message) => toolCallsOf(message).length > 0).length

// A turn has failed when one of its results is an error; the turns that count are those since the last good one.
function failuresInARow(messages: readonly BaseMessage[]): number {
  const replies = messages.flatMap((message, at) => (isReply(message) ? [at] : []))
  const hasFailed = (at: number, turn: number) =>
    messages.slice(at, replies[turn + 1]).some(isError)
  return replies.length - 1 - replies.findLastIndex((at, turn) => !hasFailed(at, turn))
}

const isError = (message: BaseMessage) => (message as { status?: string }).status === 'error'
