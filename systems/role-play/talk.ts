import { type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { roleOf, textOf, toolCallsOf } from '../../core/messages.js'
import { newestOf, relay, speakerOf, turnsOf } from '../messages.js'

/** How the user is told to instruct. */
export const instructing =
  'Your colleague is assistant (act), who knows only what you write. End with one line Instruction: SENTENCE for the next step, or with the line TASK_DONE.'

/** How the assistant is told to act. */
export const acting =
  'Do what the newest instruction says: one call of a tool, or, when nothing is to be called, what you have so far.'

/** What an assistant is told that gives instructions. */
export const flipped = new HumanMessage({
  content:
    'Reply with exactly one call of a tool, or with what you have so far: act, do not instruct.',
  id: 'flipped',
})

/** Whether an assistant speaks as if it were the user. */
export const isFlipped = (reply: BaseMessage): boolean => /^\W*Instruction:/i.test(textOf(reply))

/** Whether the user has said that the work is done. The assistant saying so ends nothing. */
export function isDone(messages: readonly BaseMessage[]): boolean {
  const newest = newestOf(messages, 'user')
  return newest !== undefined && /\bTASK_DONE\b/.test(textOf(newest))
}

/** Whether the newest word of the assistant is for the environment: a call, or an attempt that left nothing. */
export function isAction(messages: readonly BaseMessage[]): boolean {
  const newest = newestOf(messages, 'assistant')
  return newest !== undefined && (toolCallsOf(newest).length > 0 || textOf(newest).trim() === '')
}

/** Whether the user has instructed as often as it may: with tools every step takes a turn. */
export const isSpent = (messages: readonly BaseMessage[], hasTools: boolean): boolean =>
  turnsOf(messages, 'user') >= (hasTools ? 15 : 8)

/** The talk as the assistant has it: its own calls and what came of them in the form that models expect. */
export const asAssistant = (messages: readonly BaseMessage[]): readonly BaseMessage[] =>
  messages
    .filter((message) => speakerOf(message) !== 'task')
    .map((message) =>
      speakerOf(message) === 'assistant' || roleOf(message) === 'tool'
        ? message
        : relay(message, 'assistant'),
    )

/** The talk as the user hears it: what the assistant calls, each call with what came of it. */
export const asUser = (messages: readonly BaseMessage[]): readonly BaseMessage[] =>
  messages
    .filter((message) => roleOf(message) !== 'tool')
    .flatMap((message) => {
      const calls = toolCallsOf(message).flatMap(({ id, name, args }) => [
        heard('assistant', `I call ${name} with ${JSON.stringify(args)}.`),
        ...messages.filter((result) => callOf(result) === id).map(fromEnvironment),
      ])
      const isSilent = calls.length > 0 && textOf(message).trim() === ''
      return isSilent ? calls : [relay(message, 'user'), ...calls]
    })

const heard = (from: string, text: string) => new HumanMessage(`From: ${from}\n${text}`)

const fromEnvironment = (result: BaseMessage) => heard('environment', textOf(result))

/** The call that a message is the result of. */
export const callOf = (message: BaseMessage): string | undefined =>
  (message as { tool_call_id?: string }).tool_call_id

const hasFailed = (message: BaseMessage) => (message as { status?: string }).status === 'error'

/** The talk without calls that failed, as if they had never been made. */
export function withoutFailures(messages: readonly BaseMessage[]): readonly BaseMessage[] {
  const failed = new Set(messages.filter(hasFailed).map(callOf))
  return messages.filter(
    (message) =>
      !failed.has(callOf(message) ?? '') &&
      !toolCallsOf(message).some(({ id }) => failed.has(id ?? '')),
  )
}
