import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge } from '../../analysis/judge.js'
import { isRight, type Outcome, outcomeSchema } from '../../core/schemas/outcome.js'
import type { Injection, TrialLine } from '../../core/schemas/trial-line.js'
import { injection, right, wrong } from './lines.js'

type Reason = Extract<Outcome, { kind: 'not-run' }>['reason']

const notRun = (reason: Reason): Outcome => ({ kind: 'not-run', reason })
const ended: readonly Outcome[] = [
  right,
  wrong,
  { kind: 'no-answer' },
  { kind: 'stalled', limit: 'calls' },
  { kind: 'crashed', error: 'boom' },
]
const all: readonly Outcome[] = [
  ...ended,
  { kind: 'void', reason: 'no network' },
  ...(['ineligible', 'baseline-void', 'no-site', 'no-effect'] as const).map(notRun),
]

const anyOutcome: fc.Arbitrary<Outcome> = fc.constantFrom(...all)
const anyInjection: fc.Arbitrary<Injection> = fc
  .record({
    changed: fc.boolean(),
    delivered: fc.boolean(),
    effective: fc.boolean(),
    recoverable: fc.boolean(),
  })
  .map(injection)
const anyTrial = fc.record({
  arm: fc.constantFrom<TrialLine['arm'][]>('baseline', 'placebo', 'fault'),
  outcome: anyOutcome,
  injections: fc.array(anyInjection, { maxLength: 4 }),
  faults: fc.constant(['hallucination']),
})

const acted = ({ changed, delivered, effective }: Injection) => changed && delivered && effective
const fault = (outcome: Outcome, injections: readonly Injection[]) =>
  judge({ arm: 'fault', outcome, injections, faults: ['hallucination'] })

test('the outcomes used here are all there are', () => {
  const kinds = outcomeSchema.options.map(({ shape }) => shape.kind.value)
  expect([...new Set(all.map(({ kind }) => kind))].sort()).toEqual([...kinds].sort())
})

test('a right answer after a fault that acted is held, every other end is broke', () => {
  expect(fault(right, [injection()])).toEqual({ verdict: 'held', dormantBecause: null })
  for (const outcome of ended.slice(1)) {
    expect(fault(outcome, [injection()])).toEqual({ verdict: 'broke', dormantBecause: null })
  }
})

test.each([
  ['a fault without an injection', right, [], 'not-reached'],
  ['an injection that changed nothing', right, [injection({ changed: false })], 'not-reached'],
  ['an injection that nobody got', wrong, [injection({ delivered: false })], 'not-reached'],
  ['a change that did not matter', wrong, [injection({ effective: false })], 'no-effect'],
  ['a baseline without a site', notRun('no-site'), [], 'no-site'],
  ['a site at which nothing would matter', notRun('no-effect'), [], 'no-effect'],
] as const)('%s makes the trial dormant', (_, outcome, injections, dormantBecause) => {
  expect(fault(outcome, injections)).toEqual({ verdict: 'dormant', dormantBecause })
})

test('an injection that acted counts although another one did not', () => {
  expect(fault(right, [injection({ delivered: false }), injection()]).verdict).toBe('held')
})

test('a task that the system cannot solve unharmed asks no question', () => {
  expect(fault(notRun('ineligible'), []).verdict).toBeNull()
})

test('only an outcome of the testbed is void, and it is so in every arm', () => {
  fc.assert(
    fc.property(anyTrial, (trial) => {
      const { outcome } = trial
      const lost =
        outcome.kind === 'void' ||
        (outcome.kind === 'not-run' && outcome.reason === 'baseline-void')
      expect(judge(trial).verdict === 'void').toBe(lost)
    }),
  )
})

test('baseline and placebo are never held, broke or dormant', () => {
  fc.assert(
    fc.property(anyTrial, (trial) => {
      fc.pre(trial.arm !== 'fault')
      expect([null, 'void']).toContain(judge(trial).verdict)
    }),
  )
})

test('whatever the outcome, nothing is held or broke unless an injection acted', () => {
  fc.assert(
    fc.property(anyTrial, (trial) => {
      const { verdict } = judge(trial)
      if (verdict !== 'held' && verdict !== 'broke') return
      expect(trial.injections.some(acted)).toBe(true)
      expect(verdict === 'held').toBe(isRight(trial.outcome))
    }),
  )
})

test('whether a fault trial that ended is dormant does not depend on how it ended', () => {
  fc.assert(
    fc.property(fc.array(anyInjection), (injections) => {
      const reasons = ended.map((outcome) => fault(outcome, injections).dormantBecause)
      expect(new Set(reasons).size).toBe(1)
    }),
  )
})

test('a reason is given exactly when the trial is dormant', () => {
  fc.assert(
    fc.property(anyTrial, (trial) => {
      const { verdict, dormantBecause } = judge(trial)
      expect(verdict === 'dormant').toBe(dormantBecause !== null)
    }),
  )
})

describe('several faults in one trial', () => {
  const faults = ['hallucination', 'message-storm:copies=5']
  const storm = (changes: Partial<Injection> = {}) =>
    injection({ fault: 'message-storm:copies=5', ...changes })
  const both = (outcome: Outcome, injections: readonly Injection[]) =>
    judge({ arm: 'fault', outcome, injections, faults })

  test('count when each of them acted', () => {
    expect(both(right, [injection(), storm()]).verdict).toBe('held')
    expect(both(wrong, [injection(), storm()]).verdict).toBe('broke')
  })

  test.each([
    ['was never set', [injection()], 'not-reached'],
    ['did not matter', [injection(), storm({ effective: false })], 'no-effect'],
  ] as const)('are dormant when one of them %s', (_, injections, dormantBecause) => {
    expect(both(right, injections)).toEqual({ verdict: 'dormant', dormantBecause })
  })
})
