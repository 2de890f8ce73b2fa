import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lowerTail, upperTail } from '../../analysis/binomial.js'
import {
  decideByLooks,
  decideFixed,
  design,
  evaluate,
  fixedDesign,
} from '../../analysis/sequential.js'

describe('tails of the binomial distribution', () => {
  test('are what tables have', () => {
    expect(upperTail(116, 135, 0.8)).toBeCloseTo(0.048968, 6)
    expect(upperTail(116, 135, 0.9)).toBeCloseTo(0.951645, 6)
    expect(lowerTail(3, 15, 0.5)).toBeCloseTo(0.017578, 6)
    expect([upperTail(0, 10, 0.3), lowerTail(10, 10, 0.3)]).toEqual([1, 1])
    expect([upperTail(11, 10, 0.3), upperTail(3, 10, 0), upperTail(3, 10, 1)]).toEqual([0, 0, 1])
  })

  test('add up to one, for large numbers too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, rate, part) => {
          const held = Math.round(part * n)
          const sum = upperTail(held, n, rate) + (held === 0 ? 0 : lowerTail(held - 1, n, rate))
          expect(sum).toBeCloseTo(1, 8)
        },
      ),
    )
    expect(upperTail(50_000, 100_000, 0.5)).toBeCloseTo(0.501262, 5)
  })
})

describe('a question with a zone', () => {
  test('has a fixed design', () => {
    expect(fixedDesign({ pass: 0.9, fail: 0.8 })).toEqual({ n: 135, held: 116 })
    expect(fixedDesign({ pass: 0.85, fail: 0.7 })).toEqual({ n: 85, held: 67 })
    expect(fixedDesign({ pass: 0.97, fail: 0.9 })).toEqual({ n: 129, held: 122 })
  })

  const said = (zone: Parameters<typeof design>[0]) =>
    design(zone)
      .looks.map(({ n, failAt, passAt }) => `${n} (${failAt}, ${passAt})`)
      .join(' ')
  test.each([
    [
      { pass: 0.9, fail: 0.8 },
      '18 (12, 19) 35 (26, 34) 53 (42, 49) 70 (56, 64) 88 (72, 79) 106 (88, 94) 123 (102, 108) 141 (118, 123) 158 (133, 137) 176 (150, 151)',
    ],
    [
      { pass: 0.85, fail: 0.7 },
      '11 (5, 12) 21 (13, 20) 32 (22, 29) 43 (30, 37) 54 (39, 45) 64 (47, 53) 75 (56, 61) 86 (65, 70) 96 (74, 77) 107 (83, 84)',
    ],
    [
      { pass: 0.97, fail: 0.9 },
      '16 (12, 17) 32 (27, 33) 48 (43, 48) 64 (58, 63) 80 (73, 78) 95 (88, 92) 111 (103, 106) 127 (118, 122) 143 (134, 136) 159 (149, 150)',
    ],
  ])('%o is looked at ten times', (zone, looks) => {
    expect(said(zone)).toBe(looks)
  })

  test.each([
    [0.6, 0.000001, 22],
    [0.8, 0.0478, 69.5],
    [0.85, 0.4387, 101.7],
    [0.9, 0.9512, 81.4],
    [0.99, 1, 35.9],
  ])('at a truth of %f it passes with %f after %f trials', (truth, passed, trials) => {
    const found = evaluate(design({ pass: 0.9, fail: 0.8 }).looks, truth)
    expect(found.passed).toBeCloseTo(passed, 4)
    expect(found.trials).toBeCloseTo(trials, 1)
  })

  test('errs on neither side more often than it says, whatever the zone', () => {
    const zone = fc
      .tuple(fc.integer({ min: 10, max: 80 }), fc.integer({ min: 8, max: 15 }))
      .map(([fail, width]) => ({ fail: fail / 100, pass: (fail + width) / 100 }))
    fc.assert(
      fc.property(zone, (one) => {
        const { looks, longest } = design(one)
        expect(evaluate(looks, one.fail).passed).toBeLessThanOrEqual(0.05)
        expect(evaluate(looks, one.pass).passed).toBeGreaterThanOrEqual(0.95)
        const last = looks.at(-1)
        expect(last?.n).toBe(longest)
        // The last look always decides.
        expect(last && last.passAt - last.failAt).toBe(1)
      }),
      { numRuns: 12 },
    )
  })

  test('is answered by the first look that is clear, and by no later trial', () => {
    const { looks } = design({ pass: 0.9, fail: 0.8 })
    const held = (count: number, broke: number) => [
      ...new Array<boolean>(count).fill(true),
      ...new Array<boolean>(broke).fill(false),
    ]
    expect(decideByLooks(looks, held(17, 0))).toBeNull()
    expect(decideByLooks(looks, held(34, 0))).toBeNull()
    expect(decideByLooks(looks, held(35, 0))).toEqual({ verdict: 'passed', after: 35 })
    expect(decideByLooks(looks, [...held(34, 1), ...held(0, 100)])).toEqual({
      ...{ verdict: 'passed', after: 35 },
    })
    expect(decideByLooks(looks, held(12, 6))).toEqual({ verdict: 'failed', after: 18 })
  })

  test('is decided by the fixed design when nothing was stopped', () => {
    const zone = { pass: 0.9, fail: 0.8 }
    expect([116, 115].map((count) => decideFixed(zone, count, 135))).toEqual(['passed', 'failed'])
    expect(decideFixed(zone, 0, 0)).toBe('undecided')
    expect(decideFixed(zone, 27, 30)).toBe('undecided')
    expect(decideFixed(zone, 85_000, 100_000)).toBe('passed')
    expect(decideFixed(zone, 79_900, 100_000)).toBe('failed')
  })

  test('always has an answer from the fixed number of trials on', () => {
    const zone = { pass: 0.9, fail: 0.8 }
    for (let n = 150; n < 260; n += 7) {
      for (let held = 0; held <= n; held++) {
        expect(decideFixed(zone, held, n), `${held} of ${n}`).not.toBe('undecided')
      }
    }
  })
})
