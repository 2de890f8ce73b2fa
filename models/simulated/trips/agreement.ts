import type { Pair } from './choice.js'
import type { Demands } from './facts.js'
import type { Booking, Result } from './tool-results.js'

// What is not said speaks against nothing.
const isSame = (said: string | null, wanted: string | undefined) =>
  said === null || said.toLowerCase() === (wanted ?? '').toLowerCase()

/** Whether what a search shows is what was searched for. */
export function matches(result: Result, { from, to, date, city }: Demands): boolean {
  if (result.kind === 'flights') {
    return result.offers.every(
      (offer) => isSame(offer.from, from) && isSame(offer.to, to) && isSame(offer.date, date),
    )
  }
  if (result.kind === 'hotels') return result.offers.every((offer) => isSame(offer.city, city))
  if (result.kind !== 'nothing') return true
  return isSame(
    result.where,
    result.of === 'flights' ? `from ${from} to ${to} on ${date}` : `in ${city}`,
  )
}

/** Whether a receipt is the one of what was to be booked. What it does not say speaks against nothing. */
export function agrees(booking: Booking, pair: Pair | null, demands: Demands): boolean {
  const { kind, item, count, date, euros } = booking
  const offer = pair?.[kind]
  const wanted = Number(kind === 'flight' ? demands.passengers : demands.nights)
  const isEqual = <Value>(said: Value | null, other: Value | undefined) =>
    said === null || said === other
  return (
    isEqual(item, offer?.id) &&
    isEqual(count, wanted) &&
    (kind === 'flight' || isEqual(date, demands.date)) &&
    isEqual(euros, (offer?.price ?? 0) * wanted)
  )
}

/** Whether a search shows lines or values that are not all there. */
export function hasGaps(result: Result): boolean {
  if (result.torn.length > 0) return true
  if (result.kind === 'flights') {
    return result.offers.some(
      ({ departs, price, seats }) => departs === null || price === null || seats === null,
    )
  }
  return (
    result.kind === 'hotels' &&
    result.offers.some(
      ({ stars, breakfast, price }) => stars === null || breakfast === null || price === null,
    )
  )
}
