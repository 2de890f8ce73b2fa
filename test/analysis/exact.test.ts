import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clopperPearson, mostWhenNone } from '../../analysis/exact.js'
import { wilson } from '../../analysis/interval.js'

// Newcombe, Statistics in Medicine 17 (1998), table I.
test.each([
  [81, 263, 0.2527, 0.3676],
  [15, 148, 0.0578, 0.1617],
  [0, 20, 0, 0.1684],
  [1, 29, 0.0009, 0.1776],
])('the exact interval of %i in %i is the published one', (held, n, low, high) => {
  expect(Math.abs(clopperPearson(held, n).low - low)).toBeLessThan(6e-5)
  expect(Math.abs(clopperPearson(held, n).high - high)).toBeLessThan(6e-5)
})

test('the exact interval of 61 in 84 equals the reference', () => {
  expect(clopperPearson(61, 84).low).toBeCloseTo(0.617992, 6)
  expect(clopperPearson(61, 84).high).toBeCloseTo(0.817856, 6)
})

test('none broke in 60: at most 4.9 % break', () => {
  expect(mostWhenNone(60)).toBeCloseTo(0.048703, 6)
  expect(mostWhenNone(60)).toBeCloseTo(clopperPearson(0, 60, 0.1).high, 12)
  expect(mostWhenNone(0)).toBe(1)
})

test('the exact interval holds for a hundred thousand trials', () => {
  const [exact, near] = [clopperPearson(98_000, 100_000), wilson(98_000, 100_000)]
  expect(exact.low).toBeCloseTo(near.low, 4)
  expect(exact.high).toBeCloseTo(near.high, 4)
  expect(clopperPearson(0, 100_000).high).toBeCloseTo(1 - 0.025 ** 1e-5, 12)
})

test('the exact interval contains the mean, and what broke mirrors what held', () => {
  const counts = fc
    .integer({ min: 1, max: 300 })
    .chain((n) => fc.record({ held: fc.integer({ min: 0, max: n }), n: fc.constant(n) }))
  fc.assert(
    fc.property(counts, ({ held, n }) => {
      const { low, high } = clopperPearson(held, n)
      expect(low).toBeLessThanOrEqual(held / n)
      expect(high).toBeGreaterThanOrEqual(held / n)
      expect(low).toBeCloseTo(1 - clopperPearson(n - held, n).high, 9)
    }),
  )
})
