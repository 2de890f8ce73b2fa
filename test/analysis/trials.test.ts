import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byArm, distinct, eligibleOf, standing, twinKey } from '../../analysis/trials.js'
import { dormant, faulted, injection, line, wrong } from './lines.js'

test('the last attempt of a trial counts, wherever it stands', () => {
  const first = faulted('broke', { attempt: 1 })
  const second = faulted('held', { attempt: 2 })
  expect(distinct([first, second])).toEqual([second])
  expect(distinct([second, first])).toEqual([second])
})

test('of two lines of one attempt the first wins', () => {
  const [first, copy] = [faulted('held'), faulted('broke')]
  expect(distinct([first, copy])).toEqual([first])
})

test('order and repetition of lines change nothing', () => {
  const lines = [1, 2, 3, 4, 5].map((seed) => faulted('held', { seed }))
  fc.assert(
    fc.property(fc.shuffledSubarray(lines, { minLength: 5 }), fc.subarray(lines), (some, again) => {
      expect(distinct([...some, ...again])).toEqual(distinct(lines))
    }),
  )
})

test('a fault with parameters is found under its id', () => {
  const storm = faulted('held', { fault: 'message-storm:copies=200' })
  expect([...byArm([storm]).values()]).toEqual([[storm]])
  expect([...byArm([storm]).keys()][0]).toMatch(/message-storm$/)
})

test('tasks are eligible with the seed of a right baseline only', () => {
  const lines = [line(), line({ seed: 2, outcome: wrong }), line({ task: 't2' })]
  expect(eligibleOf(lines)).toEqual(new Set([line(), line({ task: 't2' })].map(twinKey)))
})

test.each([
  ['a trial in which the fault acted', 'counted', faulted('broke')],
  ['a lost trial', 'void', faulted('held', { verdict: 'void' })],
  ['a fault without a site', 'noSite', dormant('no-site')],
  ['a fault that was not delivered', 'notReached', dormant('not-reached')],
  ['a fault that was not written', 'notWritten', dormant('not-written')],
  ['a fault without effect', 'noEffect', dormant('no-effect')],
  ['a trial without a verdict', 'ineligible', faulted('held', { verdict: null })],
  [
    'a trial that only luck could save',
    'notRecoverable',
    faulted('broke', { injections: [injection({ recoverable: false })] }),
  ],
  [
    'a trial whose only recoverable injection had no effect',
    'notRecoverable',
    faulted('broke', {
      injections: [injection({ recoverable: false }), injection({ effective: false })],
    }),
  ],
] as const)('%s stands as %s', (_, expected, trial) => {
  expect(standing(trial, eligibleOf([line()]))).toBe(expected)
})

test('without a right baseline no trial is scored, whatever became of it', () => {
  const none = new Set<string>()
  expect(standing(faulted('held'), none)).toBe('ineligible')
  expect(standing(dormant('no-effect'), none)).toBe('ineligible')
  expect(standing(faulted('held', { verdict: 'void' }), none)).toBe('void')
})
