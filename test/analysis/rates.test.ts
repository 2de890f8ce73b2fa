import { expect, test } from 'vitest'
import { mcnemar } from '../../analysis/corrections.js'
import { onTasksLikeThese } from '../../analysis/interval.js'
import { notWorse, paired } from '../../analysis/paired.js'
import { design } from '../../analysis/sequential.js'
import { stream, suite } from '../../bench/chance.js'
import { changes, equals } from '../../bench/comparisons.js'
import { measured, onThese, sample } from '../../bench/coverage.js'
import { seedBySeed, simulated, taskByTask } from '../../bench/early-stops.js'

// Small seeded versions of bench/statistics.ts. A rate may miss its nominal value by three standard errors of the rounds.
const above = (rate: number, rounds: number) => rate + 3 * Math.sqrt((rate * (1 - rate)) / rounds)

const comparisons = Array.from({ length: 200 }, (_, at) =>
  equals(stream(at), { tasks: 20, seeds: 5, interaction: true }),
)

test('of 200 comparisons of equals, about 5 % find a difference', () => {
  const alarms = comparisons.filter(({ differences }) => paired(differences).p < 0.05).length
  expect(alarms).toBeGreaterThan(0)
  expect(alarms / 200).toBeLessThanOrEqual(above(0.05, 200))
})

test('McNemar over several seeds finds far more, which is why it is no test here', () => {
  const alarms = comparisons.filter(({ onlyA, onlyB }) => mcnemar(onlyA, onlyB).midP < 0.05).length
  expect(alarms / 200).toBeGreaterThan(above(0.05, 200))
})

test('the second line contains the mean of all tasks, the first one answers another question', () => {
  const next = stream(1)
  const samples = Array.from({ length: 400 }, () => sample(next, 10, { mean: 0.7, alike: 0.3 }))
  const others = measured(samples.map(onTasksLikeThese), 0.7).coverage
  expect(1 - others).toBeLessThanOrEqual(above(0.05, 400))
  expect(1 - measured(samples.map(onThese), 0.7).coverage).toBeGreaterThan(above(0.05, 400))
})

test('a drop of the margin passes and fails in about 5 % each, twice the margin never passes', () => {
  const next = stream(2)
  const verdicts = (drop: number) =>
    Array.from({ length: 400 }, () => {
      const differences = changes(next, { tasks: 20, drop, before: { mean: 0.85, alike: 0.2 } })
      return notWorse(differences, { margin: 0.1, pairs: 100 }).verdict
    })
  const share = (all: readonly string[], verdict: string) =>
    all.filter((one) => one === verdict).length / all.length
  const atMargin = verdicts(0.1)
  expect(share(atMargin, 'passed')).toBeLessThanOrEqual(above(0.05, 400))
  expect(share(atMargin, 'failed')).toBeLessThanOrEqual(above(0.05, 400))
  expect(share(verdicts(0), 'passed')).toBeGreaterThan(0.5)
  expect(share(verdicts(0.2), 'passed')).toBeLessThan(0.02)
})

test('seed by seed early stops keep their error, task by task they do not', () => {
  const { looks } = design({ pass: 0.9, fail: 0.8 })
  const falsePasses = (orderOf: typeof seedBySeed) => {
    const next = stream(3)
    const chancesOf = () => suite(next, 10, { mean: 0.8, alike: 0.4 })
    const order = orderOf(10, 1, 18)
    return simulated(next, looks, { order, chancesOf }, { suites: 20, runs: 20 }).passed
  }
  expect(falsePasses(seedBySeed)).toBeLessThanOrEqual(above(0.05, 400))
  expect(falsePasses(taskByTask)).toBeGreaterThan(above(0.05, 400))
})
