import type { Mind } from '../../chance.js'
import { answerBlock, message, opening, stepsBlock } from '../../wording.js'
import type { Demands } from '../facts.js'
import type { Receipt } from '../pages.js'
import { sentenceOf, stepsFor } from '../steps.js'
import type { Telling } from '../tellings.js'
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

/** The request, if the agent passes it on. */
export const passedOn = (tellings: readonly Telling[], mind: Mind): string =>
  mind.happens('carry', 'request', mind.profile.carry) ? restated(tellings) : ''

/** Demands as the plan that colleagues read. */
export const planBlock = (demands: Demands): string => stepsBlock(stepsFor(demands).map(sentenceOf))

/** What is confirmed: what was bought, in the words of the shop as far as they are there. */
export const confirmation = (receipt: Receipt | null): string =>
  receipt ? receipt.line || 'The purchase is complete.' : 'No purchase was made.'

/** A confirmation with everything that belongs beside it. */
export const deliverable = (mind: Mind, parts: readonly string[], answer: string): string =>
  message(opening(mind), ...parts, answerBlock(answer))
