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
          textOf(message).replace(taskText, () => changed),
        )
      : message,
  )
}
