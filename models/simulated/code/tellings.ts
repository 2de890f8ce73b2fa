import { person } from '../speaker.js'
import type { Rule } from './rules.js'
import type { Statement } from './said.js'
import { sentenceOf } from './sentences.js'

/** A message as far as it was understood, with its place among the others. */
export type Heard = Readonly<{ speaker: string; statements: readonly Statement[]; at: number }>

/** One rule as somebody told it. */
export type Telling = Readonly<{
  rule: Rule
  /** The sentence that states it. */
  sentence: string
  /** Whether it is a requirement beside a program, from which that program was made. */
  isDraft: boolean
  speaker: string
  /** How much the speaker's word weighs: person 3, reviewer 2, colleague 1. */
  authority: number
  /** Place among all that was said; a later one is greater, and the whole part is the message. */
  at: number
}>

/** The rules that a message tells: in sentences, lists, corrections and instructions. */
export function tellingsIn({ speaker, statements, at }: Heard): readonly Telling[] {
  const isReviewer = statements.some(({ kind }) => kind === 'verdict')
  const authority = speaker === person ? 3 : isReviewer ? 2 : 1
  const hasProgram = statements.some(({ kind }) => kind === 'program')
  const said = statements.flatMap((statement): readonly Omit<Telling, 'at'>[] => {
    const by = { speaker, authority }
    if (statement.kind === 'list') {
      return statement.entries.flatMap(({ rule }) =>
        rule ? [{ rule, sentence: sentenceOf(rule), isDraft: hasProgram, ...by }] : [],
      )
    }
    if (statement.kind !== 'rule' && !('sentence' in statement)) return []
    const { rule, sentence } = statement
    return rule ? [{ rule, sentence, isDraft: false, ...by }] : []
  })
  // Fractions keep the order within a message without knowing how long the others are.
  return said.map((telling, place) => ({ ...telling, at: at + place / (said.length + 1) }))
}
