import { describe, expect, test, vi } from 'vitest'
import type { Task } from '../../../core/scenario.js'
import { type Item, itemWords } from '../../../scenarios/booking/bookings.js'
import { environment } from '../../../scenarios/booking/environment.js'
import { goalOf, oracle } from '../../../scenarios/booking/oracle.js'
import { tasks } from '../../../scenarios/booking/tasks.js'
import { bookedByReading, orderFor, said, withBooked } from './played.js'

const [task] = tasks({ count: 1, seed: 1 }) as [Task]
const order = orderFor(task)
const [flight, hotel] = goalOf(order)
const { passengers, date, nights } = order.request
const otherFlight: Item = { kind: 'flight', flight: 'F000', passengers }
const otherHotel: Item = { kind: 'hotel', hotel: 'H000', date, nights }

describe('what is booked in the end', () => {
  test.each<[string, string, readonly Item[]]>([
    ['the flight and the hotel', 'right', [flight, hotel]],
    ['both, the other way round', 'right', [hotel, flight]],
    ['nothing', 'missing', []],
    ['no hotel', 'missing', [flight]],
    ['no flight', 'missing', [hotel]],
    ['another flight', 'wrong-flight', [otherFlight, hotel]],
    ['the flight for too many', 'wrong-flight', [{ ...flight, passengers: 9 } as Item, hotel]],
    ['another hotel', 'wrong-hotel', [flight, otherHotel]],
    ['the hotel for too long', 'wrong-hotel', [flight, { ...hotel, nights: 30 } as Item]],
    ['the hotel too early', 'wrong-hotel', [flight, { ...hotel, date: '2031-05-01' } as Item]],
    ['another flight and another hotel', 'wrong-flight', [otherHotel, otherFlight]],
    ['another hotel and no flight', 'wrong-hotel', [otherHotel]],
    ['a second flight', 'extra', [flight, otherFlight, hotel]],
    ['the hotel twice', 'extra', [flight, hotel, hotel]],
    ['a second flight and no hotel', 'missing', [flight, otherFlight]],
  ])('%s is %s', async (_, result, items) => {
    const mark = await oracle(task, 'done', withBooked(items))
    expect(mark).toMatchObject({ result, correct: result === 'right' })
    expect(mark.note).toMatch(/^[A-Z].*\.$/)
  })

  test('is told in the note, with what would be right', async () => {
    const mark = await oracle(task, '', withBooked([otherFlight, hotel, otherHotel]))
    const [asked, others] = [itemWords(flight), [otherFlight, otherHotel].map(itemWords)]
    expect(asked).toMatch(/^flight F\d{3}, \d passengers?$/)
    expect(mark.note).toBe(
      `Booked: ${others[0]}. Right is: ${asked}. Booked as well: ${others[1]}.`,
    )
  })

  test('does not count what was cancelled, but the note tells of it', async () => {
    const given = environment(task)
    await said(given, 'book_hotel', { hotel_id: order.goal.hotel.id, date, nights: 9 })
    await said(given, 'cancel_booking', { booking_id: 'B0001' })
    expect(await oracle(task, '', given)).toMatchObject({ result: 'missing' })
    await bookedByReading(given, order)
    const mark = await oracle(task, '', given)
    expect(mark).toMatchObject({ result: 'right', correct: true })
    expect(mark.note).toMatch(/ 1 booking cancelled\.$/)
  })

  test('is nothing without an environment, and nothing in one of another work', async () => {
    expect(await oracle(task, 'done')).toMatchObject({ result: 'missing' })
    expect(await oracle(task, 'done', { tools: [] })).toMatchObject({ result: 'missing' })
  })
})

test('the words of the answer change nothing', async () => {
  const booked = withBooked([flight, hotel])
  const mark = await oracle(task, '', booked)
  for (const answer of ['```answer\n```', 'I booked nothing.', `\`\`\`answer\n${hotel}\n\`\`\``]) {
    expect(await oracle(task, answer, booked)).toEqual(mark)
  }
})

describe('two trials of one task', () => {
  test('share no bookings, no seats and no count of calls', async () => {
    const [one, other] = [environment(task), environment(task)]
    const { from, to } = order.request
    const search = { from, to, date }
    const before = await said(other, 'search_flights', search)
    for (let call = 0; call < 20; call++) {
      await said(one, 'book_flight', { flight_id: order.goal.flight.id, passengers: 1 })
    }
    expect(await said(one, 'list_bookings')).toContain('limit of 20')
    expect(await said(other, 'search_flights', search)).toBe(before)
    expect(await said(other, 'list_bookings')).toBe('There are no bookings.')
    expect(other.bookings()).toEqual([])
    expect(one.bookings().length).toBeGreaterThan(0)
  })

  test('are marked alike when the task was written down and read in another process', async () => {
    vi.resetModules()
    const fresh = await import('../../../scenarios/booking/index.js')
    for (const original of tasks({ count: 20, seed: 4 })) {
      const copy: Task = JSON.parse(JSON.stringify(original))
      const there = fresh.booking.environment?.(copy)
      if (!there) throw new Error('no environment')
      const here = environment(original)
      for (const given of [there, here]) await bookedByReading(given, orderFor(original))
      const mark = await oracle(original, '', here)
      expect(mark.result).toBe('right')
      expect(await fresh.booking.oracle(copy, '', there)).toEqual(mark)
    }
  })
})
