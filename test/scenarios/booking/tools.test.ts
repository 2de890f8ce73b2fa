import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDesk } from '../../../scenarios/booking/desk.js'
import { bookingTools } from '../../../scenarios/booking/tools.js'
import { called, said } from './played.js'
import { sample } from './sample.js'

function office() {
  const desk = openDesk(sample)
  return { tools: bookingTools(desk), bookings: desk.bookings }
}

const there = { from: 'Porto', to: 'Vienna', date: '2031-05-14' }
const seats = { flight_id: 'F218', passengers: 1 }
const room = { hotel_id: 'H031', date: '2031-05-14', nights: 2 }

describe('a tool', () => {
  test.each([
    [
      'search_flights',
      there,
      [
        'F218 Porto to Vienna, 2031-05-14, departs 11:40, 120 euros, 4 seats left.',
        'F300 Porto to Vienna, 2031-05-14, departs 12:05, 80 euros, 0 seats left.',
      ],
    ],
    [
      'search_flights',
      { ...there, from: ' vienna', to: 'PORTO' },
      ['F301 Vienna to Porto, 2031-05-14, departs 06:00, 99 euros, 9 seats left.'],
    ],
    [
      'search_hotels',
      { city: 'Vienna', nights: 2 },
      [
        'H031 Hotel Anker, Vienna, 4 stars, breakfast included, 95 euros per night.',
        'H032 Hotel Luna, Vienna, 2 stars, no breakfast, 50 euros per night.',
      ],
    ],
    ['book_flight', seats, ['Booked. Booking B0001: flight F218, 1 passenger, 120 euros.']],
    [
      'book_flight',
      { ...seats, passengers: 4 },
      ['Booked. Booking B0001: flight F218, 4 passengers, 480 euros.'],
    ],
    [
      'book_hotel',
      room,
      ['Booked. Booking B0001: hotel H031, 2 nights from 2031-05-14, 190 euros.'],
    ],
    [
      'book_hotel',
      { ...room, nights: 1 },
      ['Booked. Booking B0001: hotel H031, 1 night from 2031-05-14, 95 euros.'],
    ],
    ['list_bookings', {}, ['There are no bookings.']],
  ])('%s of %o works', async (name, args, lines) => {
    const message = await called(office(), name, args)
    expect(message.text.split('\n')).toEqual(lines)
    expect(message).toMatchObject({ status: 'success', name, tool_call_id: 'c1' })
  })

  const invalid = 'Invalid arguments for'
  const dateForm = 'date must be a string that matches "^\\d{4}-\\d{2}-\\d{2}$".'
  test.each([
    [
      'search_flights',
      { ...there, date: '2031-05-15' },
      'No flights from Porto to Vienna on 2031-05-15.',
    ],
    ['search_hotels', { city: 'Rome', nights: 2 }, 'No hotels in Rome.'],
    ['book_flight', { ...seats, flight_id: 'F999' }, 'There is no flight F999.'],
    ['book_hotel', { ...room, hotel_id: 'H999' }, 'There is no hotel H999.'],
    ['book_flight', { ...seats, flight_id: 'F300' }, 'Flight F300 has no free seats.'],
    ['book_flight', { ...seats, passengers: 5 }, 'Flight F218 has no free seats for 5 passengers.'],
    ['cancel_booking', { booking_id: 'B0009' }, 'Booking B0009 does not exist.'],
    ['search_flights', { ...there, date: '14 May' }, `${invalid} search_flights: ${dateForm}`],
    [
      'search_flights',
      { ...there, from: '' },
      `${invalid} search_flights: from must be a non-empty string.`,
    ],
    ['search_flights', { from: 'Porto' }, `${invalid} search_flights: to is missing.`],
    [
      'search_hotels',
      { city: 'Vienna', nights: 31 },
      `${invalid} search_hotels: nights must be an integer from 1 to 30.`,
    ],
    [
      'book_flight',
      { ...seats, flight_id: 'H031' },
      `${invalid} book_flight: flight_id must be a string that matches "^F\\d{3}$".`,
    ],
    [
      'book_flight',
      { ...seats, passengers: 10 },
      `${invalid} book_flight: passengers must be an integer from 1 to 9.`,
    ],
    ['book_flight', { ...seats, seat: '1A' }, `${invalid} book_flight: seat is unknown.`],
    [
      'book_hotel',
      { ...room, hotel_id: 'Hotel Anker' },
      `${invalid} book_hotel: hotel_id must be a string that matches "^H\\d{3}$".`,
    ],
    ['book_hotel', { ...room, date: '' }, `${invalid} book_hotel: ${dateForm}`],
    [
      'cancel_booking',
      { booking_id: 'B1' },
      `${invalid} cancel_booking: booking_id must be a string that matches "^B\\d{4}$".`,
    ],
    [
      'cancel_booking',
      '{"booking_id"',
      `${invalid} cancel_booking: the arguments are not valid JSON.`,
    ],
    ['list_bookings', { all: true }, `${invalid} list_bookings: all is unknown.`],
  ])('%s of %o says what would be right, and books nothing', async (name, args, text) => {
    const given = office()
    const message = await called(given, name, args)
    expect(message.text).toBe(text)
    expect(message).toMatchObject({ status: 'error', name, tool_call_id: 'c1' })
    expect(given.bookings()).toEqual([])
  })

  test('describes its arguments completely', () => {
    for (const { schema, name } of office().tools) {
      expect(schema, name).toMatchObject({ type: 'object', additionalProperties: false })
      const { properties = {}, required = [] } = schema as {
        properties?: Record<string, unknown>
        required?: string[]
      }
      expect(Object.keys(properties)).toEqual(required)
    }
  })
})

