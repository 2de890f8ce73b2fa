import type { BaseMessage } from '@langchain/core/messages'
import { roleOf, textOf } from '../messages.js'
import type { Site } from '../site.js'

/** What was said to others, and what of it only repeats a question. */
export type Spoken = Readonly<{ text: string; echo: string }>

/**
 * The text that an agent handed to another one, or that a tool answered. Null when nobody else gets it, or when there is
 * no text, as in a message that only calls tools.
 */
export function spoken(
  message: BaseMessage,
  { handsOver, taskText }: Pick<Site, 'handsOver' | 'taskText'>,
): Spoken | null {
  const role = roleOf(message)
  const counts = role === 'tool' || (role === 'ai' && handsOver)
  const text = counts ? textOf(message) : ''
  return text.trim() === '' ? null : { text, echo: role === 'tool' ? taskText : '' }
}
