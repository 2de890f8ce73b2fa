import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everyTime, passAll, passAny } from '../../analysis/every-time.js'

const ofFive = (...held: readonly number[]) => held.map((one) => [[one, 5]])

test('three of five tries with four held: all hold with .4, one at least always', () => {
  expect(passAll(4, 5, 3)).toBeCloseTo(0.4, 12)
  expect(passAny(4, 5, 3)).toBe(1)
})

test('four tasks of which 5, 4, 2 and 0 of five held work every time with .35', () => {
  expect(everyTime(ofFive(5, 4, 2, 0))).toEqual({
    mean: expect.closeTo(0.35, 12),
    low: null,
    high: null,
    n: 4,
  })
})

test('a task with two tries cannot be asked for three: it is left out', () => {
  expect(everyTime([...ofFive(5, 4, 2, 0), [[2, 2]]])).toEqual(everyTime(ofFive(5, 4, 2, 0)))
  expect(everyTime([[[2, 2]]])).toEqual({ mean: null, low: null, high: null, n: 0 })
})

test('six tasks have an interval', () => {
  const { mean, low, high } = everyTime(ofFive(5, 4, 2, 0, 5, 3))
  expect(mean).toBeCloseTo((1 + 0.4 + 0 + 0 + 1 + 0.1) / 6, 12)
  expect(low).toBeLessThan(mean ?? 0)
  expect(high).toBeGreaterThan(mean ?? 1)
})

test('the mean over all ways to draw is unbiased', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, p) => {
        const chance = (held: number) => ways(n, held) * p ** held * (1 - p) ** (n - held)
        const counts = [...Array(n + 1).keys()]
        const mean = counts.reduce((all, held) => all + chance(held) * passAll(held, n, 3), 0)
        expect(mean).toBeCloseTo(p ** 3, 10)
      },
    ),
  )
})

const ways = (n: number, k: number): number => (k === 0 ? 1 : (ways(n, k - 1) * (n - k + 1)) / k)
