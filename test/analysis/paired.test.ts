import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostWhenNone } from '../../analysis/exact.js'
import { notWorse, paired } from '../../analysis/paired.js'

const ten = [0.2, 0.4, 0, 0, -0.2, 0.6, 0.2, 0, 0.4, 0.2]
const twenty = [
  ...Array<number>(14).fill(0),
  ...Array<number>(3).fill(0.2),
  ...Array<number>(3).fill(-0.2),
]
const lower = twenty.map((one) => one - 0.2)
const differences = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 60 })

test('ten differences equal the reference', () => {
  const result = paired(ten)
  expect(result.mean).toBeCloseTo(0.18, 12)
  expect(result.low).toBeCloseTo(0.008712, 6)
  expect(result.high).toBeCloseTo(0.351288, 6)
  expect(result.p).toBeCloseTo(0.041416, 6)
  expect(result.n).toBe(10)
})

test('the interval excludes 0 exactly when p is below 5 %', () => {
  fc.assert(
    fc.property(differences, (fifths) => {
      const { low, high, p } = paired(fifths.map((one) => one / 5))
      expect(low > 0 || high < 0).toBe(p < 0.05)
    }),
  )
})

test('the order of tasks changes nothing', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(ten, { minLength: 10 }), (shuffled) => {
      expect(paired(shuffled).low).toBeCloseTo(paired(ten).low, 12)
      expect(paired(shuffled).p).toBeCloseTo(paired(ten).p, 12)
    }),
  )
})

test('tasks that all differ alike leave no doubt, and none when nothing differs', () => {
  expect(paired([0.2, 0.2, 0.2])).toMatchObject({ mean: 0.2, low: 0.2, high: 0.2, p: 0, se: 0 })
  expect(paired([0, 0, 0])).toMatchObject({ mean: 0, p: 1, se: 0 })
})

test('one task has no interval, none has no difference either', () => {
  expect(paired([0.4])).toMatchObject({ mean: 0.4, low: -Infinity, high: Infinity, p: 1, n: 1 })
  expect(paired([])).toMatchObject({ mean: 0, low: -Infinity, high: Infinity, p: 1, n: 0 })
})

test('a confidence of 90 % is narrower', () => {
  expect(paired(ten, 0.9).low).toBeGreaterThan(paired(ten).low)
  expect(paired(ten, 0.9).p).toBe(paired(ten).p)
})

test('not worse by 10 points passes, by 2 points is undecided', () => {
  const passed = notWorse(twenty, { margin: 0.1, pairs: 100 })
  expect(passed.verdict).toBe('passed')
  expect(passed.low).toBeCloseTo(-0.043455, 6)
  expect(notWorse(twenty, { margin: 0.02, pairs: 100 }).verdict).toBe('undecided')
})

test('20 points worse fails a margin of 10', () => {
  const { low, high, verdict } = notWorse(lower, { margin: 0.1, pairs: 100 })
  expect(verdict).toBe('failed')
  expect(low).toBeCloseTo(-0.243455, 6)
  expect(high).toBeCloseTo(-0.156545, 6)
})

test('p is the error at which it would just fail', () => {
  const { p } = notWorse(lower, { margin: 0.1, pairs: 100 })
  const at = (alpha: number) => notWorse(lower, { margin: 0.1, pairs: 100, alpha }).verdict
  expect([at(p * 1.01), at(p * 0.99)]).toEqual(['failed', 'undecided'])
  expect(notWorse(twenty, { margin: 0.1, pairs: 100 }).p).toBeGreaterThan(0.99)
})

test('when no pair differs, the exact bound of that decides', () => {
  const none = Array<number>(20).fill(0)
  const { low, high, p, verdict } = notWorse(none, { margin: 0.1, pairs: 100 })
  expect({ low, high }).toEqual({ low: -mostWhenNone(100), high: mostWhenNone(100) })
  expect({ p, verdict }).toEqual({ p: 1, verdict: 'passed' })
  expect(notWorse(none, { margin: 0.1, pairs: 20 }).verdict).toBe('undecided')
  expect(notWorse([], { margin: 0.1, pairs: 0 }).verdict).toBe('undecided')
})

test('tasks that are all worse alike fail at their p', () => {
  const alike = Array<number>(20).fill(-0.2)
  const at = (alpha: number) => notWorse(alike, { margin: 0.1, pairs: 60, alpha })
  const { p, verdict } = at(0.05)
  expect(verdict).toBe('failed')
  expect(p).toBeCloseTo(0.9 ** 60, 12)
  expect([at(p * 1.01).verdict, at(p * 0.99).verdict]).toEqual(['failed', 'undecided'])
})
