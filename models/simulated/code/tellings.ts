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
  /** Whether it stands beside a program, as what that program was made from. */
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
  const isDraft = statements.some(({ kind }) => kind === 'program')
  const said = statements.flatMap((statement): readonly Pick<Telling, 'rule' | 'sentence'>[] => {
    if (statement.kind === 'list') {
      return statement.entries.flatMap(({ rule }) =>
        rule ? [{ rule, sentence: sentenceOf(rule) }] : [],
      )
    }
    if (statement.kind !== 'rule' && !('sentence' in statement)) return []
    return statement.rule ? [{ rule: statement.rule, sentence: statement.sentence }] : []
  })
  // Fractions keep the order within a message without knowing how long the others are.
  return said.map((telling, place) => ({
    ...telling,
    ...{ isDraft, speaker, authority, at: at + place / (said.length + 1) },
  }))
}
