import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { benjaminiHochberg, holm, mcnemar } from '../../analysis/corrections.js'
import { everyTime, passAll, passAny } from '../../analysis/every-time.js'
import { clopperPearson, mostWhenNone } from '../../analysis/exact.js'
import { notWorse, paired } from '../../analysis/paired.js'

const near = (values: readonly number[], expected: readonly number[], digits = 6) => {
  expect(values).toHaveLength(expected.length)
  values.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at] ?? Number.NaN, digits)
  })
}

describe('exact intervals', () => {
  // Newcombe (1998), Table I.
  test.each([
    [81, 263, 0.2527, 0.3676],
    [15, 148, 0.0578, 0.1617],
    [0, 20, 0, 0.1684],
    [1, 29, 0.0009, 0.1776],
  ])('of %i of %i', (held, n, low, high) => {
    const found = clopperPearson(held, n)
    near([found.low, found.high], [low, high], 4)
  })

  test('say what none in sixty means', () => {
    expect(mostWhenNone(60)).toBeCloseTo(0.0487, 4)
    near(Object.values(clopperPearson(61, 84)), [0.617992, 0.817856])
  })
})

describe('differences by task', () => {
  const differences = [0.2, 0.4, 0, 0, -0.2, 0.6, 0.2, 0, 0.4, 0.2]

  test('have a t interval', () => {
    const { mean, low, high, p, n } = paired(differences)
    near([mean, low, high, p, n], [0.18, 0.008712, 0.351288, 0.041416, 10])
  })

  test('mirror when the sides change places', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 6 }), (given) => {
        const [a, b] = [paired(given), paired(given.map((one) => 0 - one))]
        near([a.mean, a.low, a.high, a.p], [0 - b.mean, 0 - b.high, 0 - b.low, b.p], 9)
      }),
    )
  })

  const drop = [0, -0.2, 0, 0.2, 0, 0, -0.2, 0, 0, 0, 0.2, 0, 0, -0.2, 0, 0, 0, 0, 0.2, 0]
  test('are not worse than a margin, worse, or neither', () => {
    const pairs = 100
    const passed = notWorse(drop, { margin: 0.1, pairs })
    expect(passed.verdict).toBe('passed')
    expect(passed.low).toBeCloseTo(-0.043455, 6)
    expect(notWorse(drop, { margin: 0.02, pairs }).verdict).toBe('undecided')
    const failed = notWorse(
      drop.map((one) => one - 0.2),
      { margin: 0.1, pairs },
    )
    expect(failed.verdict).toBe('failed')
    near([failed.low, failed.high], [-0.243455, -0.156545])
    expect(failed.p).toBeLessThan(0.05)
  })

  test('that are all alike prove as much as there were pairs', () => {
    const none = new Array<number>(6).fill(0)
    expect(notWorse(none, { margin: 0.1, pairs: 6 }).verdict).toBe('undecided')
    expect(notWorse(none, { margin: 0.1, pairs: 30 }).verdict).toBe('passed')
    expect(
      notWorse(
        none.map(() => -0.5),
        { margin: 0.1, pairs: 30 },
      ).verdict,
    ).toBe('failed')
  })
})

describe('many comparisons', () => {
  const few = [0.01, 0.04, 0.03, 0.005]
  // Benjamini and Hochberg (1995), section 4.
  const fifteen = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ]

  test('are corrected as published', () => {
    near(holm(few), [0.03, 0.06, 0.06, 0.02])
    near(benjaminiHochberg(few), [0.02, 0.04, 0.04, 0.02])
    expect(holm(fifteen).filter((p) => p <= 0.05)).toHaveLength(3)
    expect(benjaminiHochberg(fifteen).filter((p) => p <= 0.05)).toHaveLength(4)
    expect(holm(fifteen)[2]).toBeCloseTo(0.0247, 4)
    expect(benjaminiHochberg(fifteen)[2]).toBeCloseTo(0.0095, 4)
  })

  test('never get smaller and keep their order', () => {
    const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(ps, fc.constantFrom(holm, benjaminiHochberg), (given, correct) => {
        const adjusted = correct(given)
        given.forEach((p, at) => {
          expect(adjusted[at]).toBeGreaterThanOrEqual(p)
          expect(adjusted[at]).toBeLessThanOrEqual(1)
          given.forEach((other, place) => {
            if (p < other) expect(adjusted[at]).toBeLessThanOrEqual(adjusted[place] ?? 1)
          })
        })
      }),
    )
  })

  test("McNemar's counts have an exact and a mid chance", () => {
    near(Object.values(mcnemar(3, 12)), [0.035156, 0.021271])
    expect(mcnemar(12, 3)).toEqual(mcnemar(3, 12))
    expect(mcnemar(0, 0)).toEqual({ exact: 1, midP: 1 })
    expect(mcnemar(5, 5).exact).toBe(1)
  })
})

describe('works every time', () => {
  test('is unbiased', () => {
    near([passAll(4, 5, 3), passAny(4, 5, 3)], [0.4, 1])
    expect(everyTime([5, 4, 2, 0].map((held) => [[held, 5]])).mean).toBeCloseTo(0.35, 10)
  })

  test('leaves out what was not tried three times', () => {
    expect(everyTime([[[2, 2]], [[3, 3]]])).toMatchObject({ mean: 1, n: 1 })
    expect(everyTime([[[2, 2]]])).toEqual({ mean: null, low: null, high: null, n: 0 })
  })
})
