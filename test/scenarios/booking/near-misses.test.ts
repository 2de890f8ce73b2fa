import { expect, test } from 'vitest'
import type { Item } from '../../../scenarios/booking/bookings.js'
import { nearMiss } from '../../../scenarios/booking/near-misses.js'
import { goalOf, oracle } from '../../../scenarios/booking/oracle.js'
import type { Order } from '../../../scenarios/booking/orders.js'
import { tasks } from '../../../scenarios/booking/tasks.js'
import { type Trip, tripsFor } from '../../../scenarios/booking/trips.js'
import { limitsOf, orderFor, withBooked } from './played.js'

const all = tasks({ count: 500, seed: 1 })
const orders = all.map(orderFor)

/** What could be booked nearly right, by the demand that it misses. */
function mutants(order: Order): Readonly<Record<string, readonly Item[]>> {
  const { request, world } = order
  const [flight, hotel] = goalOf(order)
  const booked = (trip: Trip | null | undefined) => {
    if (!trip) return []
    return goalOf({ ...order, goal: trip })
  }
  const changed = (item: Item, fields: object): Item => ({ ...item, ...fields })
  const otherDay = world.flights.find(
    ({ from, to, date }) => from === request.from && to === request.to && date !== request.date,
  )
  return {
    ...Object.fromEntries(limitsOf(order).map((limit) => [limit, booked(nearMiss(order, limit))])),
    dearer: booked(tripsFor(request, world)[1]),
    day: [changed(flight, { flight: otherDay?.id }), hotel],
    passengers: [changed(flight, { passengers: request.passengers + 1 }), hotel],
    nights: [flight, changed(hotel, { nights: request.nights + 1 })],
    stay: [flight, changed(hotel, { date: '2031-05-01' })],
    'no flight': [hotel],
    'no hotel': [flight],
    twice: [flight, hotel, hotel],
  }
}

test('every near miss is marked as wrong', async () => {
  const marks = new Map<string, boolean[]>()
  for (const [at, task] of all.entries()) {
    for (const [demand, items] of Object.entries(mutants(orders[at] as Order))) {
      expect(items, demand).not.toEqual([])
      const { correct } = await oracle(task, 'done', withBooked(items))
      marks.set(demand, [...(marks.get(demand) ?? []), correct])
    }
  }
  const every = [...marks.values()].flat()
  const killed = every.filter((correct) => !correct).length
  const by = [...marks].map(([demand, { length }]) => `${demand} ${length}`).join(', ')
  console.info(`booking: ${killed} of ${every.length} near misses are marked as wrong (${by}).`)
  expect(killed).toBe(every.length)
  expect(every.length).toBeGreaterThan(5000)
})
