import { describe, expect, test } from 'vitest'
import { observer } from '../../analysis/detect.js'
import type { BehaviourRule } from '../../core/fault.js'
import type { Injection } from '../../core/schemas/trial-line.js'
import { callOf, traceOf } from './traces.js'

const baseline = traceOf([
  { agent: 'planner', says: 'The fare is 40 EUR.' },
  { agent: 'clerk', reads: ['The fare is 40 EUR.'], says: 'Booked for 40 EUR.' },
])
const injected = {
  injects: 'h',
  at: 'call:planner#0.0',
  before: 'The fare is 40 EUR.',
  after: 'The fare is 52 EUR.',
}
const trace = traceOf([
  injected,
  { agent: 'planner', says: 'The fare is 52 EUR.' },
  { agent: 'clerk', reads: ['The fare is 52 EUR.'], says: 'Booked for 52 EUR.' },
])
const injection = (changes: Partial<Injection> = {}): Injection => ({
  ...{ fault: 'h', site: 'call:planner#0.0', agent: 'planner', changed: true, delivered: true },
  ...{ effective: true, recoverable: true, by: 'program', note: null },
  ...changes,
})
const rule = (id: string, find?: BehaviourRule['find']): BehaviourRule => ({
  ...{ id, summary: 'It is seen.', by: find ? 'program' : 'judge', tiers: { rule: 'success' } },
  detects: null,
  ...(find ? { find } : {}),
})
const never = () => null
const at = (step: number) => () => [{ step, shows: 'says', what: null } as const]

/** What is seen with some rules. */
function seen(
  behaviours: readonly BehaviourRule[],
  injections: readonly Injection[] = [injection()],
) {
  const facts = {
    trace: { ...trace, canAsk: 'nobody' as const },
    baseline,
    injections,
    faults: ['h'],
  }
  return observer([{ id: 'h', behaviours }])(facts)
}

describe('the behaviour of a trial', () => {
  test('is the first one whose rule holds', () => {
    const { behaviours } = seen([rule('a', never), rule('b', at(3)), rule('c', at(3))])
    expect(behaviours).toEqual([
      {
        ...{ fault: 'h', id: 'b', by: 'program', tiers: { rule: 'success' }, detects: null },
        ...{ proof: [{ step: 3, shows: 'says', what: null }], undecided: [] },
      },
    ])
  })

  test('says which ones before it only a judge could have told', () => {
    expect(seen([rule('a'), rule('b', at(3)), rule('c')]).behaviours).toMatchObject([
      { id: 'b', undecided: ['a'] },
    ])
    expect(seen([rule('a'), rule('b', never), rule('c')]).behaviours).toMatchObject([
      { id: null, by: null, tiers: {}, undecided: ['a', 'c'] },
    ])
    expect(seen([rule('b', never)]).behaviours).toMatchObject([{ id: null, undecided: [] }])
  })

  test('is not one without a step that proves it', () => {
    expect(seen([rule('a', () => [])]).behaviours).toMatchObject([{ id: null }])
  })

  test('keeps its proof short, in order, each once', () => {
    const many = Array.from({ length: 30 }, (_, n) => ({
      ...{ step: 3 - (n % 3), shows: 'says' as const, what: `${n % 12}` },
    }))
    const [only] = seen([rule('a', () => [...many, ...many])]).behaviours
    expect(only?.proof).toHaveLength(8)
    expect(only?.proof.map(({ step }) => step)).toEqual([1, 1, 1, 1, 2, 2, 2, 2])
  })

  test('is not looked for where nothing acted', () => {
    const nothing = { behaviours: [], noticed: null, spread: null }
    expect(seen([rule('a', at(3))], [])).toEqual(nothing)
    expect(seen([rule('a', at(3))], [injection({ effective: false })])).toEqual(nothing)
    expect(seen([rule('a', at(3))], [injection({ fault: 'other' })])).toEqual(nothing)
  })
})

describe('how far a fault came', () => {
  test('is told of the agents that passed it on, not of the one that it was put into', () => {
    expect(seen([]).spread).toEqual({
      injected: 0,
      agents: ['clerk'],
      firstDivergent: callOf(trace, 'clerk'),
      lastTainted: callOf(trace, 'clerk'),
      contained: null,
    })
  })

  test('ends where somebody corrects it', () => {
    const corrected = traceOf([
      injected,
      { agent: 'planner', says: 'The fare is 52 EUR.' },
      { agent: 'clerk', reads: ['The fare is 52 EUR.'], says: 'Booked for 52 EUR.' },
      { agent: 'critic', says: 'REJECT\nThe 52 EUR are wrong.' },
      { agent: 'clerk', says: 'Booked for 40 EUR.' },
    ])
    const facts = { trace: { ...corrected, canAsk: 'nobody' as const }, baseline }
    const { spread, noticed } = observer([{ id: 'h', behaviours: [] }])({
      ...facts,
      injections: [injection()],
      faults: ['h'],
    })
    expect(spread).toMatchObject({ agents: ['clerk'], contained: callOf(corrected, 'critic') })
    expect(noticed).toBe(callOf(corrected, 'critic'))
  })
})
