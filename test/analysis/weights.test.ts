import fc from 'fast-check'
import { expect, test } from 'vitest'
import { composite } from '../../analysis/score.js'
import { presetWeights, weightsFrom } from '../../analysis/weights.js'
import { type Category, categories } from '../../core/taxonomy.js'
import { baselines, faultedBy, placebos, summaryOf, twoFaults, unlike } from './runs.js'

const cells = (scores: Partial<Record<Category, readonly number[]>>) =>
  Object.entries(scores).flatMap(([category, values]) =>
    values.map((relative, at) => ({
      ...{ category: category as Category, fault: `${category}-${at}`, relative },
    })),
  )
const preset = (name: string) => presetWeights(name) ?? expect.fail(`${name} is a preset`)
const four = cells({ planning: [1, 0.8], memory: [0.9], action: [0.5], communication: [0.2] })

test.each([
  ['uniform', (0.9 + 0.9 + 0.5 + 0.2) / 4],
  ['scopes', ((0.9 + 0.9 + 0.5) / 3 + 0.2) / 2],
  ['faults', (1 + 0.8 + 0.9 + 0.5 + 0.2) / 5],
])('weights called %s give the score by hand', (name, expected) => {
  expect(composite(four, preset(name))).toBeCloseTo(expected, 12)
})

test('weights of a file leave out what they do not name', () => {
  const weights = weightsFrom('w.yaml', { planning: 3, communication: 1 })
  expect(composite(four, weights)).toBeCloseTo((3 * 0.9 + 0.2) / 4, 12)
  expect(composite(cells({ memory: [1] }), weights)).toBeNull()
})

test('only the proportions of weights matter, and equal ones are uniform', () => {
  const some = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), {
    ...{ minLength: 7, maxLength: 7 },
  })
  fc.assert(
    fc.property(some, fc.double({ min: 0.1, max: 10, noNaN: true }), (numbers, factor) => {
      const file = (scale: number) =>
        Object.fromEntries(categories.map((one, at) => [one, (numbers[at] ?? 0) * scale]))
      const score = composite(four, weightsFrom('w', file(1))) ?? -1
      expect(composite(four, weightsFrom('w', file(factor)))).toBeCloseTo(score, 9)
      expect(score).toBeGreaterThanOrEqual(0.2)
      expect(score).toBeLessThanOrEqual(0.9)
    }),
  )
  const alike = Object.fromEntries(categories.map((one) => [one, 7]))
  expect(composite(four, weightsFrom('w', alike))).toBeCloseTo(composite(four) ?? -1, 12)
})

test.each([
  [{ plannning: 1 }, /"plannning", which is no category/],
  [{ planning: -1 }, /gives planning the weight -1/],
  [{ planning: 'much' }, /gives planning the weight "much"/],
  [{ planning: Number.NaN }, /gives planning the weight/],
  [{ planning: 0, memory: 0 }, /no category any weight/],
  [{}, /no category any weight/],
  [[1, 2], /holds no weights/],
  [null, /holds no weights/],
])('weights %j are refused with what there is', (content, words) => {
  const attempt = () => weightsFrom('w.json', content)
  expect(attempt).toThrow(words)
  expect(attempt).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(/scopes, faults.*communication/) }),
  )
})

test('a summary names its weights unless they are the usual ones', () => {
  const storm = faultedBy([2, 2, 2, 2, 2, 2, 2, 2, 2, 2], { fault: 'message-storm' })
  const lines = [...baselines, ...placebos, ...faultedBy(unlike), ...storm]
  const weights = weightsFrom('w.json', { reasoning: 3, communication: 1, action: 5 })
  const weighted = summaryOf(lines, twoFaults, weights)
  expect(weighted.weights).toEqual({ name: 'w.json', of: { reasoning: 3, communication: 1 } })
  expect(weighted.systems[0]?.score.mean).toBeCloseTo((3 * 0.76 + 0.4) / 4, 12)
  const usual = summaryOf(lines, twoFaults)
  expect(usual.weights).toBeNull()
  expect(summaryOf(lines, twoFaults, preset('uniform'))).toEqual(usual)
  expect(weighted.cells).toEqual(usual.cells)
  expect(weighted.systems[0]?.worst).toEqual(usual.systems[0]?.worst)
})
