import { message, opening, type Reply, say } from '../../wording.js'
import { stepsFor } from '../steps.js'
import { overlook, slip } from '../temper.js'
import { requested, type Situation, settledFrom, tellingsOf } from './situation.js'
import { dayAsFact, planBlock, restated } from './wording.js'

/** Writes the steps that fulfil the request, or tells a colleague who asks what is known here. */
export function plan(situation: Situation): Reply {
  const { sight, mind } = situation
  const all = tellingsOf(situation)
  // A plan is made from the request; colleagues' plans are only used when the request is out of sight.
  const tellings = requested(all).length > 0 ? requested(all) : all
  const settled = settledFrom(tellings, situation, { alert: false })
  if (!settled) return say(message(opening(mind), 'I do not know the request.'))
  const demands = slip(overlook(settled.demands, mind), mind)
  if (sight.isAsked) mind.note('answered a colleague')
  const carries = sight.isAsked || mind.happens('carry', 'request', mind.profile.carry)
  const passedOn = [restated(tellings), dayAsFact(sight.today)].filter(Boolean).join('\n')
  return say(
    message(
      opening(mind),
      carries ? passedOn : '',
      planBlock(stepsFor(demands)),
      settled.notes.join('\n'),
    ),
  )
}
