import { type BaseMessage, HumanMessage } from '@langchain/core/messages'
import {
  inferred,
  leftOut,
  repairedFromOutside,
  restoredByProcess,
} from '../../core/evidence/loss.js'
import { beginsWell, type Exchange, exchanges } from '../../core/exchanges.js'
import type { PromptFault } from '../../core/fault.js'
import { plain, roleOf, said, textOf, withText } from '../../core/messages.js'
import type { Site } from '../../core/site.js'
import { facts } from '../../core/text/facts.js'
import { firstHalf, onlyProtected } from '../../core/text/forget.js'
import { lost } from '../../core/text/lost.js'
import { mentions } from '../../core/text/mentions.js'
import { occurrences } from '../../core/text/occurrences.js'

/**
 * One agent no longer has what it was told or saw earlier. Only what it reads is changed: the state, and what others read,
 * stays. What it forgets it forgets from there on.
 *
 * @example
 * [task, plan, question]  ->  [plan, question]
 */
export const memoryLoss: PromptFault = {
  id: 'memory-loss',
  abbreviation: 'ML',
  category: 'memory',
  injector: 'prompt',
  point: 'input',
  trigger: 'agent',
  summary: 'An agent works without something that it was told or saw earlier.',
  actsOn: 'messages that one agent was given before',
  parameters: {
    messages: {
      summary: 'How many of the oldest messages that matter are forgotten',
      default: 1,
      min: 1,
      max: 50,
      integer: true,
    },
  },
  example: {
    payload: [
      new HumanMessage('Book the ferry from Genoa at 14:30.'),
      new HumanMessage('From: planner\nThe budget is 40 EUR.'),
      new HumanMessage('From: clerk\nShall I book?'),
    ],
    site: { own: 'Yes: from Genoa at 14:30, for 40 EUR.' },
  },

  inject(messages, site) {
    const { messages: count = 1 } = site.parameters
    const kept = forgotten(messages, count, site)
    return isSame(kept, messages) ? null : kept
  },

  written: {
    instruction: () =>
      'Shorten the payload as one who remembers only its gist: details that the work needs are gone.',
    material: [],
    length: 'free',
    text(messages, site) {
      const at = firstForgotten(messages, site)
      return at === null ? null : textOf(messages[at] as BaseMessage)
    },
    apply(messages, site, text) {
      const gone = firstForgotten(messages, site)
      return messages.map((message, at) => (at === gone ? withText(message, text) : message))
    },
  },

  // An agent that has been told several things has more to forget than one that has just begun.
  prefers: (messages) => (exchanges(messages).length > 1 ? 0 : 1),

  effect: ({ before, after }, { own }) => forgottenFacts(before, after).some(mentions(own)),

  recoverable({ before, after }, { canAsk, taskReread, tools, readByOthers }) {
    if (canAsk !== 'nobody' || taskReread) return true
    const tellers = [...after, ...(tools.length > 0 ? before.filter(isResult) : [])]
    // What others read has gone into their work, what a tool said it can say again.
    const isKnown = mentions([readByOthers, ...tellers.map(textOf)].join('\n\n'))
    return forgottenFacts(before, after).every(isKnown)
  },

  behaviours: [
    {
      id: 'repairs-from-external-source',
      summary: 'A tool call or a question that the baseline lacks brings back what was forgotten.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'program',
      detects: true,
      find: repairedFromOutside,
    },
    {
      id: 'restores-memory-via-process',
      summary: 'What was forgotten stands in another message, or comes back through colleagues.',
      tiers: { mechanism: 'success' },
      by: 'program',
      detects: null,
      find: restoredByProcess,
    },
    {
      id: 'infers-lost-memory',
      summary: 'The agent states what it forgot although nobody told it again.',
      tiers: { reasoning: 'success' },
      by: 'heuristic',
      detects: null,
      find: inferred,
    },
    {
      id: 'avoids-lost-memory',
      summary: 'The goal is reached in another way that does not need what was forgotten.',
      tiers: { reasoning: 'success' },
      by: 'judge',
      detects: null,
    },
    {
      id: 'ignores-lost-memory',
      summary: 'The work goes on without what was forgotten, with another value or not at all.',
      tiers: { reasoning: 'failure' },
      by: 'heuristic',
      detects: false,
      find: leftOut,
    },
  ],
}

