import { roleOf } from '../../../core/messages.js'
import type { Readability } from '../kind-of-work.js'
import { callsIn, type PastCall, type PlacedCall, pastCalls } from '../own-turns.js'
import { person, self, speakerOf } from '../speaker.js'
import { toldCalls } from '../told-calls.js'
import type { Seen } from '../window.js'
import { type Correction, type Plan, type Statement, statementsIn } from './said.js'
import type { Step } from './steps.js'
import { type Heard, type Telling, tellingsIn } from './tellings.js'
import { readResult } from './tool-results.js'

/** A step that says nothing, with who wrote it. */
export type BrokenStep = Readonly<{ sentence: string; speaker: string; at: number }>

/** A confirmation that somebody gave, with the steps stated beside it. */
export type Confirmation = Readonly<{
  text: string
  speaker: string
  plan: Plan | null
  at: number
}>

/** A verdict and what it was backed with. */
type Verdict = Readonly<{
  approves: boolean
  corrections: readonly Correction[]
  findings: readonly ('flight' | 'hotel')[]
  at: number
}>

/** A step that somebody was told to do; null when the sentence is none. */
type Instruction = Readonly<{
  sentence: string
  step: Step | null
  speaker: string
  at: number
}>

/** Everything that an agent can make out in its window. */
export type Sight = Readonly<{
  tellings: readonly Telling[]
  broken: readonly BrokenStep[]
  confirmations: readonly Confirmation[]
  /** The newest plan of a colleague. */
  plan: Plan | null
  verdicts: readonly Verdict[]
  today: string | null
  /** Whether a colleague asks something in the newest message. */
  isAsked: boolean
  /** Whether this agent has asked, or said anything at all, before. */
  hasAsked: boolean
  hasSpoken: boolean
  past: readonly PastCall[]
  /** Steps that somebody was told to do, one at a time. */
  instructions: readonly Instruction[]
  /** All calls that it made itself, and those of a colleague that it was told of. */
  made: readonly PlacedCall[]
  told: readonly PlacedCall[]
  unread: readonly string[]
}>

/** Reads the window. `role` is the agent's own name, to tell its messages from those of colleagues. */
export function lookAt(seen: readonly Seen[], role: string): Sight {
  const heard = seen.flatMap(({ message, text }, at): readonly Heard[] => {
    if (roleOf(message) === 'tool') return []
    return [{ speaker: speakerOf(message, role), statements: statementsIn(text), at }]
  })
  const past = pastCalls(seen, role)
  const own = heard.filter(({ speaker }) => speaker === self)
  const others = heard.filter(({ speaker }) => speaker !== self)
  const all = others.flatMap(({ statements }) => statements)
  return {
    tellings: heard.flatMap(tellingsIn),
    broken: others.flatMap(brokenIn),
    confirmations: others.flatMap(confirmationsOf),
    plan: last(all, 'plan')?.plan ?? null,
    verdicts: others.flatMap(verdictsOf),
    today: last(all, 'today')?.date ?? null,
    isAsked: isQuestion(heard.at(-1)),
    hasAsked: own.some(({ statements }) => last(statements, 'asks') !== undefined),
    hasSpoken: own.some(({ statements }) => statements.length > 0),
    past,
    instructions: heard.flatMap(instructionsIn),
    made: callsIn(seen),
    told: toldCalls(seen),
    unread: [
      ...new Set([...unreadIn(all), ...past.flatMap(({ result }) => readResult(result).torn)]),
    ],
  }
}

/** How much of a text can be made out: nothing, something, or what work on trips consists of. */
export function readability(text: string): Readability {
  const kinds = statementsIn(text).map(({ kind }) => kind)
  if (kinds.some((kind) => kind === 'request' || kind === 'plan')) return 'work'
  return kinds.some((kind) => kind !== 'unread') ? 'something' : 'nothing'
}

function last<Kind extends Statement['kind']>(statements: readonly Statement[], kind: Kind) {
  return statements.findLast(
    (statement): statement is Extract<Statement, { kind: Kind }> => statement.kind === kind,
  )
}

const brokenIn = ({ speaker, statements, at }: Heard): readonly BrokenStep[] =>
  statements.flatMap((statement) =>
    statement.kind === 'plan'
      ? statement.plan.broken.map((sentence) => ({ sentence, speaker, at }))
      : [],
  )

function confirmationsOf({ speaker, statements, at }: Heard): readonly Confirmation[] {
  const answer = last(statements, 'answer')
  return answer
    ? [{ text: answer.text, speaker, plan: last(statements, 'plan')?.plan ?? null, at }]
    : []
}

function verdictsOf({ statements, at }: Heard): readonly Verdict[] {
  const verdict = statements.find((statement) => statement.kind === 'verdict')
  if (!verdict) return []
  return [
    {
      approves: verdict.approves,
      corrections: statements.flatMap((one) => (one.kind === 'correction' ? [one.correction] : [])),
      findings: statements.flatMap((one) => (one.kind === 'finding' ? [one.about] : [])),
      at,
    },
  ]
}

function isQuestion(newest: Heard | undefined): boolean {
  if (!newest || newest.speaker === self || newest.speaker === person) return false
  return last(newest.statements, 'asks') !== undefined
}

const instructionsIn = ({ speaker, statements, at }: Heard): readonly Instruction[] =>
  statements.flatMap((statement) =>
    statement.kind === 'instruction'
      ? [{ sentence: statement.sentence, step: statement.step, speaker, at }]
      : [],
  )

const unreadIn = (statements: readonly Statement[]) =>
  statements.flatMap((statement) => (statement.kind === 'unread' ? [statement.text] : []))
