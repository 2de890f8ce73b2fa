import { message, opening, type Reply, say } from '../../wording.js'
import { overlook, slip } from '../temper.js'
import { requested, type Situation, settledFrom, tellingsOf } from './situation.js'
import { passedOn, planBlock, restated } from './wording.js'

/** Lists what the product must have, or tells a colleague who asks what is known here. */
export function plan(situation: Situation): Reply {
  const { sight, mind } = situation
  const all = tellingsOf(situation)
  // A plan is made from the request; colleagues' plans are only used when the request is out of sight.
  const tellings = requested(all).length > 0 ? requested(all) : all
  const settled = settledFrom(tellings, situation, { alert: false })
  if (!settled) return say(message(opening(mind), 'I do not know the request.'))
  if (sight.isAsked) mind.note('answered a colleague')
  const demands = slip(overlook(settled.demands, mind), mind)
  return say(
    message(
      opening(mind),
      sight.isAsked ? restated(tellings) : passedOn(tellings, mind),
      planBlock(demands),
      settled.notes.join('\n'),
    ),
  )
}
