import { describe, expect, test } from 'vitest'
import { environment } from '../../../scenarios/booking/environment.js'
import { nearMiss } from '../../../scenarios/booking/near-misses.js'
import { oracle } from '../../../scenarios/booking/oracle.js'
import type { Order } from '../../../scenarios/booking/orders.js'
import type { Limit } from '../../../scenarios/booking/request.js'
import { tasks } from '../../../scenarios/booking/tasks.js'
import { type Trip, totalOf, tripsFor } from '../../../scenarios/booking/trips.js'
import { bookedByReading, limitsOf, orderFor } from './played.js'

const all = tasks({ count: 500, seed: 1 })
const orders = all.map(orderFor)

/** The limits that a trip does not keep, worked out one by one. */
function broken({ flight, hotel }: Trip, { request }: Order): readonly Limit[] {
  const { limits, passengers, nights } = request
  const { total, departure, stars, breakfast } = limits
  const price = flight.price * passengers + hotel.price * nights
  return [
    ...(total !== undefined && price > total ? (['total'] as const) : []),
    ...(departure !== undefined && flight.departs < departure ? (['departure'] as const) : []),
    ...(stars !== undefined && hotel.stars < stars ? (['stars'] as const) : []),
    ...(breakfast && !hotel.breakfast ? (['breakfast'] as const) : []),
  ]
}

describe('500 orders', () => {
  test('have two or three limits, and each pair or triple of them equally often', () => {
    const kinds = new Map<string, number>()
    for (const order of orders) {
      const kind = [...limitsOf(order)].sort().join()
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
    expect(kinds.size).toBe(10)
    expect(Math.min(...kinds.values())).toBeGreaterThan(25)
  })

  test('have exactly one trip that is right, and the next one costs 2 euros more or still more', () => {
    for (const { request, world, goal } of orders) {
      const totals = tripsFor(request, world).map((trip) => totalOf(trip, request))
      expect(totals.length).toBeGreaterThan(1)
      expect(totals[1]).toBeGreaterThanOrEqual(totalOf(goal, request) + 2)
      expect(totals).toEqual([...totals].sort((a, b) => a - b))
    }
  })

  test('have for each limit a trip that breaks this limit and nothing else', () => {
    for (const order of orders) {
      for (const limit of limitsOf(order)) {
        const trip = nearMiss(order, limit) as Trip
        expect(broken(trip, order)).toEqual([limit])
        const { flight, hotel } = trip
        const { from, to, date, passengers } = order.request
        expect(flight).toMatchObject({ from, to, date })
        expect(hotel.city).toBe(to)
        expect(flight.seats).toBeGreaterThanOrEqual(passengers)
      }
    }
  })

  test('lead to another trip without any limit but the total, which "the cheapest" implies', () => {
    for (const order of orders) {
      const { request, world, goal } = order
      for (const limit of limitsOf(order)) {
        const { [limit]: _, ...limits } = request.limits
        const [cheapest] = tripsFor({ ...request, limits }, world)
        if (limit === 'total') expect(cheapest).toEqual(goal)
        else expect(cheapest, limit).not.toEqual(goal)
      }
    }
  })

  test('have 40 flights between 6 cities and 24 hotels in them, each with an id of its own', () => {
    for (const { world, request } of orders) {
      expect(new Set(world.flights.map(({ id }) => id)).size).toBe(40)
      expect(new Set(world.hotels.map(({ id }) => id)).size).toBe(24)
      expect(new Set(world.hotels.map(({ name }) => name)).size).toBe(24)
      const cities = new Set(world.hotels.map(({ city }) => city))
      expect(cities.size).toBe(6)
      for (const { id, from, to, date, departs } of world.flights) {
        expect([cities.has(from), cities.has(to), from !== to]).toEqual([true, true, true])
        expect(`${id} ${date} ${departs}`).toMatch(/^F\d{3} 2031-05-\d\d \d\d:\d\d$/)
      }
      const onDate = (date: string) =>
        world.flights.filter((one) => one.to === request.to && one.date === date).length
      const day = Number(request.date.slice(-2))
      for (const other of [day - 1, day + 1]) {
        expect(onDate(`2031-05-${String(other).padStart(2, '0')}`)).toBeGreaterThan(3)
      }
    }
  })

  test('are met by a customer who reads the lines of the tools', async () => {
    for (const [at, task] of all.entries()) {
      const given = environment(task)
      await bookedByReading(given, orders[at] as Order)
      expect(await oracle(task, '', given), task.id).toMatchObject({
        correct: true,
        result: 'right',
      })
    }
  })
})
