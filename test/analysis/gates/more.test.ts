import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bound, chanceAtBound, keepsBound } from '../../../analysis/gates/bound.js'
import { moreTasks, moreTrials } from '../../../analysis/gates/more.js'

const alone = (limit: Bound) => ({ limit, questions: 1 })

test.each([
  [103, 120, 0.8, 61],
  [48, 84, 0.6, 1046],
  [8, 10, 0.6, 14],
])('%i of %i against %f: %i more trials', (held, n, bound, more) => {
  expect(moreTrials(held, n, alone({ comparison: '>=', bound }))).toBe(more)
})

test('among several questions it takes more', () => {
  const limit = { comparison: '>=', bound: 0.6 } as const
  expect(moreTrials(41, 84, { limit, questions: 3 })).toBeGreaterThan(20)
  expect(moreTasks({ mean: 0.5, low: 0.41, high: 0.59, n: 9 }, alone(limit))).toBe(0)
  expect(
    moreTasks({ mean: 0.5, low: 0.41, high: 0.59, n: 9 }, { limit, questions: 3 }),
  ).toBeGreaterThan(1)
})

test('no number of trials decides a rate that is the bound', () => {
  expect(moreTrials(40, 50, alone({ comparison: '>=', bound: 0.8 }))).toBeNull()
  expect(
    moreTasks({ mean: 0.5, low: 0.4, high: 0.6, n: 10 }, alone({ comparison: '>=', bound: 0.5 })),
  ).toBeNull()
})

test('so many trials decide, and one fewer does not', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 300 }),
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      fc.constantFrom('>=' as const, '<=' as const),
      fc.integer({ min: 1, max: 20 }),
      (n, rate, bound, comparison, questions) => {
        const limit = { comparison, bound }
        const more = moreTrials(rate * n, n, { limit, questions })
        if (more === null) return
        const isDecided = (size: number) => {
          const held = ((rate * n) / n) * size
          return (
            keepsBound(held, size, limit) || chanceAtBound(held, size, limit) * questions < 0.025
          )
        }
        expect(isDecided(n + more)).toBe(true)
        if (more > 0) expect(isDecided(n + more - 1)).toBe(false)
      },
    ),
  )
})

test('more tasks shrink the interval of an estimate until it is clear', () => {
  const found = { mean: 0.7, low: 0.55, high: 0.85, n: 10 }
  const more = moreTasks(found, alone({ comparison: '>=', bound: 0.6 })) ?? 0
  expect(more).toBeGreaterThan(5)
  expect(more).toBeLessThan(25)
  expect(moreTasks(found, alone({ comparison: '>=', bound: 0.69 })) ?? 0).toBeGreaterThan(1000)
})
