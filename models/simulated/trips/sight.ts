import { roleOf } from '../../../core/messages.js'
import type { Readability } from '../kind-of-work.js'
import { type PastCall, pastCalls } from '../own-turns.js'
import { person, self, speakerOf } from '../speaker.js'
import type { Seen } from '../window.js'
import type { Fact } from './facts.js'
import { type Correction, type Plan, type Statement, statementsIn } from './said.js'
import { sentenceOf } from './steps.js'
import { readResult } from './tool-results.js'

/** One fact as somebody told it. */
export type Telling = Fact &
  Readonly<{
    /** The sentence that states it. */
    sentence: string
    /** Whether it stands in a request or in a step of a plan. */
    in: 'request' | 'plan'
    speaker: string
    /** How much the speaker's word weighs: person 3, reviewer 2, colleague 1. */
    authority: number
    /** Place among all that was said; a later one is greater, and the whole part is the message. */
    at: number
  }>

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
  unread: readonly string[]
}>

type Heard = Readonly<{ speaker: string; statements: readonly Statement[]; at: number }>

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
    tellings: heard.flatMap(tellingsOf),
    broken: others.flatMap(brokenIn),
    confirmations: others.flatMap(confirmationsOf),
    plan: last(all, 'plan')?.plan ?? null,
    verdicts: others.flatMap(verdictsOf),
    today: last(all, 'today')?.date ?? null,
    isAsked: isQuestion(heard.at(-1)),
    hasAsked: own.some(({ statements }) => last(statements, 'asks') !== undefined),
    hasSpoken: own.some(({ statements }) => statements.length > 0),
    past,
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

function tellingsOf({ speaker, statements, at }: Heard): readonly Telling[] {
  const isReviewer = statements.some(({ kind }) => kind === 'verdict')
  const authority = speaker === person ? 3 : isReviewer ? 2 : 1
  const said = statements.flatMap((statement): readonly Omit<Telling, 'at'>[] => {
    const by = { speaker, authority }
    if (statement.kind === 'request') {
      const { sentence, facts } = statement
      return facts.map((fact) => ({ ...fact, ...by, sentence, in: 'request' as const }))
    }
    const steps = statement.kind === 'plan' ? statement.plan.steps : []
    const corrected = statement.kind === 'correction' ? [statement.correction.step] : []
    return [...steps, ...corrected].flatMap((step) =>
      step.facts.map((fact) => ({
        ...fact,
        ...by,
        sentence: sentenceOf(step),
        in: 'plan' as const,
      })),
    )
  })
  // Fractions keep the order within a message without knowing how long the others are.
  return said.map((telling, place) => ({ ...telling, at: at + place / (said.length + 1) }))
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

function verdictsOf({ statements }: Heard): readonly Verdict[] {
  const verdict = statements.find((statement) => statement.kind === 'verdict')
  if (!verdict) return []
  return [
    {
      approves: verdict.approves,
      corrections: statements.flatMap((one) => (one.kind === 'correction' ? [one.correction] : [])),
      findings: statements.flatMap((one) => (one.kind === 'finding' ? [one.about] : [])),
    },
  ]
}

function isQuestion(newest: Heard | undefined): boolean {
  if (!newest || newest.speaker === self || newest.speaker === person) return false
  return last(newest.statements, 'asks') !== undefined
}

const unreadIn = (statements: readonly Statement[]) =>
  statements.flatMap((statement) => (statement.kind === 'unread' ? [statement.text] : []))
