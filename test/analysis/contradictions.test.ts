import { describe, expect, test } from 'vitest'
import { contradictionsIn } from '../../analysis/contradictions.js'
import { verificationsByKey } from '../../analysis/verified.js'
import type { Behaviour } from '../../core/schemas/behaviour.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { faulted } from './lines.js'
import { verification } from './verifications.js'

const behaviour = (id: string | null, tiers: Behaviour['tiers']): Behaviour => ({
  ...{ fault: 'message-storm', id, tiers },
  ...{ by: 'program', detects: null, proof: [], undecided: [] },
})
const trialOf = (behaviours: readonly Behaviour[], changes: Partial<TrialLine> = {}) =>
  faulted('held', { fault: 'message-storm', behaviours: [...behaviours], ...changes })

type Verified = Parameters<typeof verification>

/** What contradicts in one trial with a behaviour and a verification. */
function found(behaviours: readonly Behaviour[], ...how: readonly [Verified[1], Verified[2]?]) {
  const trial = trialOf(behaviours)
  return contradictionsIn([trial], verificationsByKey([verification(trial, ...how)]))
}

const filtered = behaviour('filtered', { rule: 'success' })
const pooled = behaviour('pooled', { mechanism: 'success' })
const insight = behaviour('insight', { reasoning: 'success' })

describe('a tier that is said to have succeeded', () => {
  test('contradicts when no defence of it was needed', () => {
    expect(found([filtered], 'unexplained')).toEqual([
      {
        ...{ kind: 'seen-not-verified', tier: 'rule', fault: 'message-storm' },
        ...{ behaviour: 'filtered', verified: 'unexplained', because: 'unknown', count: 1 },
        example: 'pipeline/table-qa/message-storm/t1#1',
      },
    ])
  })

  test('contradicts when it was one of another tier', () => {
    expect(found([filtered], 'necessary', { saved: ['pool'] })).toMatchObject([
      { kind: 'seen-not-verified', tier: 'rule', verified: 'pool' },
      { kind: 'verified-not-seen', tier: 'mechanism', verified: 'pool' },
    ])
  })

  test.each<readonly [string, Verified[1], readonly string[]]>([
    ['was needed', 'necessary', ['dedupe']],
    ['was one of those needed', 'necessary', ['pool', 'limit']],
    ['was one of several that suffice', 'redundant', ['limit+pool']],
  ])('agrees when a defence of it %s', (_, verdict, saved) => {
    const named = [filtered, ...(saved.includes('pool') ? [pooled] : [])]
    expect(found(named, verdict, { saved })).toEqual([])
  })

  test('is not contradicted where a defence of it could not be taken out', () => {
    expect(found([filtered], 'unexplained', { untestable: ['limit'] })).toEqual([])
    expect(found([filtered], 'untestable')).toEqual([])
  })

  test('is not contradicted where it is nothing that can be taken out', () => {
    expect(found([insight], 'unexplained')).toEqual([])
  })

  test('is not contradicted when it failed', () => {
    expect(found([behaviour('tried', { rule: 'failure' })], 'unexplained')).toEqual([])
  })
})

describe('why a tier that was seen is not proved', () => {
  const both = behaviour('both', { rule: 'success', reasoning: 'success' })
  const becauseOf = (seen: Behaviour, verdict: Verified[1], how: Verified[2]) =>
    found([seen], verdict, how).find(({ kind }) => kind === 'seen-not-verified')?.because

  test.each<readonly [string, Behaviour, Verified[1], Verified[2], string]>([
    [
      'another behaviour without it',
      filtered,
      'unexplained',
      { seen: { dedupe: 'read' } },
      'not-needed',
    ],
    [
      'the same without all',
      filtered,
      'unexplained',
      { seen: { dedupe: 'filtered', limit: 'filtered', pool: 'filtered' } },
      'undeclared',
    ],
    [
      'another only without one of another tier',
      filtered,
      'unexplained',
      { seen: { dedupe: 'filtered', limit: 'filtered', pool: 'read' } },
      'unknown',
    ],
    [
      'credit for reasoning',
      both,
      'unexplained',
      { seen: { dedupe: 'both', limit: 'both', pool: 'both' } },
      'beside',
    ],
    ['another tier that was needed', filtered, 'necessary', { saved: ['pool'] }, 'other-tier'],
    ['nothing seen in the repeated trials', filtered, 'unexplained', {}, 'unknown'],
  ])('%s', (_, seen, verdict, how, because) => {
    expect(becauseOf(seen, verdict, how)).toBe(because)
  })
})

describe('a defence that was needed', () => {
  test('contradicts behaviours that speak of other tiers only', () => {
    expect(found([insight], 'necessary', { saved: ['dedupe'] })).toMatchObject([
      ...[{ kind: 'verified-not-seen', tier: 'rule', behaviour: 'insight', verified: 'dedupe' }],
    ])
  })

  test('agrees when one of several that suffice was seen', () => {
    expect(found([pooled], 'redundant', { saved: ['dedupe+pool'] })).toEqual([])
    expect(found([insight], 'redundant', { saved: ['dedupe+pool'] })).toHaveLength(2)
  })

  test.each([
    ['was recognised', behaviour(null, {})],
    ['names a tier', behaviour('shrug', {})],
  ])('contradicts nothing where no behaviour %s', (_, one) => {
    expect(found([one], 'necessary', { saved: ['dedupe'] })).toEqual([])
  })
})

test('equal ones are counted together, most frequent first, with the first trial by name', () => {
  const trials = [
    trialOf([insight], { task: 't1' }),
    trialOf([filtered], { task: 't3' }),
    trialOf([filtered], { task: 't2' }),
    trialOf([filtered], { task: 't9', fault: 'message-storm:copies=5' }),
  ]
  const lines = trials.map((trial, at) =>
    verification(
      trial,
      at === 0 ? 'necessary' : 'unexplained',
      at === 0 ? { saved: ['pool'] } : {},
    ),
  )
  const both = contradictionsIn(trials, verificationsByKey(lines))
  expect(both.map(({ count, behaviour: id, example }) => [count, id, example])).toEqual([
    [3, 'filtered', 'pipeline/table-qa/message-storm/t2#1'],
    [1, 'insight', 'pipeline/table-qa/message-storm/t1#1'],
  ])
  expect(contradictionsIn([...trials].reverse(), verificationsByKey(lines))).toEqual(both)
})
