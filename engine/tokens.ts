import type { AIMessage, BaseMessage } from '@langchain/core/messages'
import { plain, said } from '../core/messages.js'

/** Tokens of one call: what the provider says, else characters of prompt and reply divided by four. */
export function tokensOf(prompt: readonly BaseMessage[], reply: AIMessage): number {
  const { usage_metadata: usage } = reply as unknown as {
    usage_metadata?: { total_tokens: number }
  }
  const counted = usage?.total_tokens
  if (counted !== undefined) return counted
  return tokensIn([...prompt, reply])
}

/** Tokens of messages: their characters divided by four. */
export function tokensIn(messages: readonly BaseMessage[]): number {
  const characters = messages.reduce((sum, message) => sum + said(plain(message)).length, 0)
  return Math.ceil(characters / 4)
}
