import type { BaseMessage } from '@langchain/core/messages'
import { facts, lastCaught, lastNumber, questionIn, statedFact, triesIn } from './conversation.js'
import { digits, type Need, type Sum } from './question.js'

/** What an agent says, with or without the one tool call that it makes. */
export type Reply = Readonly<{
  text: string
  call?: Readonly<{ name: string; args: Readonly<Record<string, unknown>> }>
}>

/** Part of the desk's work; sees the conversation and nothing else. */
type Clerk = (messages: readonly BaseMessage[]) => Reply

const words = { multiply: 'times', add: 'plus', subtract: 'minus', discount: 'less' }

const noQuestion: Reply = { text: 'I cannot make out what the customer wants.' }

/** Hands the question to whoever can bring it forward, and answers it once the result was stated. */
const supervisor: Clerk = (messages) => {
  const question = questionIn(messages)
  if (!question) return noQuestion
  const result = lastNumber(question.stated, messages)
  if (result !== null) return { text: `${question.says(result)}\nANSWER: ${result}` }
  if (triesIn(messages) >= 6)
    return { text: 'My colleagues could not settle this, so I cannot say.' }
  const missing = question.needs.find((need) => statedFact(need, messages) === null)
  return missing
    ? {
        text: `The ${missing.fact} of ${missing.name} must be looked up first.`,
        call: { name: 'transfer_to_stock', args: {} },
      }
    : {
        text: 'All is looked up; now it must be reckoned.',
        call: { name: 'transfer_to_billing', args: {} },
      }
}

/** The next look-up for a fact, or the fact. */
function lookUp({ fact, name }: Need, messages: readonly BaseMessage[]): number | Reply {
  const item = lastCaught(new RegExp(`\\b${name} are item (\\w+)`, 'gi'), messages)
  if (item === null) {
    return { text: `I look for ${name}.`, call: { name: 'find_item', args: { name } } }
  }
  const value = lastNumber(facts[fact].read(item), messages)
  if (value !== null) return value
  return {
    text: `I look up the ${fact} of ${name}.`,
    call: { name: facts[fact].tool, args: { item } },
  }
}

/** Looks up what the question needs and nobody has stated yet, one call at a time. */
const stock: Clerk = (messages) => {
  const question = questionIn(messages)
  if (!question) return noQuestion
  const statements: string[] = []
  for (const need of question.needs) {
    const found = statedFact(need, messages) ?? lookUp(need, messages)
    if (typeof found === 'number') statements.push(facts[need.fact].says(need.name, found))
    else if (triesIn(messages) < 12) return found
    else return { text: `I cannot find the ${need.fact} of ${need.name}.` }
  }
  return { text: statements.join(' ') }
}

const inWords = ({ tool, a, b }: Sum) =>
  `${a} ${words[tool]} ${b}${tool === 'discount' ? ' percent' : ''}`

/** What came out of a sum; only for just these numbers, so 112 times 40 is no answer to 12 times 40. */
const resultOf = (sum: Sum, messages: readonly BaseMessage[]) =>
  lastNumber(`(?<![\\d.-])${inWords(sum).replaceAll('.', '\\.')} is ${digits}`, messages)

const reckon = (sum: Sum): Reply => ({
  text: `I reckon ${inWords(sum)}.`,
  call: { name: sum.tool, args: { a: sum.a, b: sum.b } },
})

/** Reckons with the numbers that colleagues stated, one call at a time. */
const billing: Clerk = (messages) => {
  const question = questionIn(messages)
  if (!question) return noQuestion
  const found: number[] = []
  for (const need of question.needs) {
    const value = statedFact(need, messages)
    if (value === null) return { text: `Nobody has told me the ${need.fact} of ${need.name}.` }
    found.push(value)
  }
  const results: number[] = []
  for (const step of question.steps) {
    const sum = step(found, results)
    const result = resultOf(sum, messages)
    if (result !== null) results.push(result)
    else if (triesIn(messages) >= 16) return { text: 'I cannot get this sum done.' }
    else return reckon(sum)
  }
  return { text: question.says(results.at(-1) ?? Number.NaN) }
}

const clerks = new Map<string, Clerk>([
  ['supervisor', supervisor],
  ['stock clerk', stock],
  ['billing clerk', billing],
])

/** What the agent that these messages belong to says next. Its prompt says who it is, and the last word on that counts. */
export function replyTo(messages: readonly BaseMessage[]): Reply {
  const prompt = messages.filter((message) => message.getType() === 'system')
  const roles = prompt.flatMap(({ text }) => [
    ...text.matchAll(/\byou are the (supervisor|stock clerk|billing clerk)\b/gi),
  ])
  const clerk = clerks.get(roles.at(-1)?.[1]?.toLowerCase() ?? '')
  return clerk ? clerk(messages) : { text: 'I do not know what my part in this is.' }
}
