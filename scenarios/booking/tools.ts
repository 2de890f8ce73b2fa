import type { StructuredToolInterface } from '@langchain/core/tools'
import { z } from 'zod'
import { refuse, textTool } from '../text-tool.js'
import { active, bookingLine } from './bookings.js'
import type { Desk } from './desk.js'
import { flightLine, hotelLine } from './offers.js'

/** How many calls the tools of one trial take, those that are refused included. */
const maxCalls = 20

const city = z.string().min(1)
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const nights = z.int().min(1).max(30)

/** The tools of one desk: whoever uses them works on the same bookings. */
export function bookingTools(desk: Desk): readonly StructuredToolInterface[] {
  let calls = 0
  const turnAway = () => {
    calls += 1
    return calls > maxCalls ? refuse(`The limit of ${maxCalls} tool calls is reached.`) : null
  }
  const makers = [searchFlights, searchHotels, bookFlight, bookHotel, cancelBooking, listBookings]
  return makers.map((make) => make(desk, turnAway))
}

type TurnAway = () => ReturnType<typeof refuse> | null

const searchFlights = ({ world, seatsLeft }: Desk, turnAway: TurnAway) =>
  textTool({
    name: 'search_flights',
    description: 'List all flights from one city to another on a date.',
    shape: {
      from: city.describe('city of departure'),
      to: city.describe('city of arrival'),
      date: date.describe('date of the flight, such as 2031-05-14'),
    },
    turnAway,
    reply: (asked) => {
      const found = world.flights.filter(
        (flight) =>
          isSame(flight.from, asked.from) &&
          isSame(flight.to, asked.to) &&
          flight.date === asked.date,
      )
      return found.length > 0
        ? { text: found.map((flight) => flightLine(flight, seatsLeft(flight))).join('\n') }
        : refuse(`No flights from ${asked.from} to ${asked.to} on ${asked.date}.`)
    },
  })

const searchHotels = ({ world }: Desk, turnAway: TurnAway) =>
  textTool({
    name: 'search_hotels',
    description: 'List all hotels in a city that have a room for a number of nights.',
    shape: {
      city: city.describe('city of the hotel'),
      nights: nights.describe('number of nights'),
    },
    turnAway,
    reply: (asked) => {
      const found = world.hotels.filter((hotel) => isSame(hotel.city, asked.city))
      return found.length > 0
        ? { text: found.map(hotelLine).join('\n') }
        : refuse(`No hotels in ${asked.city}.`)
    },
  })

const bookFlight = ({ world, seatsLeft, book }: Desk, turnAway: TurnAway) =>
  textTool({
    name: 'book_flight',
    description: 'Book a flight for a number of passengers.',
    shape: {
      flight_id: z
        .string()
        .regex(/^F\d{3}$/)
        .describe('id of the flight, such as F218'),
      passengers: z.int().min(1).max(9).describe('number of passengers'),
    },
    turnAway,
    reply: ({ flight_id, passengers }) => {
      const flight = world.flights.find(({ id }) => id === flight_id)
      if (!flight) return refuse(`There is no flight ${flight_id}.`)
      const left = seatsLeft(flight)
      if (left === 0) return refuse(`Flight ${flight_id} has no free seats.`)
      if (left < passengers) {
        return refuse(`Flight ${flight_id} has no free seats for ${passengers} passengers.`)
      }
      const item = { kind: 'flight', flight: flight_id, passengers } as const
      return { text: `Booked. ${bookingLine(book(item, flight.price * passengers))}` }
    },
  })

const bookHotel = ({ world, book }: Desk, turnAway: TurnAway) =>
  textTool({
    name: 'book_hotel',
    description: 'Book a hotel from a date on for a number of nights.',
    shape: {
      hotel_id: z
        .string()
        .regex(/^H\d{3}$/)
        .describe('id of the hotel, such as H031'),
      date: date.describe('date of the first night, such as 2031-05-14'),
      nights: nights.describe('number of nights'),
    },
    turnAway,
    reply: ({ hotel_id, date: first, nights: count }) => {
      const hotel = world.hotels.find(({ id }) => id === hotel_id)
      if (!hotel) return refuse(`There is no hotel ${hotel_id}.`)
      const item = { kind: 'hotel', hotel: hotel_id, date: first, nights: count } as const
      return { text: `Booked. ${bookingLine(book(item, hotel.price * count))}` }
    },
  })

const cancelBooking = ({ bookings, cancel }: Desk, turnAway: TurnAway) =>
  textTool({
    name: 'cancel_booking',
    description: 'Cancel a booking.',
    shape: {
      booking_id: z
        .string()
        .regex(/^B\d{4}$/)
        .describe('id of the booking, such as B0001'),
    },
    turnAway,
    reply: ({ booking_id }) => {
      const booking = active(bookings()).find(({ id }) => id === booking_id)
      if (!booking) return refuse(`Booking ${booking_id} does not exist.`)
      cancel(booking)
      return { text: `Booking ${booking_id} is cancelled.` }
    },
  })

const listBookings = ({ bookings }: Desk, turnAway: TurnAway) =>
  textTool({
    name: 'list_bookings',
    description: 'List the bookings that have been made and not cancelled.',
    shape: {},
    turnAway,
    reply: () => {
      const lines = active(bookings()).map(bookingLine)
      return { text: lines.length > 0 ? lines.join('\n') : 'There are no bookings.' }
    },
  })

const isSame = (name: string, asked: string) => name.toLowerCase() === asked.trim().toLowerCase()
