import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawnProfile, type Prior } from '../../../models/simulated/prior.js'

const prior: Prior = {
  ...{ window: [800, 16_000], miss: [0, 0.05], notice: [0.05, 0.95], verify: [0.05, 0.95] },
  ...{ carry: [0.1, 1], repair: [0.05, 0.95], slip: [0, 0.1], chat: [0, 3], rho: [0, 0.9] },
  ...{ obey: [0.05, 0.95], toolRepair: [0.05, 0.95], ask: [0.05, 0.95] },
}

test('a temper lies within the bounds, is the same every time, and counts in whole numbers', () => {
  fc.assert(
    fc.property(fc.nat(100_000), (repetition) => {
      const profile = drawnProfile(prior, repetition)
      expect(drawnProfile(prior, repetition)).toEqual(profile)
      for (const [field, [least, most]] of Object.entries(prior)) {
        const value = profile[field as keyof Prior]
        expect(value).toBeGreaterThanOrEqual(least)
        expect(value).toBeLessThanOrEqual(most)
      }
      expect(Number.isInteger(profile.window) && Number.isInteger(profile.chat)).toBe(true)
    }),
  )
})

test('sixty tempers spread over the bounds, each field for itself', () => {
  const profiles = Array.from({ length: 60 }, (_, at) => drawnProfile(prior, at + 1))
  const above = (field: 'notice' | 'verify') => profiles.map((one) => one[field] > 0.5)
  for (const field of ['notice', 'verify'] as const) {
    const high = above(field).filter(Boolean).length
    expect(high).toBeGreaterThan(20)
    expect(high).toBeLessThan(40)
  }
  const alike = above('notice').filter((one, at) => one === above('verify')[at]).length
  expect(alike).toBeGreaterThan(18)
  expect(alike).toBeLessThan(42)
  expect(new Set(profiles.map(({ chat }) => chat))).toEqual(new Set([0, 1, 2, 3]))
})
