import { type AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { textOf } from '../../../../core/messages.js'
import type { Model } from '../../../../core/model.js'
import type { Task } from '../../../../core/scenario.js'
import type { Job } from '../../../../core/system.js'
import { resultOf } from '../../../../models/simulated/code/examples.js'
import { readProgram } from '../../../../models/simulated/code/program.js'
import { briefings } from '../../../../scenarios/code-rules/briefings.js'
import { resultOf as resultBy } from '../../../../scenarios/code-rules/rules.js'
import { originOf, tasks } from '../../../../scenarios/code-rules/tasks.js'
import { assignmentOf } from '../../../../scenarios/code-rules/work.js'

export const namesStep = 'Name the first wrong step as a line: Conclusion: step N.'
export const mayAsk =
  'If something is missing, you may write a line that starts with QUESTION: and the analyst will answer.'

export const person = (text: string) => new HumanMessage(text)
export const relayed = (from: string, text: string) => new HumanMessage(`From: ${from}\n${text}`)

/** The first tasks of the scenario, made once. */
export const someTasks: readonly Task[] = tasks({ count: 40, seed: 7 })

/** One task that is easy to talk about, with examples that show every rule. */
export const parking = [
  'Write a JavaScript function `parkingFee(hours, days)`.',
  '',
  '## Rules',
  'Apply additions first, then multiplications, then limits, then rounding.',
  '- Start from a base of 14.',
  '- Each unit of hours costs 3.',
  '- When days exceeds 12, a flat surcharge of 7 is added.',
  '- If hours is above 9, add 4 for each unit above 9.',
  '- From 11 days on, the result is multiplied by 1.25.',
  '- The result is capped at 120.',
  '- Round the result down to a whole number.',
  '',
  '## Examples',
  '- parkingFee(3, 2) returns 23',
  '- parkingFee(12, 3) returns 62',
  '- parkingFee(5, 14) returns 45',
  '- parkingFee(5, 11) returns 36',
  '- parkingFee(33, 2) returns 120',
].join('\n')

export const parkingProgram = [
  'function parkingFee(hours, days) {',
  '  let r = 14;',
  '  r += 3 * hours;',
  '  if (days > 12) r += 7;',
  '  if (hours > 9) r += 4 * (hours - 9);',
  '  if (days >= 11) r *= 1.25;',
  '  r = Math.min(r, 120);',
  '  r = Math.floor(r);',
  '  return r;',
  '}',
].join('\n')

/** An agent of the little office: who it is and what it is told. */
export type Agent = Readonly<{ id: string; job: Job; channel?: string }>

/** Who answers, and with which luck. */
export type Trial = Readonly<{ model: Model; seed: number }>

/** What an agent says to what it reads. */
export async function ask(
  { model, seed }: Trial,
  { id, job, channel = '' }: Agent,
  inbox: readonly BaseMessage[],
): Promise<AIMessage> {
  const chat = model.create({ seed, caller: () => ({ agent: id, call: id }) })
  const system = `You are the ${id}. ${briefings[job]} ${channel}`.trim()
  return (await chat.invoke([{ role: 'system', content: system }, ...inbox])) as AIMessage
}

/** The words of what an agent says. */
export const words = async (...asked: Parameters<typeof ask>): Promise<string> =>
  textOf(await ask(...asked))

/** What the model reported about one message. */
export function notesOf(message: AIMessage): {
  events: string[]
  unread: string[]
  unsupported?: string
} {
  const { simulated } = (message.response_metadata ?? {}) as { simulated?: never }
  return simulated ?? { events: [], unread: [] }
}

/** The last program of a text; null when there is none. */
export const programIn = (text: string): string | null =>
  [...text.matchAll(/^```js\n([\s\S]*?)\n```$/gm)].at(-1)?.[1] ?? null

/** What a task asks for, drawn once: that takes longer than all the rest. */
const assignments = new Map(someTasks.map((task) => [task, assignmentOf(originOf(task))]))

/** Whether the last program of a text returns what the task demands, for all inputs that only the oracle knows. */
export function isRight(task: Task, text: string): boolean {
  const program = readProgram(programIn(text) ?? '')
  const assignment = assignments.get(task)
  if (!program || !assignment) return false
  return [...assignment.shown, ...assignment.hidden].every(
    (input) =>
      Math.abs(resultOf(program.rules, program.parameters, input) - resultBy(assignment, input)) <
      1e-9,
  )
}

/** The share of things that hold. */
export const share = (holds: readonly boolean[]): number =>
  holds.filter(Boolean).length / holds.length

/** Changes what the analyst hands to the engineer. */
export type Alter = (text: string, task: Task) => string

/** Analyst, engineer, reviewer; with a pool everybody reads everything, without it each reads the one before. */
export async function line(
  trial: Trial,
  task: Task,
  { hasPool = true, alter = (text) => text }: Readonly<{ hasPool?: boolean; alter?: Alter }> = {},
): Promise<readonly string[]> {
  const asked = person(task.text)
  const said = await words(trial, { id: 'analyst', job: 'plan' }, [asked])
  const plan = relayed('analyst', alter(said, task))
  const read = (...messages: readonly BaseMessage[]) =>
    hasPool ? [asked, plan, ...messages] : messages
  const code = await words(
    trial,
    { id: 'engineer', job: 'produce' },
    read(...(hasPool ? [] : [plan])),
  )
  const draft = relayed('engineer', code)
  return [said, code, await words(trial, { id: 'reviewer', job: 'decide' }, read(draft))]
}
