import type { Pair } from '../choice.js'
import type { Demands } from '../facts.js'
import { isWanted } from '../state.js'
import type { Booking } from '../tool-results.js'

const counted = (count: string | undefined, noun: string) =>
  `${count} ${noun}${count === '1' ? '' : 's'}`

/** What is not as it should be among the bookings, one sentence for each thing; none when all is right. */
export function findingsIn(
  bookings: readonly Booking[],
  pair: Pair,
  demands: Demands,
): readonly string[] {
  const kinds = ['flight', 'hotel'] as const
  return kinds.flatMap((kind) => {
    const booked = bookings.filter((booking) => booking.kind === kind)
    const right = booked.find((booking) => isWanted(booking, pair, demands))
    if (right) return booked.filter((other) => other !== right).map(tooMany)
    const wanted = wording(kind, pair, demands)
    if (wanted === null) return booked.map(tooMany)
    if (booked.length === 0) return [`There is no booking: ${wanted} is needed.`]
    return booked.map(({ id }) => `Booking ${id} is not right: ${wanted} is needed.`)
  })
}

const tooMany = ({ id, kind, item }: Booking) =>
  `Booking ${id} is one too many: ${kind} ${item ?? ''}`.trim()

function wording(
  kind: Booking['kind'],
  { flight, hotel }: Pair,
  { passengers, nights, date }: Demands,
): string | null {
  if (kind === 'flight')
    return flight && `flight ${flight.id} for ${counted(passengers, 'passenger')}`
  return hotel && `hotel ${hotel.id} for ${counted(nights, 'night')} from ${date}`
}
