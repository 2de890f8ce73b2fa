import { person } from '../speaker.js'
import type { Fact } from './facts.js'
import type { Statement } from './said.js'
import { sentenceOf } from './steps.js'

/** A message as far as it was understood, with its place among the others. */
export type Heard = Readonly<{ speaker: string; statements: readonly Statement[]; at: number }>

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

/** The facts that a message tells, in requests, plans and corrections. */
export function tellingsIn({ speaker, statements, at }: Heard): readonly Telling[] {
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
    const told = statement.kind === 'instruction' && statement.step ? [statement.step] : []
    return [...steps, ...corrected, ...told].flatMap((step) =>
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
