import type { Mind } from '../../chance.js'
import { answerBlock, message, opening, stepsBlock } from '../../wording.js'
import { type Step, sentenceOf } from '../steps.js'
import type { Telling } from '../tellings.js'
import type { Booking } from '../tool-results.js'
import { requested } from './situation.js'

/** The request as facts for colleagues, in the words of those who know it best; empty when nobody in sight does. */
export function restated(tellings: readonly Telling[]): string {
  const asked = requested(tellings)
  const top = Math.max(...asked.map(({ authority }) => authority))
  const sentences = asked
    .filter(({ authority }) => authority === top)
    .map(({ sentence }) => sentence)
  return [...new Set(sentences)].map((sentence) => `- ${sentence}`).join('\n')
}

/** The day on which the request was made as a fact for colleagues, who may have to guess a date. */
export const dayAsFact = (today: string | null): string => (today ? `- Today is ${today}.` : '')

/** A plan as the block that colleagues read. */
export const planBlock = (steps: readonly Step[]): string =>
  steps.length > 0 ? stepsBlock(steps.map(sentenceOf)) : ''

/** What is booked, as the lines of the receipts say it. */
export const bookingsIn = (bookings: readonly Booking[]): string =>
  bookings.length > 0 ? bookings.map(({ line }) => line).join('\n') : 'No booking was made.'

/** The bookings with everything that belongs beside them. */
export function deliverable(
  {
    steps,
    notes,
    answer,
  }: Readonly<{ steps: readonly Step[]; notes: readonly string[]; answer: string }>,
  passedOn: string,
  mind: Mind,
): string {
  return message(opening(mind), passedOn, planBlock(steps), notes.join('\n'), answerBlock(answer))
}
