import { describe, expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import {
  countTier,
  type TierEffects,
  type TierTrial,
  tierScores,
  together,
} from '../../analysis/tiers.js'

const times = (n: number, tiers: TierEffects | null, passed: boolean): readonly TierTrial[] =>
  Array.from({ length: n }, () => ({ tiers, passed }))

describe('the published formulas', () => {
  const trials = [
    ...times(4, { rule: 'success' }, true),
    ...times(1, { rule: 'success', reasoning: 'failure' }, false),
    ...times(2, { rule: 'failure', reasoning: 'success' }, true),
    ...times(3, {}, false),
    ...times(5, null, true),
  ]

  test('count what was tagged, triggered, fixed and right in the end', () => {
    expect(countTier(trials, 'rule')).toEqual({
      ...{ tagged: 10, triggered: 7, fixed: 5, passedAmongTriggered: 6 },
    })
    expect(countTier(trials, 'reasoning')).toEqual({
      ...{ tagged: 10, triggered: 3, fixed: 2, passedAmongTriggered: 2 },
    })
  })

  test('come with their n and intervals', () => {
    const { rule } = tierScores(trials)
    expect(rule).toEqual({
      triggered: 7,
      occurrence: scoreOf(7, 10),
      local: scoreOf(5, 7),
      success: scoreOf(6, 7),
    })
  })

  test('say nothing of a tier that nothing triggered', () => {
    const { mechanism, prompt } = tierScores(trials)
    expect([mechanism, prompt]).toEqual([null, null])
    expect(tierScores([])).toEqual({ mechanism: null, rule: null, prompt: null, reasoning: null })
  })
})

test('of several behaviours one failure is enough, and naming a tier triggers it', () => {
  expect(together([{ rule: 'success' }, { rule: 'failure', prompt: 'success' }])).toEqual({
    ...{ rule: 'failure', prompt: 'success' },
  })
  expect(together([{ rule: 'failure' }, { rule: 'success' }])).toEqual({ rule: 'failure' })
  expect(together([{}, {}])).toEqual({})
})
