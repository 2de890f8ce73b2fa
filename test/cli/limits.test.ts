import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openBudget } from '../../cli/budget.js'
import {
  costFrom,
  limitsIn,
  millisecondsFrom,
  reachedBy,
  tokensFrom,
  type Used,
  usedBy,
} from '../../cli/limits.js'
import { type Clock, stoppedClock } from '../../core/clock.js'
import { line } from '../analysis/lines.js'

const used = (tokens: number, cost = 0): Used => ({ tokens, cost })
const none = { tokens: null, milliseconds: null, cost: null }

describe('a limit is read', () => {
  test.each([
    ['90s', 90_000],
    ['20m', 1_200_000],
    ['2h', 7_200_000],
    ['1.5h', 5_400_000],
    ['0.001s', 1],
    ['500h', 1_800_000_000],
  ])('from %s', (text, milliseconds) => {
    expect(millisecondsFrom(text)).toBe(milliseconds)
  })

  test('of all kinds, or none', () => {
    expect(limitsIn({})).toEqual(none)
    expect(limitsIn({ 'max-tokens': '500000', 'max-time': '90s', 'max-cost': '0.50' })).toEqual({
      ...{ tokens: 500_000, milliseconds: 90_000, cost: 0.5 },
    })
  })

  test.each([
    ...['', '20', 'm', '0s', '-1m', '20 m', '1d', '1h30m', '1e3s', '501h', 'Infinitys'].map(
      (text) => [millisecondsFrom, text, /90s, 20m or 2h/] as const,
    ),
    ...['', '0', '-5', '1.5', '1e6', '10k', 'many', '9'.repeat(30)].map(
      (text) => [tokensFrom, text, /whole number of tokens/] as const,
    ),
    ...['', '0', '-1', '$5', '5,50', '.5', 'free', '9'.repeat(400)].map(
      (text) => [costFrom, text, /US dollars above 0/] as const,
    ),
  ])('%o refuses "%s" and says what is expected', (parse, text, hint) => {
    try {
      expect.unreachable(`${text} was taken for ${parse(text)}`)
    } catch (error) {
      expect(error).toMatchObject({ code: 'bad-argument', hint: expect.stringMatching(hint) })
    }
  })
})

describe('what trials have used', () => {
  test('counts the injector model, and what is not known as nothing', () => {
    const used = usedBy([
      line({ tokens: 7, costUsd: 0.25, injector: { calls: 1, tokens: 30, costUsd: 0.5 } }),
      line({ tokens: 400, costUsd: null, injector: { calls: 1, tokens: null, costUsd: null } }),
    ])
    expect(used).toEqual({ tokens: 437, cost: 0.75 })
  })

  test('reaches a limit with equality and never without one', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (tokens, cost) => {
        expect(reachedBy(none, { tokens, cost })).toBeNull()
        expect(reachedBy({ ...none, tokens }, { tokens, cost })).toBe('tokens')
        expect(reachedBy({ ...none, cost }, { tokens, cost })).toBe('cost')
        expect(
          reachedBy({ ...none, tokens: tokens + 1, cost: cost + 1 }, { tokens, cost }),
        ).toBeNull()
      }),
    )
  })
})

describe('a budget', () => {
  test('stops the run with the trial that reaches it, and counts those in flight as well', () => {
    const budget = openBudget({ ...none, tokens: 1_250 }, used(1_000), stoppedClock)
    budget.add(used(249))
    expect([budget.signal.aborted, budget.reached()]).toEqual([false, null])
    budget.add(used(1))
    expect(budget.signal.aborted).toBe(true)
    budget.add(used(100))
    expect(budget.reached()).toEqual({
      ...{ says: 'The limit of tokens is reached: 1,350 of 1,250.', goOn: '--max-tokens MORE' },
    })
  })

  test('that stored trials have used up already begins nothing', () => {
    const budget = openBudget({ ...none, cost: 1 }, used(0, 1.25), stoppedClock)
    expect(budget.signal.aborted).toBe(true)
    expect(budget.reached()?.says).toBe('The limit of cost is reached: $1.25 of $1.00.')
  })

  test('of time rings, unless it was called off, and is noticed by a trial that ends too late', () => {
    let now = 5_000
    const timers = new Set<() => void>()
    const clock: Clock = {
      now: () => now,
      after(_, action) {
        timers.add(action)
        return () => timers.delete(action)
      },
    }
    const limits = { ...none, milliseconds: 2_000 }
    const rung = openBudget(limits, used(0), clock)
    for (const ring of timers) ring()
    expect(rung.signal.aborted).toBe(true)
    rung.end()
    const late = openBudget(limits, used(0), clock)
    now = 6_999
    late.add(used(0))
    expect(late.signal.aborted).toBe(false)
    now = 7_500
    late.add(used(0))
    expect(late.reached()?.says).toBe('The limit of time is reached: 2.5 s of 2 s.')
    late.end()
    expect(timers.size).toBe(0)
  })
})
