import fc from 'fast-check'
import { expect, test } from 'vitest'
import { designEffect, onTasksLikeThese, scoreOf, tOver, wilson } from '../../analysis/interval.js'

const ofFive = (...held: readonly number[]) => held.map((one) => ({ held: one, n: 5 }))

const count = fc
  .integer({ min: 1, max: 500 })
  .chain((n) => fc.record({ held: fc.integer({ min: 0, max: n }), n: fc.constant(n) }))

// Newcombe, Statistics in Medicine 17 (1998), table I.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('the interval of %i in %i is the published one', (held, n, low, high) => {
  expect(Math.abs(wilson(held, n).low - low)).toBeLessThan(6e-5)
  expect(Math.abs(wilson(held, n).high - high)).toBeLessThan(6e-5)
})

test.each([
  [8, 10, 0.490162, 0.943318],
  [61, 84, 0.622526, 0.810072],
  [103, 120, 0.784805, 0.909631],
])('the interval of %i in %i equals the reference', (held, n, low, high) => {
  expect(wilson(held, n).low).toBeCloseTo(low, 6)
  expect(wilson(held, n).high).toBeCloseTo(high, 6)
})

test('the ends are exact: 0 when none held, 1 when all did', () => {
  expect(wilson(20, 20).high).toBe(1)
  expect(wilson(20, 20).low).toBeCloseTo(0.838875, 6)
  expect(wilson(0, 20).low).toBe(0)
})

test('without trials nothing is known', () => {
  expect(scoreOf(0, 0)).toEqual({ mean: null, low: 0, high: 1, n: 0 })
})

test.each([
  [6, 2.570582],
  [10, 2.262157],
  [20, 2.093024],
])('t over %i tasks equals the reference', (tasks, t) => {
  expect(tOver(tasks)).toBeCloseTo(t, 6)
})

test('the mean lies within its interval, and the interval within 0 to 1', () => {
  fc.assert(
    fc.property(count, ({ held, n }) => {
      const { mean, low, high } = wilson(held, n)
      expect(low).toBeLessThanOrEqual(mean ?? -1)
      expect(high).toBeGreaterThanOrEqual(mean ?? 2)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
    }),
  )
})

test('what broke mirrors what held', () => {
  fc.assert(
    fc.property(count, ({ held, n }) => {
      expect(wilson(held, n).low).toBeCloseTo(1 - wilson(n - held, n).high, 12)
    }),
  )
})

test('more trials at the same rate never widen', () => {
  const width = (held: number, n: number) => wilson(held, n).high - wilson(held, n).low
  fc.assert(
    fc.property(count, fc.integer({ min: 2, max: 9 }), ({ held, n }, times) => {
      expect(width(held * times, n * times)).toBeLessThanOrEqual(width(held, n) + 1e-12)
    }),
  )
})

test('both lines of ten unlike tasks equal the reference', () => {
  const tasks = ofFive(5, 5, 5, 4, 5, 0, 5, 3, 5, 1)
  expect(designEffect(tasks)).toBeCloseTo(3.849903, 6)
  expect(wilson(38, 50).low).toBeCloseTo(0.625873, 6)
  expect(wilson(38, 50).high).toBeCloseTo(0.857026, 6)
  const others = onTasksLikeThese(tasks)
  expect(others.low).toBeCloseTo(0.447854, 6)
  expect(others.high).toBeCloseTo(0.925166, 6)
  expect(others).toMatchObject({ mean: 0.76, n: 10 })
})

test('tasks that are all alike count in full', () => {
  expect(designEffect(ofFive(4, 4, 4, 4, 4, 4, 4, 4, 4, 4))).toBe(1)
})

test.each([0, 5])('when every task held %i of 5, a task counts as one trial', (held) => {
  const tasks = ofFive(held, held, held, held, held, held, held, held)
  expect(designEffect(tasks)).toBe(5)
  const { low, high } = wilson(held === 0 ? 0 : 8, 8, tOver(8))
  expect(onTasksLikeThese(tasks)).toEqual({ mean: held / 5, low, high, n: 8 })
})

test('five tasks say nothing about others', () => {
  expect(onTasksLikeThese(ofFive(5, 4, 3, 2, 1))).toEqual({
    mean: 0.6,
    low: null,
    high: null,
    n: 5,
  })
  expect(onTasksLikeThese([])).toEqual({ mean: null, low: null, high: null, n: 0 })
})
