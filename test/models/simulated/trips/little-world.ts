import { draw } from '../../../../core/draw.js'

type Flight = Readonly<{
  id: string
  from: string
  to: string
  date: string
  departs: string
  price: number
  seats: number
}>
type Hotel = Readonly<{
  id: string
  name: string
  city: string
  stars: number
  breakfast: boolean
  price: number
}>
export type LittleWorld = Readonly<{ flights: readonly Flight[]; hotels: readonly Hotel[] }>

/** What is booked in the end, as words. */
export type Desk = {
  readonly world: LittleWorld
  readonly bookings: Map<string, string>
  made: number
}

export const deskOf = (world: LittleWorld): Desk => ({ world, bookings: new Map(), made: 0 })

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
const two = (number: number) => String(number).padStart(2, '0')

/** A world of nine flights a day on one route and of nine hotels; prices differ, so that no two totals are likely equal. */
export function randomWorld(number: number): LittleWorld {
  const integer = (low: number, high: number, ...key: readonly (string | number)[]) =>
    low + Math.floor(draw('world', number, ...key) * (high - low + 1))
  const flights = ['2031-05-13', '2031-05-14'].flatMap((date, day) =>
    Array.from({ length: 9 }, (_, at): Flight => {
      const key = 9 * day + at
      return {
        id: `F${String(101 + 37 * key).slice(-3)}`,
        ...{ from: 'Porto', to: 'Vienna', date },
        departs: `${two(6 + 2 * (at % 8))}:${integer(0, 1, 'half', key) ? '30' : '00'}`,
        price: integer(60, 240, 'price', key),
        seats: integer(0, 8, 'seats', key),
      }
    }),
  )
  const hotels = Array.from(
    { length: 12 },
    (_, at): Hotel => ({
      id: `H${String(100 + 41 * at).slice(-3)}`,
      name: `Hotel ${'Anker Delta Flora Hera Juno Krone Linde Mira Orion Savoy Sonne Union'.split(' ')[at]}`,
      city: at < 9 ? 'Vienna' : 'Porto',
      stars: integer(2, 5, 'stars', at),
      breakfast: integer(0, 1, 'breakfast', at) === 1,
      price: integer(50, 180, 'night', at),
    }),
  )
  return { flights, hotels }
}

const flightLine = ({ id, from, to, date, departs, price, seats }: Flight) =>
  `${id} ${from} to ${to}, ${date}, departs ${departs}, ${price} euros, ${counted(seats, 'seat')} left.`
const hotelLine = ({ id, name, city, stars, breakfast, price }: Hotel) =>
  `${id} ${name}, ${city}, ${counted(stars, 'star')}, ${breakfast ? 'breakfast included' : 'no breakfast'}, ${price} euros per night.`

type Args = Readonly<Record<string, unknown>>

/** Runs a tool: the testbed's side of the agreement, in as few lines as it takes. */
export function runTool(desk: Desk, name: string, args: Args): string {
  const { flights, hotels } = desk.world
  const text = (field: string) => String(args[field])
  const book = (item: string, euros: number) => {
    const id = `B${String(++desk.made).padStart(4, '0')}`
    desk.bookings.set(id, item)
    return `Booked. Booking ${id}: ${item}, ${euros} euros.`
  }
  if (name === 'search_flights') {
    const found = flights.filter(
      ({ from, to, date }) => from === text('from') && to === text('to') && date === text('date'),
    )
    if (found.length > 0) return found.map(flightLine).join('\n')
    return `No flights from ${text('from')} to ${text('to')} on ${text('date')}.`
  }
  if (name === 'search_hotels') {
    const found = hotels.filter(({ city }) => city === text('city'))
    return found.length > 0 ? found.map(hotelLine).join('\n') : `No hotels in ${text('city')}.`
  }
  if (name === 'book_flight') {
    const flight = flights.find(({ id }) => id === text('flight_id'))
    const passengers = Number(args['passengers'])
    if (!flight) return `There is no flight ${text('flight_id')}.`
    if (flight.seats < passengers) return `Flight ${flight.id} has no free seats.`
    return book(
      `flight ${flight.id}, ${counted(passengers, 'passenger')}`,
      flight.price * passengers,
    )
  }
  if (name === 'book_hotel') {
    const hotel = hotels.find(({ id }) => id === text('hotel_id'))
    const nights = Number(args['nights'])
    if (!hotel) return `There is no hotel ${text('hotel_id')}.`
    return book(
      `hotel ${hotel.id}, ${counted(nights, 'night')} from ${text('date')}`,
      hotel.price * nights,
    )
  }
  if (name === 'cancel_booking') {
    const known = desk.bookings.delete(text('booking_id'))
    return known
      ? `Booking ${text('booking_id')} is cancelled.`
      : `Booking ${text('booking_id')} does not exist.`
  }
  if (name !== 'list_bookings')
    return `Error: Tool "${name}" not found.\n Please fix your mistakes.`
  const lines = [...desk.bookings].map(([id, item]) => `Booking ${id}: ${item}, 1 euros.`)
  return lines.length > 0 ? lines.join('\n') : 'There are no bookings.'
}

const offer = (name: string, description: string, properties: Record<string, unknown>) => ({
  type: 'function' as const,
  function: {
    name,
    description,
    parameters: { type: 'object', properties, required: Object.keys(properties) },
  },
})

const string = { type: 'string' }
const integer = { type: 'integer', minimum: 1, maximum: 30 }

/** Tools as a system offers them. */
export const offered = [
  offer('search_flights', 'List all flights from one city to another on a date.', {
    from: string,
    to: string,
    date: string,
  }),
  offer('search_hotels', 'List all hotels in a city.', { city: string, nights: integer }),
  offer('book_flight', 'Book a flight for a number of passengers.', {
    flight_id: string,
    passengers: integer,
  }),
  offer('book_hotel', 'Book a hotel from a date on for a number of nights.', {
    hotel_id: string,
    date: string,
    nights: integer,
  }),
  offer('cancel_booking', 'Cancel a booking.', { booking_id: string }),
  offer('list_bookings', 'List the bookings that have been made.', {}),
]
