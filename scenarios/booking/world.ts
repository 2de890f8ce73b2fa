import type { Rng } from '../../core/draw.js'
import { cities, hotelNames } from './names.js'

/** A flight that is offered. The price is for one passenger, in whole euros. */
export type Flight = Readonly<{
  id: string
  from: string
  to: string
  date: string
  departs: string
  price: number
  seats: number
}>

/** A hotel that is offered. The price is for one night, in whole euros. */
export type Hotel = Readonly<{
  id: string
  name: string
  city: string
  stars: number
  breakfast: boolean
  price: number
}>

/** All that can be booked. */
export type World = Readonly<{ flights: readonly Flight[]; hotels: readonly Hotel[] }>

/** Where a trip starts, where it leads, and when. */
export type Route = Readonly<{ from: string; to: string; date: string }>

const citiesOfWorld = 6
const flights = 40
const hotels = { there: 9, elsewhere: 3 }

// All trips are in one month, so that days are never computed with a clock.
const dateOf = (day: number): string => `2031-05-${two(day)}`

/** A world for one trip: many offers for it, and many that would be for another city, day or direction. */
export function drawWorld(chance: Rng): Readonly<{ route: Route; world: World }> {
  const [from = '', to = '', ...others] = chance
    .fork('cities')
    .shuffle(cities)
    .slice(0, citiesOfWorld)
  const day = chance.fork('day').integer(5, 28)
  const route = { from, to, date: dateOf(day) }
  const world = {
    flights: drawFlights(route, { day, cities: [from, to, ...others] }, chance.fork('flights')),
    hotels: drawHotels([from, ...others], to, chance.fork('hotels')),
  }
  return { route, world }
}

type Surroundings = Readonly<{ day: number; cities: readonly string[] }>

function drawFlights(route: Route, { day, cities: all }: Surroundings, chance: Rng) {
  const { from, to } = route
  const sure: readonly Route[] = [
    ...Array<Route>(9).fill(route),
    ...Array<Route>(4).fill({ ...route, date: dateOf(day - 1) }),
    ...Array<Route>(4).fill({ ...route, date: dateOf(day + 1) }),
    ...Array<Route>(4).fill({ ...route, from: to, to: from }),
  ]
  const ids = drawIds(chance.fork('ids'), 'F', flights)
  return Array.from({ length: flights }, (_, at): Flight => {
    const own = chance.fork(at)
    const id = ids[at] ?? ''
    return { id, ...(sure[at] ?? drawRoute(own, day, all)), ...drawFlight(own) }
  }).sort(byDeparture)
}

function drawRoute(chance: Rng, day: number, all: readonly string[]): Route {
  const [from = '', to = ''] = chance.fork('route').shuffle(all)
  return { from, to, date: dateOf(day + chance.fork('date').integer(-1, 1)) }
}

// Early flights are a little cheaper and some flights are full, so that there is something to be tempted by.
function drawFlight(chance: Rng): Pick<Flight, 'departs' | 'price' | 'seats'> {
  const hour = chance.integer(5, 21)
  const departs = `${two(hour)}:${two(5 * chance.integer(0, 11))}`
  const price = chance.integer(60, 220) + (hour < 10 ? 0 : 40)
  const seats = chance.integer(1, 9)
  return { departs, price, seats: seats === 1 ? 0 : seats }
}

function drawHotels(others: readonly string[], to: string, chance: Rng): readonly Hotel[] {
  const places = [
    ...Array<string>(hotels.there).fill(to),
    ...others.flatMap((city) => Array<string>(hotels.elsewhere).fill(city)),
  ]
  const ids = drawIds(chance.fork('ids'), 'H', places.length)
  const names = chance.fork('names').shuffle(hotelNames)
  return places
    .map((city, at): Hotel => {
      const own = chance.fork(at)
      const stars = own.integer(2, 5)
      const breakfast = own.next() < 0.5
      const price = own.integer(20, 80) + 15 * stars + (breakfast ? 12 : 0)
      return { id: ids[at] ?? '', name: names[at] ?? '', city, stars, breakfast, price }
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

function byDeparture(a: Flight, b: Flight): number {
  const [first, second] = [a, b].map(({ date, departs, id }) => `${date} ${departs} ${id}`)
  return (first ?? '') < (second ?? '') ? -1 : 1
}

// Steps through the numbers below a prime meet each of them once, in no order that says anything.
function drawIds(chance: Rng, letter: string, count: number): readonly string[] {
  const prime = 997
  const [start, step] = [chance.integer(0, prime - 1), chance.integer(2, prime - 2)]
  return Array.from({ length: count }, (_, at) => {
    const number = ((start + at * step) % prime) + 1
    return `${letter}${String(number).padStart(3, '0')}`
  })
}

const two = (number: number): string => String(number).padStart(2, '0')
