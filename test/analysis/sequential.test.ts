import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atLeast, atMost, binomial } from '../../analysis/binomial.js'
import {
  decideByLooks,
  decideFixed,
  design,
  evaluate,
  fixedDesign,
  isHopeless,
} from '../../analysis/sequential.js'

const usual = { pass: 0.9, fail: 0.8 }
const zones = fc
  .record({ fail: fc.integer({ min: 2, max: 85 }), width: fc.integer({ min: 8, max: 40 }) })
  .map(({ fail, width }) => ({ fail: fail / 100, pass: Math.min(0.99, (fail + width) / 100) }))

test('a question asked once: 116 of 135 for .9 against .8', () => {
  expect(fixedDesign(usual)).toEqual({ n: 135, held: 116 })
  expect(atLeast(binomial(135, 0.8), 116)).toBeCloseTo(0.048968, 6)
  expect(atLeast(binomial(135, 0.9), 116)).toBeCloseTo(0.951645, 6)
})

// The looks as n (fail at or below, pass at or above).
test.each([
  {
    zone: usual,
    fixed: { n: 135, held: 116 },
    longest: 176,
    looks:
      '18 (12, 19) 35 (26, 34) 53 (42, 49) 70 (56, 64) 88 (72, 79) 106 (88, 94) 123 (102, 108) 141 (118, 123) 158 (133, 137) 176 (150, 151)',
  },
  {
    zone: { pass: 0.85, fail: 0.7 },
    fixed: { n: 85, held: 67 },
    longest: 107,
    looks:
      '11 (5, 12) 21 (13, 20) 32 (22, 29) 43 (30, 37) 54 (39, 45) 64 (47, 53) 75 (56, 61) 86 (65, 70) 96 (74, 77) 107 (83, 84)',
  },
  {
    zone: { pass: 0.97, fail: 0.9 },
    fixed: { n: 129, held: 122 },
    longest: 159,
    looks:
      '16 (12, 17) 32 (27, 33) 48 (43, 48) 64 (58, 63) 80 (73, 78) 95 (88, 92) 111 (103, 106) 127 (118, 122) 143 (134, 136) 159 (149, 150)',
  },
])('the looks of $zone.pass against $zone.fail equal the reference', (reference) => {
  const { fixed, looks, longest } = design(reference.zone)
  expect({ fixed, longest }).toEqual({ fixed: reference.fixed, longest: reference.longest })
  const shown = looks.map(({ n, failAt, passAt }) => `${n} (${failAt}, ${passAt})`).join(' ')
  expect(shown).toBe(reference.looks)
})

test.each([
  [0.8, 0.0478, 69.5],
  [0.85, 0.4387, 101.7],
  [0.9, 0.9512, 81.4],
  [0.99, 1, 35.9],
])('at a truth of %d looks pass with %d after %d trials', (truth, passed, trials) => {
  const result = evaluate(design(usual).looks, truth)
  expect(result.passed).toBeCloseTo(passed, 4)
  expect(result.trials).toBeCloseTo(trials, 1)
})

test('what is far below the zone hardly ever passes', () => {
  const { passed, trials } = evaluate(design(usual).looks, 0.6)
  expect(passed).toBeGreaterThan(1e-7)
  expect(passed).toBeLessThan(1e-6)
  expect(trials).toBeCloseTo(22, 1)
})

test('both errors are kept in every zone, and the last look decides', () => {
  fc.assert(
    fc.property(zones, (zone) => {
      const { looks, longest } = design(zone)
      expect(evaluate(looks, zone.fail).passed).toBeLessThanOrEqual(0.05)
      expect(evaluate(looks, zone.pass).passed).toBeGreaterThanOrEqual(0.95)
      const last = looks.at(-1)
      expect(last?.n).toBe(longest)
      expect(last?.failAt).toBe((last?.passAt ?? 0) - 1)
      looks.forEach(({ n, failAt, passAt }, at) => {
        expect(n).toBeGreaterThan(looks[at - 1]?.n ?? 0)
        expect(failAt).toBeLessThan(passAt)
        expect(passAt).toBeLessThanOrEqual(n + 1)
      })
    }),
    { numRuns: 30 },
  )
})

