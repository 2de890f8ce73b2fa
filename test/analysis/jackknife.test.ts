import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onTasksLikeThese } from '../../analysis/interval.js'
import { type Counts, jackknife } from '../../analysis/jackknife.js'
import { damage, relative } from '../../analysis/score.js'

const placebo = [5, 5, 5, 5, 5, 4, 5, 4, 5, 4]
const tasks: readonly Counts[] = [5, 5, 5, 4, 5, 0, 5, 3, 5, 1].map((held, at) => [
  held,
  5,
  placebo[at] ?? 0,
  5,
])

const close = ({ low, high }: { low: number | null; high: number | null }) =>
  [low, high].map((bound) => Number(bound?.toFixed(6)))

test('relative robustness and damage of ten tasks equal the reference', () => {
  const ratio = jackknife(tasks, relative)
  expect(ratio.mean).toBeCloseTo(0.808511, 6)
  expect(close(ratio)).toEqual([0.578335, 1.038687])
  const cost = jackknife(tasks, damage)
  expect(cost.mean).toBeCloseTo(0.18, 12)
  expect(close(cost)).toEqual([-0.02733, 0.38733])
  expect([ratio.n, cost.n]).toEqual([10, 10])
})

test('the order of tasks changes nothing', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...tasks], { minLength: 10 }), (shuffled) => {
      const [a, b] = [jackknife(tasks, relative), jackknife(shuffled, relative)]
      expect(b.mean).toBe(a.mean)
      expect(close(b)).toEqual(close(a))
    }),
  )
})

test('fewer than six tasks have a value and no interval', () => {
  const five = jackknife(tasks.slice(0, 5), relative)
  expect(five).toEqual({ mean: 24 / 25, low: null, high: null, n: 5 })
  expect(jackknife(tasks.slice(0, 6), relative).low).not.toBeNull()
})

test('there is no interval when a left-out set has no value', () => {
  const onlyOne = tasks.map(([held = 0, n = 0], at) => [held, n, at === 0 ? 5 : 0, 5])
  expect(jackknife(onlyOne, relative)).toMatchObject({ low: null, high: null, n: 10 })
  expect(jackknife(onlyOne, relative).mean).not.toBeNull()
})

test('no value, no interval', () => {
  const never = tasks.map(([held = 0, n = 0]) => [held, n, 0, 5])
  expect(jackknife(never, relative)).toEqual({ mean: null, low: null, high: null, n: 10 })
})

test('tasks that all agree give no false certainty, but the worst case of the other line', () => {
  const alike: readonly Counts[] = tasks.map(() => [5, 5, 5, 5])
  const { low, high } = jackknife(alike, relative)
  const worst = onTasksLikeThese(alike.map(() => ({ held: 5, n: 5 })))
  expect(low).toBeCloseTo(worst.low ?? 0, 12)
  expect((high ?? 0) - 1).toBeCloseTo(1 - (low ?? 0), 12)
  expect(jackknife(alike, damage)).toMatchObject({ mean: 0 })
  expect(jackknife(alike, damage).high).toBeGreaterThan(0.3)
})

test('twenty thousand tasks are done at once', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => [at % 6, 5, 5, 5])
  let asked = 0
  jackknife(many, (sums) => {
    asked++
    return relative(sums)
  })
  expect(asked).toBe(20_001)
})
