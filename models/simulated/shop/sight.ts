import { roleOf } from '../../../core/messages.js'
import type { Readability } from '../kind-of-work.js'
import { type PastCall, pastCalls } from '../own-turns.js'
import { person, self, speakerOf } from '../speaker.js'
import { toldCalls } from '../told-calls.js'
import type { Seen } from '../window.js'
import { type Receipt, readPage } from './pages.js'
import { type Plan, type Statement, statementsIn } from './said.js'
import type { Step } from './steps.js'
import { type Heard, type Telling, tellingsIn } from './tellings.js'

/** A confirmation that somebody gave. */
export type Confirmation = Readonly<{ text: string; speaker: string }>

/** Everything that an agent can make out in its window. */
export type Sight = Readonly<{
  tellings: readonly Telling[]
  /** Lines of plans that say nothing that could be done. */
  broken: readonly string[]
  confirmations: readonly Confirmation[]
  /** The newest plan of a colleague. */
  plan: Plan | null
  /** The newest instruction of a colleague, and whether there is one at all. */
  instruction: Readonly<{ step: Step | null }> | null
  /** Whether a colleague asks something in the newest message. */
  isAsked: boolean
  hasAsked: boolean
  /** The own calls of this activation, and those that a colleague told of. */
  past: readonly PastCall[]
  told: readonly PastCall[]
  /** What was bought, as far as a result that the agent got itself says so. */
  receipt: Receipt | null
  unread: readonly string[]
}>

/** Reads the window. `role` is the agent's own name, to tell its messages from those of colleagues. */
export function lookAt(seen: readonly Seen[], role: string): Sight {
  const results = seen.filter(({ message }) => roleOf(message) === 'tool')
  const heard = seen.flatMap(({ message, text }, at): readonly Heard[] => {
    if (roleOf(message) === 'tool' || isPage(text)) return []
    return [{ speaker: speakerOf(message, role), statements: statementsIn(text), at }]
  })
  const own = heard.filter(({ speaker }) => speaker === self)
  const others = heard.filter(({ speaker }) => speaker !== self)
  const all = others.flatMap(({ statements }) => statements)
  const past = pastCalls(seen, role)
  const told = toldCalls(seen)
  const pages = [...past, ...told].map(({ result }) => readPage(result))
  return {
    tellings: heard.flatMap(tellingsIn),
    broken: all.flatMap((one) => (one.kind === 'plan' ? one.plan.broken : [])),
    confirmations: others.flatMap(({ speaker, statements }) => {
      const answer = last(statements, 'answer')
      return answer ? [{ text: answer.text, speaker }] : []
    }),
    plan: last(all, 'plan')?.plan ?? null,
    instruction: last(all, 'instruction') ?? null,
    isAsked: isQuestion(heard.at(-1)),
    hasAsked: own.some(({ statements }) => last(statements, 'asks') !== undefined),
    past,
    told,
    receipt: bestReceipt(results.flatMap(({ text }) => readPage(text).receipt ?? [])),
    unread: [...new Set([...unreadIn(all), ...pages.flatMap(({ torn }) => torn)])],
  }
}

/** The newest receipt that says what was bought, else one that only says that something was. */
const bestReceipt = (receipts: readonly Receipt[]): Receipt | null =>
  receipts.findLast(({ line }) => line !== '') ?? receipts.at(-1) ?? null

// What a colleague saw is read with the call that brought it.
const isPage = (text: string) => /^From: environment\n/.test(text)

/** How much of a text can be made out: nothing, something, or what work in a shop consists of. */
export function readability(text: string): Readability {
  const kinds = statementsIn(text).map(({ kind }) => kind)
  if (kinds.some((kind) => kind === 'request' || kind === 'plan')) return 'work'
  if (statementsIn(text).some((one) => one.kind === 'instruction' && one.step)) return 'work'
  return kinds.some((kind) => kind !== 'unread') ? 'something' : 'nothing'
}

function last<Kind extends Statement['kind']>(statements: readonly Statement[], kind: Kind) {
  return statements.findLast(
    (statement): statement is Extract<Statement, { kind: Kind }> => statement.kind === kind,
  )
}

function isQuestion(newest: Heard | undefined): boolean {
  if (!newest || newest.speaker === self || newest.speaker === person) return false
  return last(newest.statements, 'asks') !== undefined
}

const unreadIn = (statements: readonly Statement[]) =>
  statements.flatMap((statement) => (statement.kind === 'unread' ? [statement.text] : []))
