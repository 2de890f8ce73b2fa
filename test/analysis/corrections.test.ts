import fc from 'fast-check'
import { expect, test } from 'vitest'
import { benjaminiHochberg, holm, mcnemar } from '../../analysis/corrections.js'

// Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995), section 4.
const published = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
  0.6528, 0.759, 1,
]
const rejected = (ps: readonly number[]) => ps.filter((p) => p <= 0.05).length
const close = (ps: readonly number[]) => ps.map((p) => Number(p.toFixed(12)))
const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 })

test('Holm rejects three of the fifteen published p-values, Benjamini and Hochberg four', () => {
  expect(rejected(holm(published))).toBe(3)
  expect(holm(published)[2]).toBeCloseTo(0.0247, 12)
  expect(rejected(benjaminiHochberg(published))).toBe(4)
  expect(benjaminiHochberg(published)[2]).toBeCloseTo(0.0095, 12)
})

test('four p-values equal the reference, in the order given', () => {
  expect(close(holm([0.01, 0.04, 0.03, 0.005]))).toEqual([0.03, 0.06, 0.06, 0.02])
  expect(close(benjaminiHochberg([0.01, 0.04, 0.03, 0.005]))).toEqual([0.02, 0.04, 0.04, 0.02])
})

test.each([
  ['Holm', holm],
  ['Benjamini and Hochberg', benjaminiHochberg],
])('%s never lowers a p-value, keeps their order and stays within 1', (_, correct) => {
  fc.assert(
    fc.property(ps, (raw) => {
      const adjusted = correct(raw)
      const byRaw = raw.map((p, at) => ({ p, q: adjusted[at] ?? -1 })).sort((a, b) => a.p - b.p)
      byRaw.forEach(({ p, q }, at) => {
        expect(q).toBeGreaterThanOrEqual(p)
        expect(q).toBeLessThanOrEqual(1)
        expect(q).toBeGreaterThanOrEqual(byRaw[at - 1]?.q ?? 0)
      })
    }),
  )
})

test('Holm is never milder than Benjamini and Hochberg', () => {
  fc.assert(
    fc.property(ps, (raw) => {
      const mild = benjaminiHochberg(raw)
      holm(raw).forEach((p, at) => {
        expect(p).toBeGreaterThanOrEqual((mild[at] ?? 2) - 1e-12)
      })
    }),
  )
})

test('one p-value and none need no correction', () => {
  expect([holm([0.03]), benjaminiHochberg([0.03])]).toEqual([[0.03], [0.03]])
  expect([holm([]), benjaminiHochberg([])]).toEqual([[], []])
})

test('McNemar of 3 against 12 equals the reference, whichever side is named first', () => {
  expect(mcnemar(3, 12).exact).toBeCloseTo(0.03515625, 12)
  expect(mcnemar(3, 12).midP).toBeCloseTo(0.021270751953, 12)
  expect(mcnemar(12, 3)).toEqual(mcnemar(3, 12))
})

test('McNemar finds nothing between equals, nor where no pair differs', () => {
  expect(mcnemar(7, 7).exact).toBe(1)
  expect(mcnemar(7, 7).midP).toBeCloseTo(1, 12)
  expect(mcnemar(0, 0)).toEqual({ exact: 1, midP: 1 })
})
