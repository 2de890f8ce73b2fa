import type { BaseMessage } from '@langchain/core/messages'
import { isMessage } from '../core/messages.js'

/**
 * The messages in a node's input or in a state, with the way to put others in their place.
 *
 * The schema of a state is the user's: the list of messages is found by its values, not by the name `messages`.
 */
export type FoundMessages = Readonly<{
  messages: readonly BaseMessage[]
  replace: (messages: readonly BaseMessage[]) => unknown
}>

/** The first list of messages in a value; null when it holds none. */
export function findMessages(value: unknown): FoundMessages | null {
  if (isMessage(value)) return { messages: [value], replace: ([first]) => first ?? value }
  if (Array.isArray(value)) {
    if (!value.some(isMessage)) return null
    return { messages: value.filter(isMessage), replace: (messages) => [...messages] }
  }
  if (typeof value !== 'object' || value === null) return null
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(member) || !member.some(isMessage)) continue
    return {
      messages: member.filter(isMessage),
      replace: (messages) => ({ ...value, [name]: [...messages] }),
    }
  }
  return null
}

/** A copy of an input with one message more; an empty list of messages is found by its usual name. */
export function appendMessage(input: unknown, message: BaseMessage): unknown {
  const found = findMessages(input)
  if (found) return found.replace([...found.messages, message])
  if (typeof input !== 'object' || input === null || !('messages' in input)) return input
  return Array.isArray(input.messages) ? { ...input, messages: [message] } : input
}

/** All messages anywhere in a value, one or two levels deep; empty when there are none. */
export function messagesIn(value: unknown): readonly BaseMessage[] {
  if (isMessage(value)) return [value]
  if (Array.isArray(value)) return value.filter(isMessage)
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap((member) =>
    isMessage(member) ? [member] : Array.isArray(member) ? member.filter(isMessage) : [],
  )
}
