import { describe, expect, test } from 'vitest'
import { mixedChance } from '../../../models/simulated/chance.js'

const chances = (agent: string, rho: number) =>
  Array.from({ length: 4000 }, (_, seed) =>
    mixedChance({ seed, agent, activation: 0 }, rho, 'miss', 'filter'),
  )

const correlation = (a: readonly number[], b: readonly number[]) => {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const [middleA, middleB] = [mean(a), mean(b)]
  const product = mean(a.map((value, at) => (value - middleA) * ((b[at] ?? 0) - middleB)))
  const spread = (values: readonly number[], middle: number) =>
    Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
  return product / (spread(a, middleA) * spread(b, middleB))
}

describe('a chance', () => {
  test.each([0, 0.5, 0.9])('is even between 0 and 1 with rho %s', (rho) => {
    const drawn = chances('analyst', rho)
    for (const bound of [0.05, 0.25, 0.5, 0.75, 0.95]) {
      const share = drawn.filter((chance) => chance < bound).length / drawn.length
      expect(Math.abs(share - bound)).toBeLessThan(0.025)
    }
  })

  test('is independent between agents without rho, and shared the more with it', () => {
    const shared = (rho: number) => correlation(chances('analyst', rho), chances('engineer', rho))
    expect(Math.abs(shared(0))).toBeLessThan(0.05)
    // The rank correlation of two normal variables with correlation rho, by Pearson's formula.
    expect(Math.abs(shared(0.5) - (6 / Math.PI) * Math.asin(0.25))).toBeLessThan(0.05)
    expect(shared(0.9)).toBeGreaterThan(0.8)
  })

  test('follows from its key alone', () => {
    expect(chances('analyst', 0.5)).toEqual(chances('analyst', 0.5))
    expect(chances('analyst', 0.5).slice(0, 9)).not.toEqual(chances('critic', 0.5).slice(0, 9))
  })
})