test('asking once keeps both errors with the fewest trials', () => {
  fc.assert(
    fc.property(zones, ({ pass, fail }) => {
      const { n, held } = fixedDesign({ pass, fail })
      expect(atLeast(binomial(n, fail), held)).toBeLessThanOrEqual(0.05)
      expect(atLeast(binomial(n, pass), held)).toBeGreaterThanOrEqual(0.95)
      expect(decideFixed({ pass, fail }, held, n)).toBe('passed')
      expect(decideFixed({ pass, fail }, held - 1, n)).toBe('failed')
    }),
    { numRuns: 30 },
  )
})

test('a zone that ends at 1 or at 0 has looks too', () => {
  expect(fixedDesign({ pass: 1, fail: 0.9 })).toEqual({ n: 29, held: 29 })
  expect(evaluate(design({ pass: 1, fail: 0.9 }).looks, 1).passed).toBe(1)
  expect(evaluate(design({ pass: 0.1, fail: 0 }).looks, 0).passed).toBe(0)
})

test('a zone of one point is designed without losing its errors', () => {
  const { looks, longest } = design({ pass: 0.9, fail: 0.89 })
  expect(longest).toBeGreaterThan(10_000)
  expect(evaluate(looks, 0.89).passed).toBeLessThanOrEqual(0.05)
  expect(evaluate(looks, 0.9).passed).toBeGreaterThanOrEqual(0.95)
})

test('looks decide as soon as the first of them is clear, whatever comes later', () => {
  const { looks } = design(usual)
  const held = (count: number) => Array<boolean>(count).fill(true)
  const broke = (count: number) => Array<boolean>(count).fill(false)
  expect(decideByLooks(looks, held(34))).toBeNull()
  expect(decideByLooks(looks, held(35))).toEqual({ verdict: 'passed', after: 35 })
  expect(decideByLooks(looks, [...held(35), ...broke(141)])).toEqual({
    verdict: 'passed',
    after: 35,
  })
  expect(decideByLooks(looks, [...broke(6), ...held(12)])).toEqual({ verdict: 'failed', after: 18 })
  expect(decideByLooks(looks, [...broke(5), ...held(13)])).toBeNull()
  expect(decideByLooks(looks, [])).toBeNull()
})

describe('a question of which no trial counts', () => {
  const { looks } = design(usual)
  const hopeless = (leftOut: number, left: number) => isHopeless(looks, { leftOut, left })

  test('is given up when what is left hardly holds enough for a first look', () => {
    // 1 - 0.025^(1/18) is 18.5 %: of 42 trials at most 8 may be expected to count, and a look takes 18.
    expect(hopeless(18, 42)).toBe(true)
    expect(hopeless(18, 162)).toBe(false)
    expect(hopeless(29, 151)).toBe(false)
    expect(hopeless(30, 150)).toBe(true)
  })

  test('is not given up before as many were asked as a first look takes, nor without looks', () => {
    expect(hopeless(17, 0)).toBe(false)
    expect(isHopeless([], { leftOut: 1000, left: 0 })).toBe(false)
  })

  test('stays given up', () => {
    const numbers = fc.tuple(fc.nat(2000), fc.nat(2000))
    fc.assert(
      fc.property(numbers, ([leftOut, left]) => {
        if (hopeless(leftOut, left + 1)) expect(hopeless(leftOut + 1, left)).toBe(true)
      }),
    )
  })
})

test('all planned trials always decide', () => {
  const { looks, longest } = design(usual)
  const outcomes = fc.array(fc.boolean(), { minLength: longest, maxLength: longest })
  fc.assert(
    fc.property(outcomes, (all) => {
      expect(decideByLooks(looks, all)).not.toBeNull()
    }),
  )
})

test('without a stop, a zone asks for the evidence that it names', () => {
  expect(decideFixed(usual, 8, 10)).toBe('undecided')
  expect(decideFixed(usual, 6, 10)).toBe('failed')
  expect(decideFixed(usual, 10, 10)).toBe('undecided')
  expect(decideFixed(usual, 20, 20)).toBe('passed')
  expect(decideFixed(usual, 0, 0)).toBe('undecided')
})

test('a hundred thousand trials are decided as exactly as a hundred', () => {
  expect(decideFixed(usual, 85_000, 100_000)).toBe('passed')
  expect(decideFixed(usual, 79_000, 100_000)).toBe('failed')
  const chances = binomial(100_000, 0.8)
  expect(atLeast(chances, 80_000) + atMost(chances, 79_999)).toBeCloseTo(1, 12)
  // The binomial of so many trials is normal: .5 + half the chance of the middle one.
  expect(atLeast(chances, 80_000)).toBeCloseTo(0.5 + 0.5 / Math.sqrt(2 * Math.PI * 16_000), 3)
})
