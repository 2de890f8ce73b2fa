import type { Request } from './request.js'
import type { Flight, Hotel, World } from './world.js'

/** A flight and a hotel. */
export type Trip = Readonly<{ flight: Flight; hotel: Hotel }>

/** What a trip costs: the flight for all passengers and the hotel for all nights. */
export function totalOf({ flight, hotel }: Trip, { passengers, nights }: Request): number {
  return flight.price * passengers + hotel.price * nights
}

/** All trips that are what a request asks for, the cheapest first. */
export function tripsFor(request: Request, { flights, hotels }: World): readonly Trip[] {
  const { total = Number.POSITIVE_INFINITY } = request.limits
  const places = hotels.filter((hotel) => isHotelFor(hotel, request))
  return flights
    .filter((flight) => isFlightFor(flight, request))
    .flatMap((flight) => places.map((hotel) => ({ flight, hotel })))
    .filter((trip) => totalOf(trip, request) <= total)
    .sort((a, b) => totalOf(a, request) - totalOf(b, request))
}

function isFlightFor(flight: Flight, { from, to, date, passengers, limits }: Request): boolean {
  const isThere = flight.from === from && flight.to === to && flight.date === date
  // Times of two digits are in the order of their texts.
  return isThere && flight.seats >= passengers && flight.departs >= (limits.departure ?? '')
}

function isHotelFor({ city, stars, breakfast }: Hotel, { to, limits }: Request): boolean {
  return city === to && stars >= (limits.stars ?? 0) && (breakfast || !limits.breakfast)
}
