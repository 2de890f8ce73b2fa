import fc from 'fast-check'
import { expect, test } from 'vitest'
import { benjaminiHochberg } from '../../analysis/corrections.js'
import { chanceOfDamage } from '../../analysis/look.js'
import { draw } from '../../core/draw.js'
import { plannedOf } from './lines.js'
import { baselines, faultedBy, placebos, summaryOf, twoFaults, unlike } from './runs.js'

const placeboHeld = [5, 5, 5, 5, 5, 4, 5, 4, 5, 4]
const countsOf = (held: readonly number[]) =>
  held.map((one, at) => [one, 5, placeboHeld[at] ?? 0, 5])

test('the chance is one half of the two-sided one when there is damage', () => {
  // Differences of .2 .4 0 0 -.2 .6 .2 0 .4 .2, whose two-sided p is .041416.
  const held = [4, 3, 5, 5, 5, 1, 4, 4, 3, 3].map((one, at) => (at === 4 ? 6 : one))
  expect(chanceOfDamage(countsOf(held))).toBeCloseTo(0.041416 / 2, 6)
  const help = held.map((one, at) => 2 * (placeboHeld[at] ?? 0) - one)
  expect(chanceOfDamage(countsOf(help))).toBeCloseTo(1 - 0.041416 / 2, 6)
})

test('tasks that all agree are judged by sign, not by a spread that they do not have', () => {
  const alike = (held: number, tasks: number) =>
    Array.from({ length: tasks }, () => [held, 5, 5, 5])
  expect(chanceOfDamage(alike(5, 10))).toBe(1)
  expect(chanceOfDamage(alike(0, 6))).toBeCloseTo(2 ** -6, 12)
  expect(chanceOfDamage(alike(0, 20))).toBeCloseTo(2 ** -20, 12)
  // One of five trials broke in each of six tasks: less than six tasks that all agree can show.
  expect(chanceOfDamage(alike(4, 6))).toBeGreaterThan(0.1)
  expect(chanceOfDamage(alike(0, 5))).toBeNull()
})

test('the worst cells come first, and cells without damage do not come', () => {
  const storm = faultedBy([2, 2, 1, 2, 2, 0, 2, 2, 2, 1], { fault: 'message-storm' })
  const lines = [...baselines, ...placebos, ...faultedBy(unlike), ...storm]
  const { look, cells } = summaryOf(lines, twoFaults)
  expect(look.map(({ fault }) => fault)).toEqual(['message-storm', 'hallucination'])
  expect(look[0]?.damage).toEqual(cells[1]?.damage)
  const ps = [unlike, [2, 2, 1, 2, 2, 0, 2, 2, 2, 1]].map((held) =>
    chanceOfDamage(held.map((one) => [one, 5, 5, 5])),
  )
  const [hallucination = 1, messageStorm = 1] = benjaminiHochberg(ps.map(Number))
  expect(look[0]?.q).toBeCloseTo(messageStorm, 12)
  expect(look[1]?.q).toBeCloseTo(hallucination, 12)
  const all = faultedBy([5, 5, 5, 5, 5, 5, 5, 5, 5, 5])
  expect(summaryOf([...baselines, ...placebos, ...all]).look).toEqual([])
})

test('at most ten cells are listed', () => {
  const ids = Array.from({ length: 14 }, (_, at) => `own-fault-${at}`)
  const lines = ids.flatMap((fault) => faultedBy([0, 1, 0, 1, 0, 0, 0, 0, 1, 0], { fault }))
  const plan = { faults: ids.map(plannedOf) }
  expect(summaryOf([...baselines, ...placebos, ...lines], plan).look).toHaveLength(10)
})

test('harmless faults are rarely listed: at most one run in ten has a false alarm', () => {
  const cells = 15
  const alarms = Array.from({ length: 200 }, (_, run) => {
    const ps = Array.from({ length: cells }, (_, cell) =>
      chanceOfDamage(
        Array.from({ length: 12 }, (_, task) => {
          const chance = 0.4 + 0.6 * draw('chance', run, task)
          const held = (arm: string) =>
            [1, 2, 3].filter((seed) => draw(arm, run, cell, task, seed) < chance).length
          return [held('fault'), 3, held('placebo'), 3]
        }),
      ),
    )
    return benjaminiHochberg(ps.map(Number)).some((q) => q <= 0.1)
  })
  const share = alarms.filter(Boolean).length / alarms.length
  expect(share).toBeLessThan(0.1 + 2 * Math.sqrt((0.1 * 0.9) / 200))
})

test('more damage is never less likely to be damage', () => {
  const tasks = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 6, maxLength: 12 })
  fc.assert(
    fc.property(tasks, (held) => {
      const p = chanceOfDamage(held.map((one) => [one, 5, 5, 5]))
      expect(p).toBeGreaterThanOrEqual(0)
      expect(p).toBeLessThanOrEqual(1)
      if (held.some((one) => one < 5)) expect(p).toBeLessThan(1)
    }),
  )
})
