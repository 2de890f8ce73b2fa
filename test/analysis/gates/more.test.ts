import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moreTasks, moreTrials } from '../../../analysis/gates/more.js'
import { wilson } from '../../../analysis/interval.js'

test.each([
  [103, 120, 0.8, 61],
  [48, 84, 0.6, 1046],
  [8, 10, 0.6, 14],
])('%i of %i against %f: %i more trials', (held, n, bound, more) => {
  expect(moreTrials(held / n, n, { comparison: '>=', bound })).toBe(more)
})

test('no number of trials decides a rate that is the bound', () => {
  expect(moreTrials(0.8, 50, { comparison: '>=', bound: 0.8 })).toBeNull()
  expect(
    moreTasks({ mean: 0.5, low: 0.4, high: 0.6, n: 10 }, { comparison: '>=', bound: 0.5 }),
  ).toBeNull()
})

test('so many trials decide, and one fewer does not', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 300 }),
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      fc.constantFrom('>=' as const, '<=' as const),
      (n, rate, bound, comparison) => {
        const more = moreTrials(rate, n, { comparison, bound })
        if (more === null) return
        const isClear = (size: number) => {
          const { low, high } = wilson(rate * size, size)
          return comparison === '>=' ? low >= bound || high < bound : high <= bound || low > bound
        }
        expect(isClear(n + more)).toBe(true)
        if (more > 0) expect(isClear(n + more - 1)).toBe(false)
      },
    ),
  )
})

test('more tasks shrink the interval of an estimate until it is clear', () => {
  const found = { mean: 0.7, low: 0.55, high: 0.85, n: 10 }
  const more = moreTasks(found, { comparison: '>=', bound: 0.6 }) ?? 0
  expect(more).toBeGreaterThan(5)
  expect(more).toBeLessThan(25)
  expect(moreTasks(found, { comparison: '>=', bound: 0.69 }) ?? 0).toBeGreaterThan(1000)
})
