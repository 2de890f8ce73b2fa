import { expect, test } from 'vitest'
import { line, systemOf, wrong } from './lines.js'
import { baselines, faultedBy, placebos, summaryOf, twoFaults, unlike } from './runs.js'

const called = <Line extends { id: string; key: string }>(system: string, lines: readonly Line[]) =>
  lines.map((one) => ({ ...one, system, key: `${system} ${one.id}`, id: `${system} ${one.id}` }))

/** A system that holds so many of the five seeds of each task. */
const systemThat = (system: string, held: readonly number[], changes = {}) =>
  called(system, [...baselines, ...placebos, ...faultedBy(held, changes)])

const plan = (...ids: readonly string[]) => ({ systems: ids.map(systemOf) })

/** Differences per task of .2 .4 0 0 -.2 .6 .2 0 .4 .2, the reference of a comparison by task. */
const better = [3, 4, 2, 2, 1, 5, 3, 2, 4, 3]
const worse = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2]

test('with one fault and placebos that held, a pair equals the comparison by task', () => {
  const lines = [...systemThat('a', worse), ...systemThat('b', better)]
  const [pair] = summaryOf(lines, plan('a', 'b')).pairs
  expect(pair).toMatchObject({ a: 'a', b: 'b', tasks: 10, faults: 1, better: 'b' })
  expect(pair?.difference.mean).toBeCloseTo(0.18, 12)
  expect(pair?.difference.low).toBeCloseTo(0.008712, 6)
  expect(pair?.difference.high).toBeCloseTo(0.351288, 6)
  expect(pair?.p).toBeCloseTo(0.041416, 6)
})

test('all pairs are corrected together: what one pair finds alone, three do not', () => {
  const lines = [
    ...systemThat('a', worse),
    ...systemThat('b', better),
    ...systemThat('c', [3, 3, 2, 3, 2, 3, 3, 3, 2, 3]),
  ]
  const { pairs } = summaryOf(lines, plan('a', 'b', 'c'))
  expect(pairs.map(({ a, b }) => a + b)).toEqual(['ab', 'ac', 'bc'])
  const [ab, ac, bc] = pairs
  expect(ac?.adjusted).toBeCloseTo(3 * (ac?.p ?? 0), 12)
  expect(ab?.adjusted).toBeCloseTo(2 * (ab?.p ?? 0), 12)
  expect(bc?.adjusted).toBeCloseTo(bc?.p ?? 0, 12)
  expect([ab?.better, ac?.better, bc?.better]).toEqual([null, 'c', null])
})

test('only faults, tasks and seeds that both have are compared', () => {
  const storm = faultedBy(unlike, { fault: 'message-storm' })
  const cut = [...baselines, ...placebos, ...faultedBy(better)].filter(
    ({ task, seed }) => task !== 't1' && !(task === 't2' && seed > 2),
  )
  const lines = [...systemThat('a', worse), ...called('a', storm), ...called('b', cut)]
  const [pair] = summaryOf(lines, { ...twoFaults, ...plan('a', 'b') }).pairs
  expect(pair).toMatchObject({ tasks: 9, faults: 1 })
  // In t2 the first two seeds held on both sides, and only they are there on both.
  const expected = (2 + 2 + 2 + 1 + 5 + 3 + 2 + 4 + 3) / 42 - (2 + 16) / 42
  expect(pair?.difference.mean).toBeCloseTo(expected, 12)
})

test('a task that one system does not solve unharmed is left out of its pairs', () => {
  const unsolved = baselines.map((one) => (one.task === 't1' ? { ...one, outcome: wrong } : one))
  const b = called('b', [...unsolved, ...placebos, ...faultedBy(better)])
  expect(summaryOf([...systemThat('a', worse), ...b], plan('a', 'b')).pairs[0]?.tasks).toBe(9)
})

test('fewer than six tasks are a difference without a verdict', () => {
  const few = [...systemThat('a', [0, 0, 0, 0, 0]), ...systemThat('b', [5, 5, 5, 5, 5])].filter(
    ({ task }) => ['t1', 't2', 't3', 't4', 't5'].includes(task),
  )
  const [pair] = summaryOf(few, plan('a', 'b')).pairs
  expect(pair).toMatchObject({ tasks: 5, p: null, adjusted: null, better: null })
  expect(pair?.difference).toEqual({ mean: 1, low: null, high: null, n: 5 })
})

test('systems with nothing in common are shown as that', () => {
  const b = systemThat('b', better, { fault: 'message-storm' })
  const { pairs } = summaryOf([...systemThat('a', worse), ...b], {
    ...twoFaults,
    ...plan('a', 'b'),
  })
  expect(pairs).toEqual([
    {
      ...{ a: 'a', b: 'b', tasks: 0, faults: 0, p: null, adjusted: null, better: null },
      difference: { mean: null, low: null, high: null, n: 0 },
    },
  ])
})

test('a difference that all tasks agree on is found only when it is not small', () => {
  const found = (held: number) => {
    const lines = [...systemThat('a', worse), ...systemThat('b', Array(10).fill(held))]
    return summaryOf(lines, plan('a', 'b')).pairs[0]
  }
  expect(found(2)).toMatchObject({ p: 1, better: null })
  expect(found(3)?.better).toBeNull()
  expect(found(3)?.difference.low).toBeLessThan(0)
  expect(found(5)?.better).toBe('b')
  expect(found(5)?.difference.low).toBeGreaterThan(0)
  expect(found(0)?.better).toBe('a')
})

test('one system has no pairs', () => {
  expect(summaryOf([line()]).pairs).toEqual([])
})
