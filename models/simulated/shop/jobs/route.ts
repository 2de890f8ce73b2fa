import { nextColleague } from '../../next-colleague.js'
import { message, opening, type Reply, say, stepsBlock } from '../../wording.js'
import { sentenceOf } from '../steps.js'
import { type Situation, settledFrom, tellingsOf } from './situation.js'
import { passedOn } from './wording.js'

/** Names who goes next, and repeats what he needs; without colleagues, the kind of error, which nobody has proved here. */
export function route(situation: Situation): Reply {
  const { briefing, sight, mind } = situation
  if (briefing.colleagues.length === 0) return say('The kind of error is: product.')
  const tellings = tellingsOf(situation)
  const settled = settledFrom(tellings, situation, { alert: false })
  const steps = sight.plan?.steps ?? []
  const next = nextColleague(briefing.colleagues, {
    planned: steps.length > 0,
    delivered: sight.confirmations.length > 0,
    verdict: 'none',
  })
  mind.note(`routed: ${next ?? 'finish'}`)
  const plan = steps.length > 0 ? stepsBlock(steps.map(sentenceOf)) : ''
  const notes = settled?.notes.join('\n') ?? ''
  const words = next ? [passedOn(tellings, mind), plan, notes] : []
  return say(message(opening(mind), ...words, `NEXT: ${next ?? 'finish'}`))
}
