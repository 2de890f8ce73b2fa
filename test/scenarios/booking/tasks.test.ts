import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Task } from '../../../core/scenario.js'
import { environment } from '../../../scenarios/booking/environment.js'
import type { Order } from '../../../scenarios/booking/orders.js'
import { tasks } from '../../../scenarios/booking/tasks.js'
import { orderFor } from './played.js'

const all = tasks({ count: 500, seed: 1 })
const orders = all.map(orderFor)

describe('the text of a task', () => {
  test('has the agreed shape', () => {
    for (const { text } of all) {
      const lines = text.split('\n')
      expect(lines.slice(0, 3)).toEqual(['Book a trip.', '', '## Goal'])
      expect(lines.slice(-7)).toEqual([
        '',
        '## Notes',
        '- Today is 2031-05-01.',
        '- The hotel stay begins on the day of the flight.',
        '- The total is the price of the flight for all passengers plus the price of the hotel for all nights.',
        '',
        'Finish with a short confirmation in exactly one ```answer block.',
      ])
      const asked = lines.slice(3, -7)
      expect(asked.length).toBeGreaterThan(5)
      for (const line of asked) expect(line).toMatch(/^- [A-Z][^.]*\.$/)
      expect(asked.at(-1)).toBe('- If several fit, take the cheapest.')
    }
  })

  test('says all that the goal hangs on, and nothing of what it is', () => {
    for (const [at, { text }] of all.entries()) {
      const { request, goal } = orders[at] as Order
      const { from, to, date, nights, limits } = request
      const stated = [from, to, date, `${nights} night`, limits.total, limits.departure]
      for (const word of stated) expect(text).toContain(String(word ?? ''))
      expect(text.includes('reakfast')).toBe(limits.breakfast === true)
      expect(text).not.toMatch(/\b[FHB]\d{3,4}\b/)
      for (const id of [goal.flight.id, goal.hotel.id, goal.hotel.name]) {
        expect(text).not.toContain(id)
      }
    }
  })

  test('is the same however many are asked for, and differs by seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer(), (count, seed) => {
        expect(tasks({ count, seed })).toEqual(tasks({ count: 12, seed }).slice(0, count))
      }),
      { numRuns: 10 },
    )
    const texts = (seed: number) => tasks({ count: 7, seed }).map(({ text }) => text)
    expect(texts(1)).not.toEqual(texts(2))
  })

  test('states each fact in a bullet of its own, in the order of their ordinals', () => {
    for (const { text, facts } of all) {
      const bullets = text.split('\n').filter((line) => line.startsWith('- '))
      expect(facts.map(({ sentence }) => `- ${sentence}`)).toEqual(bullets)
      expect(facts.map(({ ordinal }) => ordinal)).toEqual([...facts.keys()])
    }
  })
})

test('a task of another origin is refused', () => {
  const foreign: Task = { id: 't1', text: 'Fly me to the moon.', protect: [], facts: [] }
  expect(() => environment(foreign)).toThrow('was not drawn by its scenario')
})