/** The messages without the oldest exchanges that hold something the agent used later. */
function forgotten(
  messages: readonly BaseMessage[],
  count: number,
  site: Site,
): readonly BaseMessage[] {
  const isUsed = mentions(site.own)
  const holds = (exchange: Exchange) =>
    exchange.some((at) => facts(saidIn(messages[at])).some(isUsed))
  let [left, gone] = [messages, 0]
  // The newest exchange is what the agent is answering: without it there would be no call.
  for (const exchange of exchanges(messages).slice(0, -1).filter(holds)) {
    if (gone >= count) break
    const less = withoutExchange(messages, left, exchange, site.protect)
    if (isSame(less, left)) continue
    left = less
    gone++
  }
  return gone > 0 ? left : withHalf(messages, isUsed, site.protect)
}

/** The message that a person or a colleague said and that the program would forget, or shorten, first. */
function firstForgotten(messages: readonly BaseMessage[], site: Site): number | null {
  const kept = forgotten(messages, 1, site)
  const at = messages.findIndex((message) => roleOf(message) === 'human' && !kept.includes(message))
  return at < 0 ? null : at
}

const isResult = (message: BaseMessage) => roleOf(message) === 'tool'

const isSame = (a: readonly BaseMessage[], b: readonly BaseMessage[]) =>
  a.length === b.length && a.every((message, at) => message === b[at])

const saidIn = (message: BaseMessage | undefined) => (message ? said(plain(message)) : '')

function withoutExchange(
  messages: readonly BaseMessage[],
  left: readonly BaseMessage[],
  exchange: Exchange,
  protect: readonly string[],
): readonly BaseMessage[] {
  const gone = new Set(exchange.map((at) => messages[at]))
  const others = left.filter((message) => !gone.has(message))
  const isElsewhere = (string: string) =>
    others.some((message) => occurrences(textOf(message), string).length > 0)
  const needed = protect.filter((string) => !isElsewhere(string))
  const shortened = left.flatMap((message) => {
    if (!gone.has(message)) return [message]
    const rest = roleOf(message) === 'human' ? onlyProtected(textOf(message), needed) : ''
    if (rest !== '') return [rest === textOf(message) ? message : withText(message, rest)]
    return needed.some((string) => textOf(message).includes(string)) ? [message] : []
  })
  if (beginsWell(shortened)) return shortened
  // A conversation cannot begin with an answer: what was answered then is forgotten with it, if that is not now.
  const newest = exchanges(shortened).at(-1)?.[0] ?? 0
  const from = shortened.findIndex((message) => roleOf(message) === 'human')
  const isOver = from > 0 && from <= newest && needed.length === 0
  if (isOver) return shortened.filter((message, at) => at >= from || roleOf(message) === 'system')
  return left.map((message) => (gone.has(message) ? halved(message, protect) : message))
}

function halved(message: BaseMessage, protect: readonly string[]): BaseMessage {
  const half = roleOf(message) === 'human' ? firstHalf(textOf(message), protect) : null
  return half === null ? message : withText(message, half)
}

/** With nothing else to forget, the last half of the first message whose last half matters. */
function withHalf(
  messages: readonly BaseMessage[],
  isUsed: ReturnType<typeof mentions>,
  protect: readonly string[],
): readonly BaseMessage[] {
  const at = messages.findIndex((message) => {
    const half = halved(message, protect)
    return half !== message && lost(textOf(message), textOf(half)).some(isUsed)
  })
  return messages.map((message, here) => (here === at ? halved(message, protect) : message))
}

/** The facts of all that is gone, wherever else they may still stand. */
function forgottenFacts(before: readonly BaseMessage[], after: readonly BaseMessage[]) {
  const [then, now] = [before.map(saidIn), after.map(saidIn)]
  // What a message was shortened to is still remembered.
  const isLeft = mentions(now.filter((text) => !then.includes(text)).join('\n\n'))
  return then
    .filter((text) => !now.includes(text))
    .flatMap((text) => facts(text))
    .filter((fact) => !isLeft(fact))
}
