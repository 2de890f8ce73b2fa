import { answerBlock, message, opening, type Reply, say } from '../../wording.js'
import { carryOut, type Work } from '../carry-out.js'
import { type Demands, factTypes } from '../facts.js'
import { stepsFor } from '../steps.js'
import type { Telling } from '../tellings.js'
import { overlook, slip } from '../temper.js'
import { deskOf, requested, type Situation, settledFrom } from './situation.js'
import { bookingsIn, deliverable, restated } from './wording.js'

/** Does the work that some tellings describe. `alert`: somebody has already pointed at a mistake. */
export function work(
  situation: Situation,
  tellings: readonly Telling[],
  { alert }: Readonly<{ alert: boolean }>,
): Reply {
  const { sight, mind } = situation
  const settled = settledFrom(tellings, situation, { alert })
  if (!settled) return giveUp(situation, { why: 'There is no request in sight.', bookings: null })
  // A doubt is asked about before anything is done; afterwards it is too late.
  const asked = sight.past.length === 0 ? ask(situation, settled.doubts) : null
  if (asked) return asked
  const demands = slip(overlook(settled.demands, mind), mind)
  const desk = deskOf(situation, { looksFirst: alert || sight.hasSpoken, changes: true })
  const first = carryOut(demands, desk, mind)
  const anew = first.kind === 'stuck' ? replan(situation, demands, tellings, first) : null
  const { done, by } = anew ?? { done: first, by: demands }
  if (done.kind === 'call') return done
  if (done.kind === 'stuck') return giveUp(situation, done)
  const carries = mind.happens('carry', 'request', mind.profile.carry)
  const answer = bookingsIn(done.bookings)
  const said = { steps: stepsFor(by), notes: settled.notes, answer }
  return say(deliverable(said, carries ? restated(tellings) : '', mind))
}

type Stuck = Extract<Work, { kind: 'stuck' }>

/** When a plan leads nowhere, the agent may see that the request says something else, and go by the request. */
function replan(
  situation: Situation,
  demands: Demands,
  tellings: readonly Telling[],
  { used }: Stuck,
): Readonly<{ done: Work; by: Demands }> | null {
  const { mind, sight } = situation
  const own = settledFrom(requested(tellings), situation, { alert: true })?.demands
  const isOther = own && factTypes.some((type) => own[type] !== demands[type])
  if (!isOther || !mind.happens('notice', 'dead end', mind.profile.notice)) return null
  mind.note('planned anew from the request')
  const desk = deskOf(situation, { looksFirst: true, changes: true })
  return { done: carryOut(own, { ...desk, past: sight.past.slice(used) }, mind), by: own }
}

function giveUp(situation: Situation, { why, bookings }: Pick<Stuck, 'why' | 'bookings'>): Reply {
  const { mind } = situation
  const asked = ask(situation, [why])
  if (asked) return asked
  mind.note('gave up')
  const answer = answerBlock(bookingsIn(bookings ?? []))
  return say(message(opening(mind), `I cannot finish the bookings. ${why}`, answer))
}

/** Asks once, when asking is offered; a second question would only get the same answer. */
function ask({ briefing, sight, mind }: Situation, doubts: readonly string[]): Reply | null {
  const [doubt] = doubts
  if (doubt === undefined || !briefing.mayAsk || sight.hasAsked) return null
  if (!mind.happens('ask', 'colleague', mind.profile.ask)) return null
  mind.note('asked')
  return say(message(opening(mind), `QUESTION: ${doubt}`))
}
