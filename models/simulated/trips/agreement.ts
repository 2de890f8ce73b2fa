import type { Pair } from './choice.js'
import type { Demands } from './facts.js'
import type { Booking, Result } from './tool-results.js'

const isSame = (a: string, b: string | undefined) => a.toLowerCase() === (b ?? '').toLowerCase()

/** Whether what a search shows is what was searched for. */
export function matches(result: Result, { from, to, date, city }: Demands): boolean {
  if (result.kind === 'flights') {
    return result.offers.every(
      (offer) => isSame(offer.from, from) && isSame(offer.to, to) && offer.date === date,
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
