import { type Reply, say } from '../../wording.js'
import type { Telling } from '../tellings.js'
import { requested, type Situation, tellingsOf } from './situation.js'
import { deliverable, restated } from './wording.js'
import { work } from './work.js'

/** Puts rejected bookings right; those that nobody rejects stand. */
export function revise(situation: Situation): Reply {
  const { sight, mind } = situation
  const newest = sight.confirmations.at(-1)
  const isRejected = sight.verdicts.some(({ approves }) => !approves)
  if (isRejected || !newest) return again(situation)
  const carries = mind.happens('carry', 'request', mind.profile.carry)
  const passedOn = carries ? restated(requested(tellingsOf(situation))) : ''
  const steps = newest.plan?.steps ?? []
  return say(deliverable({ steps, notes: [], answer: newest.text }, passedOn, mind))
}

/** Does the work again: what the critique and the request say comes before the plan that was rejected. */
function again(situation: Situation): Reply {
  const all = tellingsOf(situation)
  const rejected = ({ authority, in: place }: Telling) => place === 'plan' && authority === 1
  const better = all.filter((telling) => !rejected(telling))
  return work(situation, better.length > 0 ? better : all, { alert: true })
}
