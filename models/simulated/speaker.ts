import type { BaseMessage } from '@langchain/core/messages'
import { roleOf, textOf } from '../../core/messages.js'

/** The speaker of one's own messages. */
export const self = ''

/** The speaker of the person who gave the task. */
export const person = 'person'

/** Who said a message: the sender of a relayed one, the person, or the agent itself. */
export function speakerOf(message: BaseMessage, role: string): string {
  const relayed = /^From: (\S+)/.exec(textOf(message))?.[1]
  if (relayed !== undefined) return relayed
  if (roleOf(message) === 'human') return person
  return message.name && role && message.name !== role ? message.name : self
}
