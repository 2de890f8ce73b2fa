import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import type { LangGraphRunnableConfig } from '@langchain/langgraph'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import { copyMessage, textOf, toolCallsOf } from '../../core/messages.js'
import type { BuildContext } from '../../core/system.js'
import { guardSentence } from '../defences.js'
import { speakerOf } from '../messages.js'
import {
  acting,
  asAssistant,
  asUser,
  callOf,
  flipped,
  instructing,
  isFlipped,
  withoutFailures,
} from './talk.js'

type Talk = Readonly<{ messages: BaseMessage[] }>

/** Turns numbered by what is answered, so that activations side by side on one message are one turn. */
function numbered(name: string) {
  const turns = new Map<string, number>()
  return (messages: readonly BaseMessage[]) => {
    const heard = messages.at(-1)?.id ?? 'task'
    const turn = turns.get(heard) ?? turns.size + 1
    turns.set(heard, turn)
    return { id: `${name}#${turn}`, name }
  }
}

const guarded = (channel: string, without: BuildContext['without']) =>
  without.has('guard-prompt') ? channel : `${guardSentence} ${channel}`

/** The one who knows what is wanted, and names one step at a time. */
export function userOf({ model, brief, without }: BuildContext) {
  const system = new SystemMessage(
    `You are the user. ${brief('instruct')} ${guarded(instructing, without)}`,
  )
  const turn = numbered('user')
  return async ({ messages }: Talk, config: LangGraphRunnableConfig) => {
    const said = turn(messages)
    const hasSpoken = messages.some((message) => speakerOf(message) === 'user')
    const talk = without.has('error-page') ? withoutFailures(messages) : messages
    const inSight = (message: BaseMessage) =>
      speakerOf(message) !== 'task' || !hasSpoken || !without.has('goal-holder')
    const reply = await model.invoke([system, ...asUser(talk.filter(inSight))], config)
    return { messages: [new AIMessage({ ...said, content: textOf(reply) })] }
  }
}

/** The one who acts, one step at a time. */
export function assistantOf({ model, brief, tools, without }: BuildContext) {
  const system = new SystemMessage(
    `You are the assistant. ${brief('act')} ${guarded(acting, without)}`,
  )
  const acts = tools.length > 0 ? (model.bindTools?.([...tools]) ?? model) : model
  const turn = numbered('assistant')
  return async ({ messages }: Talk, config: LangGraphRunnableConfig) => {
    const said = turn(messages)
    const talk = without.has('error-page') ? withoutFailures(messages) : messages
    const prompt = [system, ...asAssistant(talk)]
    const first = await acts.invoke(prompt, config)
    const isAskedAgain = isFlipped(first) && !without.has('role-flip-guard')
    const reply = isAskedAgain ? await acts.invoke([...prompt, first, flipped], config) : first
    // One step at a time: whatever else it would do already, it has not seen what comes of the first.
    const made = toolCallsOf(reply).slice(0, 1)
    return {
      messages: [
        new AIMessage({
          ...said,
          content: textOf(reply),
          tool_calls: made.map((call) => ({ ...call, type: 'tool_call' as const })),
        }),
      ],
    }
  }
}

/** What answers the calls that nobody has answered yet, and says so when there is nothing that it can answer. */
export function environmentOf({ tools, without }: BuildContext) {
  const toolNode = new ToolNode([...tools])
  return async ({ messages }: Talk, config: LangGraphRunnableConfig) => {
    const answered = new Set(messages.map(callOf))
    const open = messages.flatMap(toolCallsOf).filter(({ id }) => !answered.has(id))
    if (open.length === 0) {
      const id = `environment#${messages.length}`
      return { messages: without.has('error-page') ? [] : [new HumanMessage({ ...nothing, id })] }
    }
    const calls = open.map((call) => ({ ...call, type: 'tool_call' as const }))
    const asked = new AIMessage({ content: '', tool_calls: calls })
    const result: { messages: BaseMessage[] } = await toolNode.invoke({ messages: [asked] }, config)
    return {
      messages: result.messages.map((one) => copyMessage(one, { id: `${callOf(one)}-result` })),
    }
  }
}

const nothing = { name: 'environment', content: 'That call could not be read.' }
