import type { BaseMessage } from '@langchain/core/messages'
import { roleOf, textOf, toolCallsOf } from '../../core/messages.js'

/** A message as far as the model attends to it. */
export type Seen = Readonly<{ message: BaseMessage; text: string }>

/** What the model attends to, and how full that makes it (0 to 1). */
export type Window = Readonly<{ system: string; seen: readonly Seen[]; load: number }>

/** Tokens of a text: its characters divided by four, as everywhere here. */
export const tokensOf = (text: string): number => Math.ceil(text.length / 4)

/** Tokens of a message with its tool calls. */
export function tokensOfMessage(message: BaseMessage): number {
  const calls = toolCallsOf(message).map(({ name, args }) => `${name}${JSON.stringify(args)}`)
  return tokensOf(textOf(message) + calls.join(''))
}

/** Keeps the system message and the newest messages until the window is full; the last one that fits is cut. */
export function lookThrough(messages: readonly BaseMessage[], size: number): Window {
  const system = messages.filter((message) => roleOf(message) === 'system').map(textOf)
  const spoken = messages.filter((message) => roleOf(message) !== 'system')
  const all = messages.reduce((sum, message) => sum + tokensOfMessage(message), 0)
  let left = size - tokensOf(system.join('\n'))
  const seen: Seen[] = []
  for (const message of spoken.toReversed()) {
    const text = textOf(message)
    const fits = tokensOfMessage(message) <= left
    const kept = fits ? text : newestPart(text, left)
    if (kept === '' && !fits) break
    seen.unshift({ message, text: kept })
    left -= tokensOfMessage(message)
    if (!fits) break
  }
  return { system: system.join('\n'), seen, load: Math.min(1, all / size) }
}

/** The last whole lines of a text that fit. The line that names the sender stays, as it is part of the envelope. */
function newestPart(text: string, tokens: number): string {
  const room = Math.max(0, tokens * 4)
  const from = text.indexOf('\n', Math.max(0, text.length - room - 1))
  if (from < 0 || room === 0) return ''
  const sender = /^From: [^\n]*\n/.exec(text)?.[0] ?? ''
  return sender + text.slice(from + 1)
}
