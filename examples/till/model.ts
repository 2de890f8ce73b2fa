import { SimpleChatModel } from '@langchain/core/language_models/chat_models'
import type { BaseMessage } from '@langchain/core/messages'

/** Pieces, the price of one, and what they cost together. */
export type Total = Readonly<{ pieces: number; price: number; total: number }>

/** The total that a text asks for or states; null when there is none in it. */
export function totalIn(text: string): Total | null {
  const asked = /What do (\d+) \w+ at (\d+) euros cost/.exec(text)
  const stated = /total of (\d+) at (\d+) euros is (\d+) euros/.exec(text)
  const [, pieces, price, total] = (stated ?? asked ?? []).map(Number)
  if (pieces === undefined || price === undefined) return null
  return { pieces, price, total: total ?? pieces * price }
}

/** A chat model that answers by fixed rules, so that the till runs without a key; any other one can take its place. */
export class TillModel extends SimpleChatModel {
  constructor() {
    super({ maxRetries: 0 })
  }

  _llmType(): string {
    return 'till'
  }

  async _call(messages: BaseMessage[]): Promise<string> {
    const texts = messages.map(({ text }) => text)
    const role = texts.findLast((text) => /^You are the \w+/.test(text)) ?? ''
    return role.includes('cashier') ? pay(texts) : reckon(texts)
  }
}

function reckon(texts: readonly string[]): string {
  const asked = texts.map(totalIn).find((total) => total !== null)
  if (!asked) return 'I cannot make out what is bought.'
  return `The total of ${asked.pieces} at ${asked.price} euros is ${asked.total} euros.`
}

/** The last total that was stated; reckoned anew where it is about other goods than the question. */
function pay(texts: readonly string[]): string {
  const totals = texts.map(totalIn).filter((total) => total !== null)
  const [stated, question] = [totals.at(-1), totals[0]]
  if (!stated || !question) return 'I cannot make out what is to be paid.'
  const isOther = stated.pieces !== question.pieces || stated.price !== question.price
  return `That is to be paid.\nANSWER: ${isOther ? question.total : stated.total}`
}
