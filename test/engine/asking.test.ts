import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rng } from '../../core/draw.js'
import type { TrialResult } from '../../core/stopping.js'
import { type AskedTrial, openQuestions } from '../../engine/asking.js'
import { decide, isHopeless, shortLooks } from './rules.js'

type Planned = Readonly<{ questions: readonly string[]; result: TrialResult }>

const looks = new Map(['a', 'b', 'c'].map((id) => [id, shortLooks]))

/** The trials that each question alone would need, asked one after the other. */
function needed(trials: readonly Planned[]): ReadonlySet<number> {
  const all = new Set<number>()
  for (const id of ['a', 'b', 'c']) {
    const outcomes: boolean[] = []
    let leftOut = 0
    for (const [at, { questions, result }] of trials.entries()) {
      if (!questions.includes(id)) continue
      if (decide(shortLooks, outcomes)) break
      if (outcomes.length === 0 && isHopeless(shortLooks, { leftOut, left: 0 })) break
      all.add(at)
      if (result === 'left out') leftOut++
      if (result === 'held' || result === 'broke') outcomes.push(result === 'held')
    }
  }
  for (const [at, { questions }] of trials.entries()) if (questions.length === 0) all.add(at)
  return all
}

/** Begins trials with so many in flight, which end in an order of their own, and stops after so many ends. */
function asked(
  trials: readonly Planned[],
  more: Readonly<{ inFlight: number; seed: number; ends?: number; stored?: readonly number[] }>,
) {
  const { inFlight, seed, ends = trials.length, stored = [] } = more
  const planned = trials.map(
    ({ questions, result }, at): AskedTrial => ({
      questions,
      result: stored.includes(at) ? result : undefined,
    }),
  )
  const asking = openQuestions(planned, { looks, decide, isHopeless })
  const chance = rng(seed, 'ends')
  const finished = [...stored]
  const flying: number[] = []
  const begin = () => {
    while (flying.length < inFlight) {
      const at = asking.next()
      if (at === null) return
      flying.push(at)
    }
  }
  begin()
  for (let end = 0; end < ends && flying.length > 0; end++, begin()) {
    const [at = 0] = flying.splice(Math.floor(chance.next() * flying.length), 1)
    asking.finish(at, trials[at]?.result ?? 'lost')
    finished.push(at)
  }
  return { asking, finished }
}

const trial = fc.record({
  questions: fc.subarray(['a', 'b', 'c']),
  result: fc.constantFrom<TrialResult>(
    'held',
    'held',
    'held',
    'broke',
    'broke',
    'left out',
    'lost',
  ),
})
/** Few that count, so that questions are given up as well. */
const barren = fc.record({
  ...{ questions: fc.subarray(['a', 'b', 'c']) },
  result: fc.constantFrom<TrialResult>('left out', 'left out', 'left out', 'lost', 'held'),
})
const trials = fc.oneof(fc.array(trial, { maxLength: 80 }), fc.array(barren, { maxLength: 80 }))
const flight = fc.integer({ min: 1, max: 20 })

describe('the trials that are asked', () => {
  test('are those that some question needs, however many are in flight and however they end', () => {
    fc.assert(
      fc.property(trials, flight, fc.nat(), (planned, inFlight, seed) => {
        const { finished, asking } = asked(planned, { inFlight, seed })
        const expected = needed(planned)
        expect([...finished].sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b))
        for (const at of planned.keys()) expect(asking.isLeftOut(at)).toBe(!expected.has(at))
      }),
    )
  })

  test('are the same after an interruption at any moment', () => {
    fc.assert(
      fc.property(trials, flight, fc.nat(), fc.nat(80), (planned, inFlight, seed, ends) => {
        const before = asked(planned, { inFlight, seed, ends })
        for (const at of before.finished) expect(before.asking.isLeftOut(at)).toBe(false)
        const { finished } = asked(planned, { inFlight: 3, seed, stored: before.finished })
        expect(finished.length).toBe(new Set(finished).size)
        expect(new Set(finished)).toEqual(needed(planned))
      }),
    )
  })

  test('come in stop order when one is in flight and one question asks', () => {
    fc.assert(
      fc.property(fc.array(trial.map((one) => ({ ...one, questions: ['a'] }))), (planned) => {
        const { finished } = asked(planned, { inFlight: 1, seed: 1 })
        expect(finished).toEqual([...finished].sort((a, b) => a - b))
      }),
    )
  })
})

test('as many are in flight as the next look surely needs', () => {
  const planned = Array.from({ length: 20 }, () => ({ questions: ['a'], result: undefined }))
  const asking = openQuestions(planned, { looks, decide, isHopeless })
  const begun = () => {
    const some: number[] = []
    for (let at = asking.next(); at !== null; at = asking.next()) some.push(at)
    return some
  }
  expect(begun()).toEqual([0, 1, 2, 3])
  asking.finish(3, 'held')
  asking.finish(2, 'left out') // Dormant: the next planned trial takes its place.
  expect(begun()).toEqual([4])
  asking.finish(4, 'held')
  asking.finish(0, 'held')
  expect(begun()).toEqual([])
  asking.finish(1, 'broke') // Three of the first four held: the look does not decide.
  expect(begun()).toEqual([5, 6, 7, 8])
  for (const at of [5, 6, 7, 8]) asking.finish(at, 'held')
  expect(begun()).toEqual([]) // Seven of eight held: passed.
  expect([8, 9, 19].map(asking.isLeftOut)).toEqual([false, true, true])
})

test('no more are in flight than a question needs that may be given up', () => {
  const planned = Array.from({ length: 20 }, () => ({ questions: ['b'], result: undefined }))
  const long = new Map([['b', [{ n: 12, failAt: 8, passAt: 9 }]]])
  const asking = openQuestions(planned, { looks: long, decide, isHopeless })
  const begun = () => {
    const some: number[] = []
    for (let at = asking.next(); at !== null; at = asking.next()) some.push(at)
    return some
  }
  expect(begun()).toEqual([0, 1, 2, 3, 4])
  asking.finish(1, 'lost') // Says nothing about whether one of them counts.
  expect(begun()).toEqual([5])
  for (const at of [0, 2, 3, 4]) asking.finish(at, 'left out')
  expect(begun()).toEqual([])
  asking.finish(5, 'left out')
  expect(begun()).toEqual([])
  expect([5, 6, 19].map(asking.isLeftOut)).toEqual([false, true, true])
})

test('a question without looks needs all of its trials', () => {
  const planned = Array.from({ length: 30 }, () => ({
    questions: ['other'],
    result: 'broke' as const,
  }))
  expect(asked(planned, { inFlight: 2, seed: 1 }).finished).toHaveLength(30)
})
