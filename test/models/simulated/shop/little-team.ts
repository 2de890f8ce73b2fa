import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { type ToolCall, textOf, toolCallsOf } from '../../../../core/messages.js'
import type { Model } from '../../../../core/model.js'
import type { Job } from '../../../../core/system.js'
import { type Case, offered, runTool, type Visit, visitTo } from './little-shop.js'

const finish = 'Finish with a short confirmation in exactly one ```answer block.'

/** What each job means, in the words that systems put into system messages. */
const briefings: Readonly<Partial<Record<Job, string>>> = {
  plan: 'Your job is to plan the purchase: list what the product must have as one ```ops block.',
  produce: `Your job is to produce the purchase with the tools. ${finish}`,
  decide: 'Your job is to decide whether the purchase is what was asked for.',
  review: 'Your job is to review the purchase.',
  instruct: 'Your job is to instruct the shopper: name one step at a time, or write TASK_DONE.',
  act: 'Your job is to act on the instruction: make exactly one tool call for the purchase.',
  route: 'Your job is to route the work on the purchase.',
}

export const mayAsk =
  'If something is missing, you may write a line that starts with QUESTION: and the analyst will answer.'

export const person = (text: string) => new HumanMessage(text)
export const relayed = (from: string, text: string) => new HumanMessage(`From: ${from}\n${text}`)

/** An agent of the little team: who it is, what it is told, and whether it has tools. */
export type Agent = Readonly<{ id: string; job: Job; channel?: string; tools?: readonly unknown[] }>

/** How a trial goes. `call` may change which call is made, and `alter` what a tool says; turns count from 1. */
export type Trial = Readonly<{
  model: Model
  seed: number
  visit: Visit
  call?: (call: ToolCall, turn: number) => ToolCall
  alter?: (result: string, turn: number) => string
}>

export const trialOn = ({ shop, number }: Case, model: Model, seed = number): Trial => ({
  ...{ model, seed },
  visit: visitTo(shop),
})

export const buyer = { id: 'engineer', job: 'produce', tools: offered } as const

/** Lets one agent speak once. */
async function turn(
  { model, seed }: Trial,
  { id, job, channel = '', tools }: Agent,
  messages: readonly BaseMessage[],
): Promise<AIMessage> {
  const chat = model.create({ seed, caller: () => ({ agent: id, call: `${messages.length}` }) })
  const bound = tools ? chat.bindTools?.([...tools] as never) : chat
  const system = `You are the ${id}. ${briefings[job]} ${channel}`.trim()
  return (await bound?.invoke([{ role: 'system', content: system }, ...messages])) as AIMessage
}

/** Lets one agent work until it says something; returns all its messages, the last one with its text. */
export async function work(
  trial: Trial,
  agent: Agent,
  inbox: readonly BaseMessage[],
): Promise<readonly AIMessage[]> {
  const { visit, call = (made) => made, alter = (result) => result } = trial
  const turns: BaseMessage[] = []
  const said: AIMessage[] = []
  while (said.length < 40) {
    const reply = await turn(trial, agent, [...inbox, ...turns])
    said.push(reply)
    const [wanted] = toolCallsOf(reply)
    if (!wanted) return said
    const made = call(wanted, said.length)
    turns.push(new AIMessage({ content: '', tool_calls: [made as never] }))
    const content = alter(runTool(visit, made.name, made.args), said.length)
    turns.push(new ToolMessage({ content, tool_call_id: wanted.id ?? '' }))
  }
  return said
}

/** The last text of an agent's work. */
export const wordsOf = (said: readonly AIMessage[]): string =>
  textOf(said.at(-1) ?? new AIMessage(''))

/** The calls that an agent wanted, in words. */
export const callsOf = (said: readonly AIMessage[]): readonly string[] =>
  said.flatMap((message) =>
    toolCallsOf(message).map(({ name, args }) => [name, ...Object.values(args)].join(' ')),
  )

/** What the model reported about one message. */
export function notesOf(message: AIMessage | undefined): {
  events: string[]
  unread: string[]
} {
  const { simulated } = (message?.response_metadata ?? {}) as { simulated?: never }
  return simulated ?? { events: [], unread: [] }
}

/** Analyst, engineer with tools, reviewer, who all read everything; returns all that was said. */
export async function team(trial: Trial, text: string): Promise<readonly AIMessage[]> {
  const analyst = await work(trial, { id: 'analyst', job: 'plan' }, [person(text)])
  const pool = [person(text), relayed('analyst', wordsOf(analyst))]
  const engineer = await work(trial, buyer, pool)
  const all = [...pool, relayed('engineer', wordsOf(engineer))]
  return [...analyst, ...engineer, ...(await work(trial, { id: 'reviewer', job: 'decide' }, all))]
}

/** A user who knows the request and an assistant with the tools, in turns; returns all that the user said. */
export async function rolePlay(trial: Trial, text: string): Promise<readonly string[]> {
  const heard: BaseMessage[] = [person(text)]
  const own: BaseMessage[] = []
  const instructions: string[] = []
  while (instructions.length < 30) {
    const order = textOf(await turn(trial, { id: 'user', job: 'instruct' }, heard))
    instructions.push(order)
    if (order.includes('TASK_DONE')) return instructions
    heard.push(new AIMessage(order))
    own.push(relayed('user', order))
    const reply = await turn(trial, { id: 'assistant', job: 'act', tools: offered }, own)
    own.push(reply)
    const [made] = toolCallsOf(reply)
    if (!made) {
      heard.push(relayed('assistant', textOf(reply)))
      continue
    }
    const result = runTool(trial.visit, made.name, made.args)
    own.push(new ToolMessage({ content: result, tool_call_id: made.id ?? '' }))
    heard.push(relayed('assistant', `I call ${made.name} with ${JSON.stringify(made.args)}.`))
    heard.push(relayed('environment', result))
  }
  return instructions
}
