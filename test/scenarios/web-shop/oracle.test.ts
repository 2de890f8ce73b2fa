import { describe, expect, test, vi } from 'vitest'
import type { Task } from '../../../core/scenario.js'
import { environment } from '../../../scenarios/web-shop/environment.js'
import { bestPurchase, type Purchase } from '../../../scenarios/web-shop/goal.js'
import { oracle } from '../../../scenarios/web-shop/oracle.js'
import { tasks } from '../../../scenarios/web-shop/tasks.js'
import { boughtByReading, orderFor, search, withBought } from './played.js'

const [task] = tasks({ count: 1, seed: 1 }) as [Task]
const { goal, right, distractors } = orderFor(task)
const best = bestPurchase(goal, right)
const other = (change: Partial<Purchase['product']>): Purchase => ({
  ...best,
  product: { ...right, ...change },
})
const bought = (product: Purchase['product']) => bestPurchase(goal, product)

// Two attributes, one option and the price.
const demands = 4

describe('what was bought in the end', () => {
  test('meets four demands or fewer here', () => {
    expect(goal.attributes.length + goal.options.length + 1).toBe(demands)
  })

  test.each<[string, string, number, Purchase | null]>([
    ['what is right', 'right', 4, best],
    [
      'it, with another option that nobody asked for',
      'right',
      4,
      {
        ...best,
        chosen: [...best.chosen, { name: 'shape', value: 'round' }],
      },
    ],
    ['nothing', 'nothing-bought', 0, null],
    ['another category', 'wrong-product', 0, other({ category: 'Boat' })],
    ['what lacks an attribute', 'wrong-product', 3, bought(distractors.attribute)],
    ['what has none of the attributes', 'wrong-product', 2, other({ attributes: [] })],
    ['what has no such option', 'wrong-options', 3, bought(distractors.option)],
    ['what is right without its options', 'wrong-options', 3, { ...best, chosen: [] }],
    ['what is too expensive', 'too-expensive', 3, bought(distractors.price)],
    ['what is one cent too expensive', 'too-expensive', 3, other({ cents: goal.limit + 1 })],
    ['what is as expensive as it may be', 'right', 4, other({ cents: goal.limit })],
    ['what is too expensive and not it', 'wrong-product', 1, other({ attributes: [], cents: 1e6 })],
    [
      'what is too expensive, without its options',
      'too-expensive',
      2,
      {
        ...other({ cents: 1e6 }),
        chosen: [],
      },
    ],
  ])('%s is %s', async (_, result, met, purchase) => {
    const mark = await oracle(task, 'done', withBought(purchase))
    expect(mark).toMatchObject({ result, correct: met === demands })
    expect(mark.reward).toBeCloseTo(met / demands)
    expect(mark.note).toMatch(/^[A-Z].*\.$/)
  })

  test('is told in the note, with what would be right', async () => {
    const { note } = await oracle(task, '', withBought(bought(distractors.option)))
    const [choice] = goal.options
    expect(note).toBe(
      `Bought ${distractors.option.id}: without ${choice?.name} ${choice?.value}. Right is ${right.id}.`,
    )
  })

  test('is nothing without an environment, and nothing in one of another work', async () => {
    expect(await oracle(task, 'done')).toMatchObject({ result: 'nothing-bought' })
    expect(await oracle(task, 'done', { tools: [] })).toMatchObject({ result: 'nothing-bought' })
  })
})

test('the words of the answer change nothing', async () => {
  const mark = await oracle(task, '', withBought(best))
  for (const answer of ['```answer\n```', 'I bought nothing.', distractors.price.id]) {
    expect(await oracle(task, answer, withBought(best))).toEqual(mark)
  }
})

describe('two trials of one task', () => {
  test('share no page, no purchase and no count of actions', async () => {
    const [one, two] = [environment(task), environment(task)]
    const before = await search(two, goal.thing)
    for (let call = 0; call < 16; call++) await search(one, 'lamp')
    expect(await search(one, 'lamp')).toContain('limit of 15')
    expect(await search(two, goal.thing)).toBe(before)
    await boughtByReading(two, goal)
    expect(two.purchase()?.product.id).toBe(right.id)
    expect(one.purchase()).toBeNull()
  })

  test('are marked alike when the task was written down and read in another process', async () => {
    vi.resetModules()
    const fresh = await import('../../../scenarios/web-shop/index.js')
    for (const original of tasks({ count: 12, seed: 4 })) {
      const copy: Task = JSON.parse(JSON.stringify(original))
      const there = fresh.webShop.environment?.(copy)
      if (!there) throw new Error('no environment')
      const here = environment(original)
      for (const given of [there, here]) await boughtByReading(given, orderFor(original).goal)
      const mark = await oracle(original, '', here)
      expect(mark.result).toBe('right')
      expect(await fresh.webShop.oracle(copy, '', there)).toEqual(mark)
    }
  })
})
