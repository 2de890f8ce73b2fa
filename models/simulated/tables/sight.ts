import { roleOf } from '../../../core/messages.js'
import type { Readability } from '../kind-of-work.js'
import { callsIn, type PastCall, type PlacedCall, pastCalls } from '../own-turns.js'
import { self, speakerOf } from '../speaker.js'
import { toldCalls } from '../told-calls.js'
import type { Seen } from '../window.js'
import { type Correction, type Plan, type Statement, statementsIn } from './said.js'
import type { Step } from './steps.js'
import type { Column, Table } from './table.js'
import { readToolResult } from './tool-results.js'

/** One account of what is to be done: a question that was read, or a colleague's plan. */
export type Account = Plan &
  Readonly<{
    /** The sentence it was read from; null for a plan. */
    question: string | null
    speaker: string
    /** How much the speaker's word weighs: person 3, reviewer 2, colleague 1. */
    authority: number
    /** Place among all that was said; a later one is greater. */
    at: number
  }>

/** An answer that somebody gave, with the steps stated beside it. */
export type GivenAnswer = Readonly<{ text: string; speaker: string; plan: Plan | null; at: number }>

/** A verdict and what it was backed with. */
type Verdict = Readonly<{
  speaker: string
  approves: boolean
  corrections: readonly Correction[]
  at: number
}>

/** A step that somebody was told to do; null when the sentence is none. */
export type Instruction = Readonly<{
  sentence: string
  step: Step | null
  speaker: string
  at: number
}>

/** Everything that an agent can make out in its window. */
export type Sight = Readonly<{
  accounts: readonly Account[]
  answers: readonly GivenAnswer[]
  verdicts: readonly Verdict[]
  columns: readonly Column[]
  rowCount: number | null
  table: Table | null
  /** The question that a colleague asks in the newest message, if it does. */
  askedNow: string | null
  /** Whether this agent has asked before. */
  hasAsked: boolean
  past: readonly PastCall[]
  /** Steps that somebody was told to do, one at a time. */
  instructions: readonly Instruction[]
  /** All calls that it made itself, and those of a colleague that it was told of. */
  made: readonly PlacedCall[]
  told: readonly PlacedCall[]
  unread: readonly string[]
}>

type Heard = Readonly<{ speaker: string; statements: readonly Statement[]; at: number }>

/** Reads the window. `role` is the agent's own name, to tell its messages from those of colleagues. */
export function lookAt(seen: readonly Seen[], role: string): Sight {
  const heard = seen.flatMap(({ message, text }, at): readonly Heard[] => {
    if (roleOf(message) === 'tool') return []
    const speaker = speakerOf(message, role)
    return [{ speaker, statements: statementsIn(text), at }]
  })
  const past = pastCalls(seen, role)
  const others = heard.filter(({ speaker }) => speaker !== self)
  const all = others.flatMap(({ statements }) => statements)
  return {
    accounts: heard.flatMap(accountsOf),
    answers: heard.flatMap(answersOf),
    verdicts: heard.flatMap(verdictsOf),
    columns: last(all, 'columns')?.columns ?? [],
    rowCount: last(all, 'row-count')?.rows ?? null,
    table: last(all, 'rows')?.table ?? null,
    askedNow: askedBy(heard.at(-1)),
    hasAsked: heard.some(
      ({ speaker, statements }) =>
        speaker === self && statements.some(({ kind }) => kind === 'asks'),
    ),
    past,
    instructions: heard.flatMap(instructionsIn),
    made: callsIn(seen),
    told: toldCalls(seen),
    unread: [...new Set([...unreadIn(all), ...past.flatMap(unreadOf)])],
  }
}

/** How much of a text can be made out: nothing, something, or what work on tables consists of. */
export function readability(text: string): Readability {
  const kinds = statementsIn(text).map(({ kind }) => kind)
  if (kinds.some((kind) => workKinds.has(kind))) return 'work'
  return kinds.some((kind) => kind !== 'unread') ? 'something' : 'nothing'
}

const workKinds: ReadonlySet<Statement['kind']> = new Set(['question', 'plan', 'columns', 'rows'])

function last<Kind extends Statement['kind']>(statements: readonly Statement[], kind: Kind) {
  return statements.findLast(
    (statement): statement is Extract<Statement, { kind: Kind }> => statement.kind === kind,
  )
}

function accountsOf({ speaker, statements, at }: Heard): readonly Account[] {
  const reviewer = statements.some(({ kind }) => kind === 'verdict')
  const authority = speaker === 'person' ? 3 : reviewer ? 2 : 1
  return statements.flatMap((statement, place): readonly Account[] => {
    // Fractions keep the order within a message without knowing how long the others are.
    const said = { speaker, authority, at: at + place / (statements.length + 1) }
    if (statement.kind === 'plan') return [{ ...said, ...statement.plan, question: null }]
    if (statement.kind !== 'question') return []
    return [{ ...said, steps: statement.steps, broken: [], question: statement.text }]
  })
}

function answersOf({ speaker, statements, at }: Heard): readonly GivenAnswer[] {
  const answer = last(statements, 'answer')
  if (!answer) return []
  return [{ text: answer.text, speaker, plan: last(statements, 'plan')?.plan ?? null, at }]
}

function verdictsOf({ speaker, statements, at }: Heard): readonly Verdict[] {
  const verdict = statements.find((statement) => statement.kind === 'verdict')
  if (!verdict) return []
  const corrections = statements.flatMap((statement) =>
    statement.kind === 'correction' ? [statement.correction] : [],
  )
  return [{ speaker, approves: verdict.approves, corrections, at }]
}

function askedBy(newest: Heard | undefined): string | null {
  if (!newest || newest.speaker === self || newest.speaker === 'person') return null
  return last(newest.statements, 'asks')?.text ?? null
}

const instructionsIn = ({ speaker, statements, at }: Heard): readonly Instruction[] =>
  statements.flatMap((statement) =>
    statement.kind === 'instruction'
      ? [{ sentence: statement.sentence, step: statement.step, speaker, at }]
      : [],
  )

const unreadIn = (statements: readonly Statement[]) =>
  statements.flatMap((statement) => (statement.kind === 'unread' ? [statement.text] : []))

function unreadOf({ result }: PastCall): readonly string[] {
  const read = readToolResult(result)
  if (read.kind === 'rows') return read.torn
  return read.kind === 'unread' && result.trim() !== '' ? [result.trim().slice(0, 200)] : []
}
