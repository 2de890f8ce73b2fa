import type { BaseMessage } from '@langchain/core/messages'
import { roleOf, textOf, withText } from './messages.js'

/** Whether a message puts the task to an agent: a person's or a colleague's, with the whole text of the task in it. */
export const holdsTask = (message: BaseMessage, taskText: string): boolean =>
  taskText !== '' && roleOf(message) === 'human' && textOf(message).includes(taskText)

/** The messages with another text of the task wherever it stands; null when it stands nowhere. */
export function withTask(
  messages: readonly BaseMessage[],
  taskText: string,
  changed: string,
): readonly BaseMessage[] | null {
  if (!messages.some((message) => holdsTask(message, taskText))) return null
  return messages.map((message) =>
    holdsTask(message, taskText)
      ? withText(
          message,
          textOf(message).replaceAll(taskText, () => changed),
        )
      : message,
  )
}

/** What the task has become in messages that held it; null when it stands there as it was. */
export function taskAfter(
  before: readonly BaseMessage[],
  after: readonly BaseMessage[],
  taskText: string,
): string | null {
  const at = before.findIndex((message) => holdsTask(message, taskText))
  const [then, now] = [before[at], after[at]]
  if (!then || !now) return null
  const between = textOf(then).split(taskText)
  const places = between.length - 1
  // All that is longer or shorter is so by the task, which is the same at each of its places.
  const length = (textOf(now).length - between.join('').length) / places
  const start = between[0]?.length ?? 0
  const text = textOf(now).slice(start, start + Math.max(0, length))
  return text === taskText ? null : text
}
