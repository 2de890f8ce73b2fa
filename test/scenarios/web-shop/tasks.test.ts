import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Task } from '../../../core/scenario.js'
import { environment } from '../../../scenarios/web-shop/environment.js'
import type { Order } from '../../../scenarios/web-shop/orders.js'
import { priceText } from '../../../scenarios/web-shop/products.js'
import { goals, notes } from '../../../scenarios/web-shop/sentences.js'
import { tasks } from '../../../scenarios/web-shop/tasks.js'
import { orderFor } from './played.js'

const all = tasks({ count: 200, seed: 2 })
const orders = all.map(orderFor)

test('every demand is put in two ways, and no two have the same normal form', () => {
  const said = goals({
    thing: 'Dune Camp Shirt',
    category: 'Shirt',
    attributes: ['soft'],
    options: [{ name: 'size', value: 'M' }],
    limit: 5800,
  })
  expect(said.map(({ forms }) => forms)).toEqual([
    ['I am looking for a Dune Camp Shirt.', 'Please find me a Dune Camp Shirt.'],
    ['It must be soft.', 'I need it to be soft.'],
    ['The size should be M.', 'I want size M.'],
    ['The price must be at most $58.00.', 'I can spend no more than $58.00.'],
  ])
  expect(new Set([...said, ...notes].map(({ normal }) => normal)).size).toBe(6)
})

describe('the text of a task', () => {
  test('has the agreed shape', () => {
    for (const { text } of all) {
      const lines = text.split('\n')
      expect(lines.slice(0, 3)).toEqual(['Buy one product.', '', '## Goal'])
      expect(lines.slice(-6)).toEqual([
        '',
        '## Notes',
        '- What a product is like stands on its attributes page only.',
        '- A purchase cannot be taken back.',
        '',
        'Finish with a short confirmation in exactly one ```answer block.',
      ])
      for (const line of lines.slice(3, -6)) expect(line).toMatch(/^- [A-Z].*\.$/)
    }
  })

  test('says all that the goal hangs on, and nothing of what is right', () => {
    for (const [at, { text }] of all.entries()) {
      const { goal, right } = orders[at] as Order
      const options = goal.options.map(({ value }) => ` ${value}.`)
      const stated = [goal.thing, ...goal.attributes, ...options, priceText(goal.limit)]
      for (const words of stated) expect(text).toContain(words)
      expect(text).not.toMatch(/\bP\d{4}\b/)
      expect(text).not.toContain(right.title)
    }
  })

  test('is the same however many are asked for, and differs by seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer(), (count, seed) => {
        expect(tasks({ count, seed })).toEqual(tasks({ count: 8, seed }).slice(0, count))
      }),
      { numRuns: 6 },
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
  const foreign: Task = { id: 't1', text: 'Buy me the moon.', protect: [], facts: [] }
  expect(() => environment(foreign)).toThrow('was not drawn by its scenario')
})
