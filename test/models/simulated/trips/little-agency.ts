import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { type ToolCall, textOf, toolCallsOf } from '../../../../core/messages.js'
import type { Model } from '../../../../core/model.js'
import type { Job } from '../../../../core/system.js'
import { type Desk, deskOf, type LittleWorld, offered, runTool } from './little-world.js'

const finish = 'Finish with a short confirmation in exactly one ```answer block.'

/** What each job means, in the words that systems put into system messages. */
export const briefings: Readonly<Partial<Record<Job, string>>> = {
  plan: 'Your job is to plan: write the steps that fulfil the request as one ```ops block.',
  produce: `Your job is to produce the bookings with the tools. Compare all offers before you book. ${finish}`,
  review:
    'Your job is to review the bookings: list them, compare them with the request, then write APPROVE or REJECT with your evidence.',
  revise: `Your job is to revise the bookings so that they meet the critique: cancel what is wrong and book what is right. ${finish}`,
  decide:
    'Your job is to decide whether the bookings stand. Reply with exactly one ```answer block that holds the confirmation.',
  route: 'Your job is to route the work: name the kind of error (flight, hotel, date or number).',
}

export const namesStep = 'Name the first wrong step as a line: Conclusion: step N.'
export const mayAsk =
  'If something is missing, you may write a line that starts with QUESTION: and the analyst will answer.'

export const person = (text: string) => new HumanMessage(text)
export const relayed = (from: string, text: string) => new HumanMessage(`From: ${from}\n${text}`)

/** An agent of the little agency: who it is, what it is told, and whether it has tools. */
export type Agent = Readonly<{ id: string; job: Job; channel?: string; tools?: readonly unknown[] }>

/** How a trial goes. `call` may change which call is made, and `alter` what a tool says; turns count from 1. */
export type Trial = Readonly<{
  model: Model
  seed: number
  desk: Desk
  call?: (call: ToolCall, turn: number) => ToolCall
  alter?: (result: string, turn: number) => string
}>

export const trialOn = (world: LittleWorld, model: Model, seed: number): Trial => ({
  ...{ model, seed },
  desk: deskOf(world),
})

/** Lets one agent work until it says something; returns all its messages, the last one with its text. */
export async function work(
  { model, seed, desk, call = (made) => made, alter = (result) => result }: Trial,
  { id, job, channel = '', tools }: Agent,
  inbox: readonly BaseMessage[],
): Promise<readonly AIMessage[]> {
  let calls = 0
  const chat = model.create({ seed, caller: () => ({ agent: id, call: `${id}#${calls++}` }) })
  const bound = tools ? chat.bindTools?.([...tools] as never) : chat
  const system = `You are the ${id}. ${briefings[job]} ${channel}`.trim()
  const turns: BaseMessage[] = []
  const said: AIMessage[] = []
  while (said.length < 30) {
    const prompt = [{ role: 'system', content: system }, ...inbox, ...turns]
    const reply = (await bound?.invoke(prompt)) as AIMessage
    said.push(reply)
    const [wanted] = toolCallsOf(reply)
    if (!wanted) return said
    const made = call(wanted, said.length)
    turns.push(new AIMessage({ content: '', tool_calls: [made as never] }))
    const content = alter(runTool(desk, made.name, made.args), said.length)
    turns.push(new ToolMessage({ content, tool_call_id: wanted.id ?? '' }))
  }
  return said
}

/** The last text of an agent's work. */
export const wordsOf = (said: readonly AIMessage[]): string =>
  textOf(said.at(-1) ?? new AIMessage(''))

/** The calls that an agent wanted, by name. */
export const callsOf = (said: readonly AIMessage[]): readonly string[] =>
  said.flatMap((message) => toolCallsOf(message).map(({ name }) => name))

/** What the model reported about one message. */
export function notesOf(message: AIMessage | undefined): {
  events: string[]
  unread: string[]
  unsupported?: string
} {
  const { simulated } = (message?.response_metadata ?? {}) as { simulated?: never }
  return simulated ?? { events: [], unread: [] }
}

/** What is booked in the end, in the order of the words. */
export const booked = ({ desk }: Trial): readonly string[] => [...desk.bookings.values()].sort()

/** Analyst, engineer with tools, reviewer, who all read everything; returns all that was said. */
export async function team(trial: Trial, text: string): Promise<readonly AIMessage[]> {
  const analyst = await work(trial, { id: 'analyst', job: 'plan' }, [person(text)])
  const pool = [person(text), relayed('analyst', wordsOf(analyst))]
  const engineer = await work(trial, { id: 'engineer', job: 'produce', tools: offered }, pool)
  const all = [...pool, relayed('engineer', wordsOf(engineer))]
  return [...analyst, ...engineer, ...(await work(trial, { id: 'reviewer', job: 'decide' }, all))]
}
