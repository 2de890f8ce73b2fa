import { self } from '../../speaker.js'
import { message, opening, type Reply, say } from '../../wording.js'
import { agrees, matches } from '../agreement.js'
import { choosePair } from '../choice.js'
import type { Demands } from '../facts.js'
import { known } from '../known.js'
import type { Sight } from '../sight.js'
import { firstDifference, type Step, sentenceOf, stepsFor } from '../steps.js'
import { overlook, slip } from '../temper.js'
import { type Booking, readResult } from '../tool-results.js'
import { cancelling } from './cancelling.js'
import { type Situation, settledFrom, tellingsOf } from './situation.js'
import { planBlock } from './wording.js'

/** Tells the colleague the next step, the same one again when it brought nothing, or that all is done. */
export function instruct(situation: Situation): Reply {
  const { sight, mind } = situation
  const settled = settledFrom(tellingsOf(situation), situation, { alert: false })
  if (!settled) return say(message(opening(mind), 'I do not know the request.'))
  const demands = slip(overlook(settled.demands, mind), mind)
  const wrong = wrongBooking(demands, situation)
  if (wrong) return say(message(opening(mind), `Instruction: ${cancelling(wrong.id)}`))
  const steps = stepsFor(demands)
  const next = steps.find((step) => !isDone(step, demands, situation))
  if (!next) return say('TASK_DONE')
  const isFirst = sight.instructions.every(({ speaker }) => speaker !== self)
  return say(
    message(
      opening(mind),
      isFirst ? planBlock(steps) : '',
      isFirst ? settled.notes.join('\n') : '',
      `Instruction: ${sentenceOf(next)}`,
    ),
  )
}

/** A booking made just now that is not the one that was wanted, if that is noticed. */
function wrongBooking(demands: Demands, { sight, mind }: Situation): Booking | null {
  const exchange = sight.told.at(-1)
  const result = exchange && readResult(exchange.result)
  if (result?.kind !== 'booked') return null
  const { booking } = result
  const { offers, bookings } = known(sight.told)
  const others = bookings.filter(({ id }) => id !== booking.id)
  // What is booked now was free before.
  const pair = choosePair(demands, offers, bookings)
  const isOneTooMany = others.some(({ kind }) => kind === booking.kind)
  if (!isOneTooMany && agrees(booking, pair, demands)) return null
  if (!mind.happens('verify', `booking ${booking.id}`, mind.profile.verify)) return null
  mind.note(`checked again: ${booking.kind}`)
  return booking
}

/** Whether a step is done, as far as whoever told it sees: all but the newest one led to another. */
function isDone(step: Step, demands: Demands, situation: Situation): boolean {
  const { sight, mind } = situation
  const { bookings } = known(sight.told)
  if (step.op === 'book-flight') return bookings.some(({ kind }) => kind === 'flight')
  if (step.op === 'book-hotel') return bookings.some(({ kind }) => kind === 'hotel')
  const given = sight.instructions.filter(({ speaker }) => speaker === self)
  const told = given.filter((one) => one.step?.op === step.op)
  const newest = told.at(-1)
  if (!newest?.step) return false
  if (step.op === 'confirm') {
    return sight.confirmations.some(({ at, speaker }) => speaker !== self && at > newest.at)
  }
  if (newest !== given.at(-1)) return true
  const isOther = firstDifference([step], [newest.step]) !== null
  if (isOther && mind.happens('notice', `instruction ${given.length}`, mind.profile.notice)) {
    mind.note('noticed another instruction than meant')
    return false
  }
  return !step.op.startsWith('search-') || isFound(step, demands, told, situation)
}

/** Whether a search brought offers that are what was searched for. Whoever has asked for it twice takes what comes. */
function isFound(
  { op }: Step,
  demands: Demands,
  told: Sight['instructions'],
  { sight, mind }: Situation,
): boolean {
  const exchange = sight.told.at(-1)
  if (!exchange || exchange.at < (told[0]?.at ?? 0)) return false
  const result = readResult(exchange.result)
  const kind = op === 'search-flights' ? 'flights' : 'hotels'
  if (result.kind !== kind && !(result.kind === 'nothing' && result.of === kind)) return false
  if (told.length > 1 || matches(result, demands)) return true
  if (!mind.happens('verify', `result ${kind}`, mind.profile.verify)) return true
  mind.note(`checked again: ${kind}`)
  return false
}
