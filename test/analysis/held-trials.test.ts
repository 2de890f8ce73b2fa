import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { heldTrials, sampleOf } from '../../analysis/held-trials.js'
import { dormant, faulted, injection, line, placebo, wrong } from './lines.js'

describe('trials that can be verified', () => {
  const unharmed = ['t1', 't2', 't3', 't4', 't5'].map((task) => line({ task }))
  const only = (...trials: readonly ReturnType<typeof line>[]) =>
    heldTrials([...unharmed, ...trials]).map(({ task }) => task)

  test('are those that held', () => {
    const trials = [
      ...[faulted('held', { task: 't1' }), faulted('broke', { task: 't2' })],
      ...[dormant('no-effect', { task: 't3' }), placebo({ task: 't4' })],
    ]
    expect(only(...trials)).toEqual(['t1'])
  })

  test('are counted ones: what only luck can save proves nothing', () => {
    const injections = [injection({ recoverable: false })]
    expect(only(faulted('held', { task: 't1', injections }))).toEqual([])
  })

  test('are of tasks that the system solves unharmed', () => {
    const failing = line({ task: 't9', outcome: wrong })
    expect(only(failing, faulted('held', { task: 't9' }))).toEqual([])
    expect(only(faulted('held', { task: 't8' }))).toEqual([])
    expect(only(faulted('held', { task: 't1', system: 'other' }))).toEqual([])
  })

  test('come once, as they are now', () => {
    const first = faulted('held', { task: 't1' })
    expect(only(first, first)).toEqual(['t1'])
    expect(only(first, { ...faulted('broke', { task: 't1' }), attempt: 2 })).toEqual([])
  })
})

describe('a sample', () => {
  const tasks = Array.from({ length: 12 }, (_, at) => `t${at}`)
  const cell = (fault: string, count: number) =>
    tasks.slice(0, count).map((task) => faulted('held', { fault, task }))
  const trials = [...cell('a', 12), ...cell('b', 2), ...cell('c', 5)]
  const counts = (size: number) => {
    const sample = sampleOf(trials, size)
    return ['a', 'b', 'c'].map((fault) => sample.filter((one) => one.fault === fault).length)
  }

  test('is spread over the cells for as long as they have trials', () => {
    expect(counts(3)).toEqual([1, 1, 1])
    expect(counts(6)).toEqual([2, 2, 2])
    expect(counts(10)).toEqual([4, 2, 4])
    expect(counts(1000)).toEqual([12, 2, 5])
  })

  test('takes parameters of a fault for the same cell', () => {
    const two = ['a', 'a:copies=9'].flatMap((fault) => cell(fault, 4))
    const faults = sampleOf([...two, ...cell('b', 4)], 4).map(({ fault }) => fault.split(':')[0])
    expect(faults.sort()).toEqual(['a', 'a', 'b', 'b'])
  })

  test('is not the first trials of a cell', () => {
    expect(sampleOf(cell('a', 12), 4)).not.toEqual(cell('a', 4))
  })

  test('does not depend on the order of the trials, and a larger one holds a smaller one', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(trials, { minLength: trials.length }),
        fc.nat({ max: 19 }),
        (shuffled, size) => {
          const sample = sampleOf(shuffled, size)
          expect(sample).toEqual(sampleOf(trials, size))
          expect(sample).toHaveLength(size)
          expect(sampleOf(trials, size + 3).slice(0, size)).toEqual(sample)
        },
      ),
    )
  })
})
