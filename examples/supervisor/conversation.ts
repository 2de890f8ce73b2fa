import type { BaseMessage } from '@langchain/core/messages'
import { digits, type Need, type Question, readQuestion } from './question.js'

/** What each fact is called by the tools and by the clerks, with the number last. */
export const facts = {
  price: {
    tool: 'item_price',
    read: (item: string) => `Item ${item} costs ${digits} euros`,
    stated: (name: string) => `price of ${name} is ${digits} euros`,
    says: (name: string, value: number) => `The price of ${name} is ${value} euros apiece.`,
  },
  stock: {
    tool: 'stock_level',
    read: (item: string) => `Item ${item} has ${digits} pieces`,
    stated: (name: string) => `stock of ${name} is ${digits} pieces`,
    says: (name: string, value: number) => `The stock of ${name} is ${value} pieces.`,
  },
}

/** What a pattern last caught in the conversation: whoever spoke last is believed. */
export function lastCaught(pattern: RegExp, messages: readonly BaseMessage[]): string | null {
  const said = messages.filter((message) => message.getType() !== 'system')
  return said.flatMap(({ text }) => [...text.matchAll(pattern)]).at(-1)?.[1] ?? null
}

/** The number that a pattern last caught; null when nobody said one. */
export function lastNumber(
  pattern: string | RegExp,
  messages: readonly BaseMessage[],
): number | null {
  const caught = lastCaught(new RegExp(pattern, 'gi'), messages)
  return caught === null ? null : Number(caught)
}

/** The last question of the customer that can be understood. */
export function questionIn(messages: readonly BaseMessage[]): Question | null {
  const asked = messages.filter((message) => message.getType() === 'human')
  return (
    asked.map(({ text }) => readQuestion(text)).findLast((question) => question !== null) ?? null
  )
}

/** What was last stated of a fact by anyone; null when nobody did. */
export const statedFact = ({ fact, name }: Need, messages: readonly BaseMessage[]) =>
  lastNumber(facts[fact].stated(name), messages)

/** Tools answer one message each, so their number is how long somebody has been at it. */
export const triesIn = (messages: readonly BaseMessage[]) =>
  messages.filter((message) => message.getType() === 'tool').length