describe('bookings', () => {
  test('are listed until they are cancelled, and keep their numbers', async () => {
    const given = office()
    await said(given, 'book_flight', seats)
    await said(given, 'book_hotel', room)
    expect(await said(given, 'list_bookings')).toBe(
      'Booking B0001: flight F218, 1 passenger, 120 euros.\nBooking B0002: hotel H031, 2 nights from 2031-05-14, 190 euros.',
    )
    const cancel = () => said(given, 'cancel_booking', { booking_id: 'B0002' })
    expect(await cancel()).toBe('Booking B0002 is cancelled.')
    expect(await cancel()).toBe('Booking B0002 does not exist.')
    expect(await said(given, 'list_bookings')).toBe(
      'Booking B0001: flight F218, 1 passenger, 120 euros.',
    )
    expect(await said(given, 'book_hotel', room)).toContain('Booking B0003:')
  })

  test('take seats, and give them back when they are cancelled', async () => {
    const given = office()
    const left = async () =>
      /(\d+ seats? left)/.exec(await said(given, 'search_flights', there))?.[1]
    await said(given, 'book_flight', { ...seats, passengers: 3 })
    expect(await left()).toBe('1 seat left')
    expect(await said(given, 'book_flight', { ...seats, passengers: 2 })).toBe(
      'Flight F218 has no free seats for 2 passengers.',
    )
    await said(given, 'book_flight', seats)
    expect(await said(given, 'book_flight', seats)).toBe('Flight F218 has no free seats.')
    await said(given, 'cancel_booking', { booking_id: 'B0001' })
    expect(await left()).toBe('3 seats left')
  })

  test('end after 20 calls, refused ones included; from then on nothing is done', async () => {
    const given = office()
    for (let call = 1; call <= 20; call++) {
      const name = call % 2 === 0 ? 'list_bookings' : 'book_flight'
      expect(await said(given, name, {})).not.toContain('limit')
    }
    for (const { name } of given.tools) {
      const message = await called(given, name, name === 'book_hotel' ? room : {})
      expect(message).toMatchObject({
        content: 'The limit of 20 tool calls is reached.',
        status: 'error',
      })
    }
    expect(given.bookings()).toEqual([])
  })

  test('never throw, whatever the tools are called with, and never overbook', async () => {
    const tool = fc.constantFrom(...office().tools.map(({ name }) => name))
    const field = fc.constantFrom('flight_id', 'passengers', 'hotel_id', 'date', 'nights', 'city')
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('F218', 'H031', 'Vienna', '2031-05-14', 2),
    )
    const args = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(field, value),
      ...[seats, room, there].map((fixed) => fc.constant(fixed)),
      fc.record({ flight_id: fc.constant('F218'), passengers: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ booking_id: fc.constantFrom('B0001', 'B0002') }),
    )
    const calls = fc.array(fc.tuple(tool, args), { maxLength: 22 })
    await fc.assert(
      fc.asyncProperty(calls, async (made) => {
        const given = office()
        for (const [name, asked] of made) {
          const { text } = await called(given, name, asked)
          expect(text).toMatch(/\.$/)
          expect(text).not.toMatch(/^Error|Please fix|schema/)
        }
        const taken = given.bookings().map(({ item, cancelled }) => {
          return item.kind === 'flight' && !cancelled ? item.passengers : 0
        })
        expect(taken.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(4)
      }),
      { numRuns: 40 },
    )
  })
})
