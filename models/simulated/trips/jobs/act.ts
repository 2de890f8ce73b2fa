import { self } from '../../speaker.js'
import { chooseCall, type Wish } from '../../tool-choice.js'
import { answerBlock, message, opening, type Reply, say } from '../../wording.js'
import { choosePair } from '../choice.js'
import type { Demands } from '../facts.js'
import { known } from '../known.js'
import type { Step } from '../steps.js'
import { overlook } from '../temper.js'
import { cancelWish, flightsWish, flightWish, hotelsWish, hotelWish } from '../wishes.js'
import { bookingToCancel } from './cancelling.js'
import { produce } from './produce.js'
import { type Situation, settledFrom, tellingsOf } from './situation.js'
import { bookingsIn } from './wording.js'

/** Does the step that was told last: one call, a word, or the confirmation. */
export function act(situation: Situation): Reply {
  const { sight, mind, tools } = situation
  const newest = sight.instructions.findLast(({ speaker }) => speaker !== self)
  if (!newest) return produce(situation)
  const id = bookingToCancel(newest.sentence)
  const wish = id === null ? wishOf(newest.step, situation) : cancelWish(id)
  const call = wish && chooseCall(wish, tools)
  if (call) return { kind: 'call', call }
  const text = wish ? null : wordFor(newest.step, situation)
  if (text !== null) return say(message(opening(mind), text))
  mind.note('cannot do a step')
  return say(message(opening(mind), `I cannot do this: ${newest.sentence}`))
}

/** What a step needs a tool for; null when it needs none, or what it needs is not there. */
function wishOf(step: Step | null, situation: Situation): Wish | null {
  const { sight, mind } = situation
  const settled = settledFrom(tellingsOf(situation), situation, { alert: false })
  const demands: Demands = settled ? overlook(settled.demands, mind) : {}
  const { offers, bookings } = known(sight.made)
  const pair = choosePair(demands, offers, bookings)
  switch (step?.op) {
    case 'search-flights':
      return flightsWish(demands)
    case 'search-hotels':
      return hotelsWish(demands)
    case 'book-flight':
      return pair?.flight ? flightWish(pair.flight, demands) : null
    case 'book-hotel':
      return pair?.hotel ? hotelWish(pair.hotel, demands) : null
    default:
      return null
  }
}

/** What is said to a step that needs no tool; null when it cannot be done. */
function wordFor(step: Step | null, { sight }: Situation): string | null {
  if (step?.op === 'confirm') return answerBlock(bookingsIn(known(sight.made).bookings))
  const isLimit = step !== null && (step.op === 'choose' || step.op.startsWith('keep-'))
  return isLimit ? 'I take that into account.' : null
}
