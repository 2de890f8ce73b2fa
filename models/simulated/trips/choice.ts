import { boundOf, type Demands } from './facts.js'
import type { FlightOffer, HotelOffer } from './offers.js'
import type { Booking } from './tool-results.js'

/** What is to be booked. */
export type Pair = Readonly<{ flight: FlightOffer | null; hotel: HotelOffer | null }>

/** The offers that an agent knows; null when it has not searched. `avoided` holds the ids that turned out to be no good. */
export type Offers = Readonly<{
  flights: readonly FlightOffer[] | null
  hotels: readonly HotelOffer[] | null
  avoided: readonly string[]
}>

/** The pair of offers to book, after all of them were compared; null when none fits. */
export function choosePair(
  demands: Demands,
  { flights, hotels, avoided }: Offers,
  bookings: readonly Booking[],
): Pair | null {
  const isLeft = ({ id }: Readonly<{ id: string }>) => !avoided.includes(id)
  const held = withHeldSeats(flights, bookings)
  const outward = held?.filter((offer) => isLeft(offer) && fitsFlight(offer, demands)) ?? [null]
  const stays = hotels?.filter((offer) => isLeft(offer) && fitsHotel(offer, demands)) ?? [null]
  const pairs = outward
    .flatMap((flight) => stays.map((hotel) => ({ flight, hotel })))
    .map((pair) => ({ pair, total: totalOf(pair, demands) }))
    .filter(({ total }) => isWithin(total, demands.total, Number))
  const sign = demands.choice === 'most expensive' ? -1 : 1
  const ranked = demands.choice ? pairs.toSorted((a, b) => sign * (a.total - b.total)) : pairs
  return ranked[0]?.pair ?? null
}

/** Seats that are booked already are no longer offered, yet they are there for those who booked them. */
const withHeldSeats = (flights: Offers['flights'], bookings: readonly Booking[]) =>
  flights?.map((offer) => {
    const own = bookings.filter(({ kind, item }) => kind === 'flight' && item === offer.id)
    const held = own.reduce((sum, { count }) => sum + (count ?? 0), 0)
    return { ...offer, seats: offer.seats === null ? null : offer.seats + held }
  })

/** What a pair costs for all passengers and all nights. */
function totalOf({ flight, hotel }: Pair, { passengers, nights }: Demands): number {
  return (flight?.price ?? 0) * Number(passengers ?? 1) + (hotel?.price ?? 0) * Number(nights ?? 1)
}

// Seats that nobody mentions are taken to be there; what has no price or does not tell what counts cannot be compared.
const fitsFlight = (offer: FlightOffer, { departure, passengers }: Demands) =>
  offer.price !== null &&
  (offer.seats === null || offer.seats >= Number(passengers ?? 1)) &&
  isWithin(offer.departs === null ? null : minutesOf(offer.departs), departure, minutesOf)

const fitsHotel = ({ price, stars, breakfast }: HotelOffer, demands: Demands) =>
  price !== null &&
  isWithin(stars, demands.stars, Number) &&
  (demands.breakfast === undefined || breakfast === (demands.breakfast === 'yes'))

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return 60 * hours + minutes
}

/** Whether a value keeps to a limit; a limit that nobody told holds for everything. */
function isWithin(
  value: number | null,
  limit: string | undefined,
  measure: (size: string) => number,
): boolean {
  if (!limit) return true
  if (value === null) return false
  const { isLeast, size } = boundOf(limit)
  const bound = measure(size.replaceAll(',', ''))
  return isLeast ? value >= bound : value <= bound
}
