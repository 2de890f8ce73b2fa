import { describe, expect, test } from 'vitest'
import { groupBy } from '../../../core/lists.js'
import { environment } from '../../../scenarios/web-shop/environment.js'
import { bestPurchase, isAcceptable, rewardOf } from '../../../scenarios/web-shop/goal.js'
import { oracle } from '../../../scenarios/web-shop/oracle.js'
import { orderOf, productsOf } from '../../../scenarios/web-shop/orders.js'
import { tasks } from '../../../scenarios/web-shop/tasks.js'
import { boughtByReading, orderFor, withBought } from './played.js'

const all = tasks({ count: 500, seed: 1 })
const orders = all.map(orderFor)

describe('the order of a task', () => {
  test('has one right product, and three that meet every demand but one', () => {
    for (const { goal, right, distractors, shelf } of orders) {
      expect(shelf.filter((one) => isAcceptable(goal, one))).toEqual([right])
      const demands = goal.attributes.length + goal.options.length + 1
      for (const one of Object.values(distractors)) {
        expect(one.title.startsWith(`${goal.thing}, `)).toBe(true)
        expect(rewardOf(goal, bestPurchase(goal, one))).toBeCloseTo((demands - 1) / demands)
      }
      expect(distractors.attribute.attributes).not.toEqual(
        expect.arrayContaining([...goal.attributes]),
      )
      expect(distractors.price.cents - goal.limit).toBeGreaterThanOrEqual(100)
      expect(distractors.price.cents - goal.limit).toBeLessThanOrEqual(500)
      expect(distractors.option.cents).toBeLessThanOrEqual(goal.limit)
    }
  })

  test('varies in what it asks for', () => {
    const count = (is: (order: (typeof orders)[number]) => boolean) => orders.filter(is).length
    expect(new Set(orders.map(({ goal }) => goal.category)).size).toBe(8)
    for (const wanted of [1, 2]) {
      expect(count(({ goal }) => goal.options.length === wanted)).toBeGreaterThan(180)
    }
    for (const name of ['size', 'color']) {
      expect(count(({ goal }) => goal.options.some((one) => one.name === name))).toBeGreaterThan(
        180,
      )
    }
  })

  test('hangs on its origin alone', () => {
    expect(orderOf({ seed: 7, task: 3 })).toEqual(orderOf({ seed: 7, task: 3 }))
    expect(orderOf({ seed: 7, task: 3 })).not.toEqual(orderOf({ seed: 8, task: 3 }))
  })
})

describe('the shop of a task', () => {
  const shops = Array.from({ length: 20 }, (_, at) => productsOf({ seed: 1, task: at + 1 }))

  test('has 200 products of eight categories, each with an id and a title of its own', () => {
    for (const products of shops) {
      expect(products).toHaveLength(200)
      for (const key of ['id', 'title'] as const) {
        expect(new Set(products.map((product) => product[key])).size, key).toBe(200)
      }
      const counts = groupBy(products, ({ category }) => category)
      expect([...counts.values()].map(({ length }) => length)).toEqual(Array(8).fill(25))
    }
  })

  test('has products as agreed: attributes, options and prices, and no attribute in a title', () => {
    for (const { title, attributes, options, cents, id } of shops.flat()) {
      expect(id).toMatch(/^P\d{4}$/)
      expect(new Set(attributes).size).toBe(attributes.length)
      expect([2, 3, 4]).toContain(attributes.length)
      expect([1, 2]).toContain(options.length)
      for (const { values } of options) expect(new Set(values).size).toBe(3)
      expect(cents).toBeGreaterThanOrEqual(500)
      expect(cents).toBeLessThanOrEqual(12_000)
      const words = title.toLowerCase().split(/[ ,]+/)
      expect(attributes.filter((attribute) => words.includes(attribute))).toEqual([])
    }
  })
})

test('what a goal asks for can be bought by reading the pages, within the limit of actions', async () => {
  const counts: number[] = []
  for (const [at, task] of all.slice(0, 100).entries()) {
    const given = environment(task)
    const { goal, right } = orders[at] as (typeof orders)[number]
    counts.push(await boughtByReading(given, goal))
    expect(given.purchase()?.product).toEqual(right)
    expect(await oracle(task, '', given)).toMatchObject({ correct: true, reward: 1 })
  }
  expect(Math.max(...counts)).toBeLessThanOrEqual(14)
  expect(Math.min(...counts)).toBe(6)
})

test('every purchase that is nearly right is marked as wrong, and what is right as right', async () => {
  for (const [at, task] of all.slice(0, 100).entries()) {
    const { goal, right, distractors } = orders[at] as (typeof orders)[number]
    const best = bestPurchase(goal, right)
    expect((await oracle(task, '', withBought(best))).correct).toBe(true)
    const wrong = [
      ...Object.values(distractors).map((one) => bestPurchase(goal, one)),
      { ...best, chosen: [] },
      { ...best, chosen: best.chosen.slice(1) },
    ]
    for (const purchase of wrong) {
      const { correct, reward = 1 } = await oracle(task, '', withBought(purchase))
      expect(correct).toBe(false)
      expect(reward).toBeLessThan(1)
      expect(reward).toBeGreaterThan(0)
    }
  }
})
