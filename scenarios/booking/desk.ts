import { active, type Booking, type Item } from './bookings.js'
import type { Flight, World } from './world.js'

/** Where bookings are made and kept. */
export type Desk = Readonly<{
  world: World
  /** All bookings so far, cancelled ones too, in the order in which they were made. */
  bookings: () => readonly Booking[]
  seatsLeft: (flight: Flight) => number
  book: (item: Item, euros: number) => Booking
  cancel: (booking: Booking) => void
}>

/** A desk at which nothing is booked yet. */
export function openDesk(world: World): Desk {
  let bookings: readonly Booking[] = []
  return {
    world,
    bookings: () => bookings,
    seatsLeft: ({ id, seats }) => seats - taken(bookings, id),
    book: (item, euros) => {
      const id = `B${String(bookings.length + 1).padStart(4, '0')}`
      const booking = { id, item, euros, cancelled: false }
      bookings = [...bookings, booking]
      return booking
    },
    cancel: ({ id }) => {
      bookings = bookings.map((one) => (one.id === id ? { ...one, cancelled: true } : one))
    },
  }
}

const taken = (bookings: readonly Booking[], flight: string): number =>
  active(bookings).reduce(
    (sum, { item }) =>
      item.kind === 'flight' && item.flight === flight ? sum + item.passengers : sum,
    0,
  )
