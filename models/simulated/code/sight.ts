import { groupBy } from '../../../core/lists.js'
import { roleOf } from '../../../core/messages.js'
import type { Readability } from '../kind-of-work.js'
import { person, self, speakerOf } from '../speaker.js'
import type { Seen } from '../window.js'
import type { Example, Signature } from './examples.js'
import type { Program } from './program.js'
import type { Rule } from './rules.js'
import { type Entry, type Statement, statementsIn } from './said.js'
import { type Heard, type Telling, tellingsIn } from './tellings.js'

/** A program that somebody wrote, with the requirements stated beside it; null when it cannot be read. */
export type Draft = Readonly<{
  text: string
  program: Program | null
  entries: readonly Entry[]
  speaker: string
  at: number
}>

/** Something that a reviewer says should be otherwise; without a number it is not there at all. */
export type Correction = Readonly<{ number: number | null; rule: Rule }>

/** A verdict and what it was backed with. */
type Verdict = Readonly<{ approves: boolean; corrections: readonly Correction[]; at: number }>

/** What an instruction demands; null when that is no rule. */
type Instruction = Readonly<{ rule: Rule | null; sentence: string }>

/** Everything that an agent can make out in its window. */
export type Sight = Readonly<{
  /** Null when nobody in sight says what the function is called. */
  signature: Signature | null
  tellings: readonly Telling[]
  /** Requirements of colleagues that nobody can carry out. */
  broken: readonly string[]
  /** The examples that those who know best give. */
  examples: readonly Example[]
  drafts: readonly Draft[]
  /** The newest list of requirements of a colleague, with a program beside it or not. */
  entries: readonly Entry[]
  verdicts: readonly Verdict[]
  instructions: Readonly<{ given: readonly Instruction[]; heard: readonly Instruction[] }>
  isAsked: boolean
  hasAsked: boolean
  unread: readonly string[]
}>

/** Reads the window. `role` is the agent's own name, to tell its messages from those of colleagues. */
export function lookAt(seen: readonly Seen[], role: string): Sight {
  const heard = seen.flatMap(({ message, text }, at): readonly Heard[] => {
    if (roleOf(message) === 'tool') return []
    return [{ speaker: speakerOf(message, role), statements: statementsIn(text), at }]
  })
  const own = heard.filter(({ speaker }) => speaker === self)
  const others = heard.filter(({ speaker }) => speaker !== self)
  const all = others.flatMap(({ statements }) => statements)
  const lists = all.flatMap((one) => (one.kind === 'list' ? [one.entries] : []))
  return {
    signature: signatureIn(heard),
    tellings: heard.flatMap(tellingsIn),
    broken: lists.flat().flatMap(({ rule, sentence }) => (rule ? [] : [sentence])),
    examples: examplesIn(others.length > 0 ? others : own),
    drafts: heard.flatMap(draftsIn),
    entries: lists.at(-1) ?? [],
    verdicts: others.flatMap(verdictsIn),
    instructions: { given: instructionsIn(own), heard: instructionsIn(others) },
    isAsked: isQuestion(heard.at(-1)),
    hasAsked: own.some(({ statements }) => statements.some(({ kind }) => kind === 'asks')),
    unread: [...new Set(all.flatMap((one) => (one.kind === 'unread' ? [one.text] : [])))],
  }
}

/** How much of a text can be made out: nothing, something, or what work on functions consists of. */
export function readability(text: string): Readability {
  const kinds = statementsIn(text).map(({ kind }) => kind)
  const isWork = (kind: Statement['kind']) =>
    kind === 'rule' || kind === 'program' || kind === 'signature' || kind === 'example'
  if (kinds.some(isWork)) return 'work'
  return kinds.some((kind) => kind !== 'unread') ? 'something' : 'nothing'
}

/** What those say who know best; a program says it too, when nobody else does. */
function signatureIn(heard: readonly Heard[]): Signature | null {
  const said = heard.flatMap(({ speaker, statements }) =>
    statements.flatMap((one) => {
      if (one.kind === 'signature') return [{ ...one.signature, isPerson: speaker === person }]
      const { program } = one.kind === 'program' ? one : { program: null }
      return program ? [{ ...program, isPerson: false }] : []
    }),
  )
  const best = said.find(({ isPerson }) => isPerson) ?? said[0]
  return best ? { name: best.name, parameters: best.parameters } : null
}

/** Each example once: as the person gives it, else as colleagues do who do not contradict each other. */
function examplesIn(heard: readonly Heard[]): readonly Example[] {
  const said = heard.flatMap(({ speaker, statements }) =>
    statements.flatMap((one) =>
      one.kind === 'example' ? [{ ...one.example, isPerson: speaker === person }] : [],
    ),
  )
  return [...groupBy(said, ({ inputs }) => inputs.join()).values()].flatMap((group) => {
    const best = group.some(({ isPerson }) => isPerson)
      ? group.filter(({ isPerson }) => isPerson)
      : group
    const results = new Set(best.map(({ result }) => result))
    return results.size === 1 ? best.slice(0, 1) : []
  })
}

function draftsIn({ speaker, statements, at }: Heard): readonly Draft[] {
  const programs = statements.flatMap((one) => (one.kind === 'program' ? [one] : []))
  const entries = statements.flatMap((one) => (one.kind === 'list' ? one.entries : []))
  // The last program of a message is the one that it delivers.
  return programs.slice(-1).map(({ text, program }) => ({ text, program, entries, speaker, at }))
}

function verdictsIn({ statements, at }: Heard): readonly Verdict[] {
  const verdict = statements.find((one) => one.kind === 'verdict')
  if (!verdict) return []
  const corrections = statements.flatMap((one) =>
    one.kind === 'correction' ? [{ number: one.number, rule: one.rule }] : [],
  )
  return [{ approves: verdict.approves, corrections, at }]
}

const instructionsIn = (heard: readonly Heard[]): readonly Instruction[] =>
  heard.flatMap(({ statements }) =>
    statements.flatMap((one) =>
      one.kind === 'instruction' ? [{ rule: one.rule, sentence: one.sentence }] : [],
    ),
  )

function isQuestion(newest: Heard | undefined): boolean {
  if (!newest || newest.speaker === self || newest.speaker === person) return false
  return newest.statements.some(({ kind }) => kind === 'asks')
}
