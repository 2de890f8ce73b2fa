import { z } from 'zod'
import type { Unnamed } from '../../core/schemas/judgement.js'
import { collapsed } from '../../core/text/collapsed.js'
import { brief, jsonIn } from '../said-json.js'
import type { Reading } from '../two-tries.js'
import { quoteLengths } from './prompt.js'
import type { ShownStep } from './shown-steps.js'

/** What a judge model answered: a behaviour with the words that show it, or none. */
export type JudgeAnswer = Readonly<{ words: string }> &
  (Readonly<{ behaviour: string; step: number; quote: string }> | Readonly<{ behaviour: null }>)

/** What an answer is checked against. */
export type Checked = Readonly<{ asked: readonly string[]; steps: readonly ShownStep[] }>

const answerSchema = z.strictObject({
  behaviour: z.string(),
  step: z.int().nullable(),
  quote: z.string().nullable(),
  because: z.string(),
})

/** Reads an answer. It only counts with the form that was asked for and words that stand in the step that it names. */
export function judgeAnswer(
  said: string,
  { asked, steps }: Checked,
): Reading<JudgeAnswer, Unnamed> {
  const parsed = jsonIn(said)
  if (parsed === undefined) return { reason: 'malformed', says: 'the answer is not JSON' }
  const answer = answerSchema.safeParse(parsed)
  if (!answer.success) {
    return { reason: 'malformed', says: 'the answer has not the form asked for' }
  }
  const { behaviour, step, quote, because } = answer.data
  const words = brief(because)
  if (behaviour === 'none') return { value: { behaviour: null, words } }
  if (!asked.includes(behaviour)) {
    return { reason: 'not-allowed', says: 'section 6 does not offer that behaviour' }
  }
  const shown = steps.find((one) => one.step === step)
  if (!shown || step === null)
    return { reason: 'invented-step', says: 'section 5 has no such step' }
  const found = collapsed(quote ?? '')
  if (!isQuoted(found, shown)) {
    return { reason: 'invented-quote', says: `step ${step} does not say what is quoted` }
  }
  return { value: { behaviour, step, quote: found.slice(0, quoteLengths.most), words } }
}

/** White space may be laid out anew; words may not. A few letters prove nothing, unless they are all that was said. */
function isQuoted(quote: string, { texts }: ShownStep): boolean {
  if (quote === '') return false
  const pieces = texts.flatMap((text) => text.pieces.map(collapsed))
  return pieces.some(
    (piece) => piece === quote || (quote.length >= quoteLengths.least && piece.includes(quote)),
  )
}
