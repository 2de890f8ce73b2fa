import type { Mind } from '../chance.js'
import type { PastCall } from '../own-turns.js'
import { isCall, type WantedCall } from '../tool-choice.js'
import { agrees, hasGaps, matches } from './agreement.js'
import type { Pair } from './choice.js'
import type { Demands } from './facts.js'
import type { State } from './state.js'
import type { Booking, Result } from './tool-results.js'
import type { Aim } from './wishes.js'

/** A call that was made, what it was made for, and what came back. */
export type Exchange = Readonly<{
  aim: Aim
  made: PastCall
  meant: WantedCall
  result: Result
  pair: Pair | null
  demands: Demands
}>

/** What an agent makes of a result, in the light of what it was after and of what the call says. */
export function absorb(state: State, exchange: Exchange, mind: Mind): State {
  const { aim, result } = exchange
  if (result.kind === 'limit') return { ...state, isOver: true }
  if (result.kind === 'booked') return absorbBooking(state, exchange, result.booking, mind)
  if (result.kind === 'cancelled') return absorbCancelling(state, exchange, result.id, mind)
  const found = foundFor(aim, result)
  if (!found) return absorbRefusal(state, exchange, mind)
  if (isDoubtful(state, exchange, mind)) return { ...state, doubted: [...state.doubted, aim] }
  return { ...state, ...found(state), failures: 0 }
}

/** What a result adds to what is known, if it is of the kind that the call was made for. */
function foundFor(aim: Aim, result: Result): ((state: State) => Partial<State>) | null {
  if (aim === 'list' && result.kind === 'listed') {
    return () => ({ bookings: result.bookings, isCompared: false, wrong: [] })
  }
  if (result.kind !== aim && !(result.kind === 'nothing' && result.of === aim)) return null
  const found = result.kind === 'flights' ? { flights: result.offers } : { flights: [] }
  const hotels = result.kind === 'hotels' ? { hotels: result.offers } : { hotels: [] }
  return ({ offers }) => ({ offers: { ...offers, ...(aim === 'flights' ? found : hotels) } })
}

/** Whether a result is to be asked for again; at most once for each aim. */
function isDoubtful({ doubted }: State, exchange: Exchange, mind: Mind): boolean {
  const { aim, result } = exchange
  if (doubted.includes(aim)) return false
  if (seesThrough(exchange, { isOdd: !matches(result, exchange.demands) }, mind)) return true
  if (!hasGaps(result)) return false
  const isNoticed = mind.happens('notice', `gap ${aim}`, mind.profile.notice)
  mind.note(`${isNoticed ? 'noticed' : 'did not notice'} a gap: ${aim}`)
  return isNoticed
}

/** Whether it sees that a call is not the one that it meant, or that a result does not fit the call that it meant. */
function seesThrough(
  { aim, made, meant }: Exchange,
  { isOdd }: Readonly<{ isOdd: boolean }>,
  mind: Mind,
): boolean {
  const { notice, verify } = mind.profile
  const isOther = !isCall(made.call, meant) && mind.happens('notice', `call ${aim}`, notice)
  const isChecked = isOdd && mind.happens('verify', `result ${aim}`, verify)
  if (!isOther && !isChecked) return false
  mind.note(`${isOther ? 'noticed another call than meant' : 'checked again'}: ${aim}`)
  return true
}

/** Something was booked: what was wanted, or something else. What is not noticed stays booked. */
function absorbBooking(state: State, exchange: Exchange, booking: Booking, mind: Mind): State {
  const { aim, pair, demands } = exchange
  const isAimed = booking.kind === aim
  const known = { ...state, bookings: [...(state.bookings ?? []), booking] }
  const isOdd = !isAimed || !agrees(booking, pair, demands)
  const isFirst = !state.doubted.includes(aim)
  if (isFirst && seesThrough(exchange, { isOdd }, mind)) {
    const doubted = [...state.doubted, aim]
    if (isAimed && isCall(exchange.made.call, exchange.meant)) return lookAgain(known, doubted)
    return { ...known, doubted, wrong: [...state.wrong, booking.id] }
  }
  if (!isAimed) return { ...known, failures: state.failures + 1 }
  return { ...known, failures: 0, done: { ...state.done, [booking.kind]: booking.id } }
}

/** A receipt that differs from the offer casts doubt on both: what is offered and what is booked is looked at anew. */
const lookAgain = (state: State, doubted: State['doubted']): State => ({
  ...state,
  doubted,
  bookings: null,
  offers: { ...state.offers, flights: null, hotels: null },
})

/** A booking was cancelled. Whoever sees that it was not the one that was meant looks again at all of them. */
function absorbCancelling(state: State, exchange: Exchange, id: string, mind: Mind): State {
  const { aim, meant } = exchange
  const [wanted] = aim === 'cancel' ? Object.values(meant.args) : []
  const isOdd = id !== wanted
  if (isOdd && seesThrough(exchange, { isOdd }, mind)) return { ...state, bookings: null }
  if (aim !== 'cancel') return { ...state, failures: state.failures + 1 }
  const gone = String(wanted)
  return {
    ...state,
    failures: 0,
    bookings: (state.bookings ?? []).filter((booking) => booking.id !== gone),
    wrong: state.wrong.filter((other) => other !== gone),
  }
}

/** A call brought nothing: with luck the refusal says what to do otherwise, else the same once more. */
function absorbRefusal(state: State, exchange: Exchange, mind: Mind): State {
  const { aim, made, meant, result } = exchange
  const after = { ...state, failures: state.failures + 1 }
  if (!mind.happens('toolRepair', `${aim}.${state.failures}`, mind.profile.toolRepair)) {
    mind.note(`repeated a refused call: ${aim}`)
    return after
  }
  mind.note(`repaired a refused call: ${aim}`)
  // A refusal of another call than the one that was meant says nothing about the one that was meant.
  if (!isCall(made.call, meant)) return after
  if (result.kind === 'unknown-booking') return { ...after, bookings: null }
  if (result.kind !== 'unknown-offer' && result.kind !== 'full') return after
  const { offers, doubted } = state
  // An id that does not exist was read from a false line, so the offers are looked at again before it is given up.
  if (result.kind === 'unknown-offer' && !doubted.includes(aim)) {
    const again = aim === 'flight' ? { flights: null } : { hotels: null }
    return { ...after, doubted: [...doubted, aim], offers: { ...offers, ...again } }
  }
  return { ...after, offers: { ...offers, avoided: [...offers.avoided, result.id] } }
}
