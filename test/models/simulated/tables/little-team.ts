import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { textOf, toolCallsOf } from '../../../../core/messages.js'
import type { Model } from '../../../../core/model.js'
import type { Job } from '../../../../core/system.js'
import { type LittleTable, offered, runTool } from './little-tables.js'

/** What each job means, in the words that systems put into system messages. */
export const briefings: Readonly<Partial<Record<Job, string>>> = {
  plan: 'Your job is to plan: write the steps that answer the question as one ```ops block.',
  produce:
    'Your job is to produce the answer. Use the tools to carry out the steps. Reply with exactly one ```answer block that holds the answer alone.',
  review:
    'Your job is to review the answer: work it out yourself from the table, then write APPROVE or REJECT with your evidence.',
  revise:
    'Your job is to revise the answer so that it meets the critique. Use the tools. Reply with exactly one ```answer block that holds the answer alone.',
  decide:
    'Your job is to decide which answer is right. Reply with exactly one ```answer block that holds the answer alone.',
  route: 'Your job is to route the work: name the kind of error (row, column or final step).',
}

export const namesStep = 'Name the first wrong step as a line: Conclusion: step N.'
export const mayAsk =
  'If something is missing, you may write a line that starts with QUESTION: and the analyst will answer.'

export const person = (text: string) => new HumanMessage(text)
export const relayed = (from: string, text: string) => new HumanMessage(`From: ${from}\n${text}`)

/** An agent of the little team: who it is, what it is told, and whether it has tools. */
export type Agent = Readonly<{ id: string; job: Job; channel?: string; tools?: readonly unknown[] }>

/** How a trial of the little team goes. `alter` may change what a tool says. */
export type Trial = Readonly<{
  model: Model
  seed: number
  table: LittleTable
  alter?: (result: string, turn: number) => string
}>

/** Lets one agent work until it says something; returns all its messages, the last one with its text. */
export async function work(
  { model, seed, table, alter = (result) => result }: Trial,
  { id, job, channel = '', tools }: Agent,
  inbox: readonly BaseMessage[],
): Promise<readonly AIMessage[]> {
  let call = 0
  const chat = model.create({ seed, caller: () => ({ agent: id, call: `${id}#${call++}` }) })
  const bound = tools ? chat.bindTools?.([...tools] as never) : chat
  const system = `You are the ${id}. ${briefings[job]} ${channel}`.trim()
  const turns: BaseMessage[] = []
  const said: AIMessage[] = []
  while (said.length < 20) {
    const reply = (await bound?.invoke([
      { role: 'system', content: system },
      ...inbox,
      ...turns,
    ])) as AIMessage
    said.push(reply)
    turns.push(reply)
    const calls = toolCallsOf(reply)
    if (calls.length === 0) return said
    for (const { id: toolCallId = '', name, args } of calls) {
      const content = alter(runTool(table, name, args), said.length)
      turns.push(new ToolMessage({ content, tool_call_id: toolCallId }))
    }
  }
  return said
}

/** The last text of an agent's work. */
export const wordsOf = (said: readonly AIMessage[]): string =>
  textOf(said.at(-1) ?? new AIMessage(''))

/** The content of the last answer block; null when there is none. */
export const answerIn = (text: string): string | null =>
  [...text.matchAll(/^```answer\n([\s\S]*?)\n```$/gm)].at(-1)?.[1] ?? null

/** What the model reported about one message. */
export function notesOf(message: AIMessage | undefined): {
  events: string[]
  unread: string[]
  unsupported?: string
} {
  const { simulated } = (message?.response_metadata ?? {}) as { simulated?: never }
  return simulated ?? { events: [], unread: [] }
}

/** Analyst, engineer with tools, reviewer; the pool lets everybody read everything. */
export async function team(trial: Trial, text: string): Promise<string | null> {
  const analyst = wordsOf(await work(trial, { id: 'analyst', job: 'plan' }, [person(text)]))
  const pool = [person(text), relayed('analyst', analyst)]
  const engineer = wordsOf(
    await work(trial, { id: 'engineer', job: 'produce', tools: offered }, pool),
  )
  const all = [...pool, relayed('engineer', engineer)]
  return answerIn(wordsOf(await work(trial, { id: 'reviewer', job: 'decide' }, all)))
}
