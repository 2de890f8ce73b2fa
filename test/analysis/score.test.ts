import { expect, test } from 'vitest'
import { composite, damage, relative } from '../../analysis/score.js'
import type { Category } from '../../core/taxonomy.js'

const cells = (scores: Partial<Record<Category, readonly number[]>>) =>
  Object.entries(scores).flatMap(([category, values]) =>
    values.map((value, at) => ({
      category: category as Category,
      fault: `${category}-${at}`,
      relative: value,
    })),
  )

test('the composite is the mean of categories, not of faults', () => {
  const score = composite(
    cells({ planning: [1, 0.8], memory: [0.9], reasoning: [0.5], action: [1, 0.7, 0.7] }),
  )
  expect(score).toBeCloseTo(0.775, 12)
})

test('a fault in two scenarios weighs as one fault', () => {
  const score = composite([
    { category: 'action', fault: 'a', relative: 1 },
    { category: 'action', fault: 'a', relative: 0.5 },
    { category: 'action', fault: 'b', relative: 0.25 },
  ])
  expect(score).toBe(0.5)
})

test('nothing measured, no score', () => {
  expect(composite([])).toBeNull()
})

test('relative robustness is not capped: a fault may do better than bad luck', () => {
  expect(relative([9, 10, 8, 10])).toBeCloseTo(1.125, 12)
})

test('without trials of both arms there is neither ratio nor difference', () => {
  expect([relative([0, 0, 5, 5]), damage([0, 0, 5, 5])]).toEqual([null, null])
  expect([relative([5, 5, 0, 0]), damage([5, 5, 0, 0])]).toEqual([null, null])
})

test('a placebo that never held allows a difference but no ratio', () => {
  expect(relative([1, 5, 0, 5])).toBeNull()
  expect(damage([1, 5, 0, 5])).toBeCloseTo(-0.2, 12)
})
