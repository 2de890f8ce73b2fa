import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { observer } from '../../analysis/detect.js'
import { flawIn } from '../../analysis/proof.js'
import type { BehaviourRule } from '../../core/fault.js'
import type { Injection } from '../../core/schemas/trial-line.js'
import { faults } from '../../faults/catalogue.js'
import { callOf, type Happening, traceOf } from './traces.js'

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

  test('has no end where the answer is another one, whoever spoke after the last that passed it on', () => {
    const said = [
      injected,
      { agent: 'planner', says: 'The fare is 52 EUR.' },
      { agent: 'clerk', reads: ['The fare is 52 EUR.'], says: 'Booked for 52 EUR.' },
      { agent: 'reviewer', says: 'Fine.' },
    ]
    const containedWith = (answer: string) => {
      const faulted = traceOf(said, answer)
      const facts = { trace: { ...faulted, canAsk: 'nobody' as const }, baseline }
      const watched = observer([{ id: 'h', behaviours: [] }])
      return watched({ ...facts, injections: [injection()], faults: ['h'] }).spread?.contained
    }
    expect(containedWith('Done')).not.toBeNull()
    expect(containedWith('Nothing is booked.')).toBeNull()
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

describe('whatever happens in a trial', () => {
  const agents = ['planner', 'clerk', 'constructor', '__proto__', 'team/model', '?']
  const words = [
    'The fare is 40 EUR from Genoa on 2031-05-07.',
    'The fare is 52 EUR.',
    'REJECT\n- 52 EUR is wrong.',
    'APPROVE',
    'QUESTION: which fare?',
    'I assume 3 nights.',
    '```answer\n40 EUR\n```',
    '1. Look it up.\n2. Book it for 40 EUR.',
    '',
  ]
  const agent = fc.constantFrom(...agents)
  const text = fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 40 }))
  const said = fc.oneof(
    text,
    fc
      .record({ name: fc.constantFrom('get_fare', 'ask_human', 'toString'), city: text })
      .map(({ name, city }) => ({
        ...{ role: 'ai', text: '', toolCalls: [{ id: 'c1', name, args: { city } }] },
      })),
  )
  const site = fc.tuple(fc.constantFrom('call', 'input', 'tool', 'delivery'), agent).map(
    ([kind, of]) =>
      ({
        call: `call:${of}#0.0`,
        input: `input:${of}#0`,
        tool: `tool:${of}#0@0`,
        delivery: `delivery:${of}#0>clerk.0`,
      })[kind] ?? '',
  )
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    fc.record({ agent, reads: fc.array(text, { maxLength: 3 }), says: said }),
    fc.record({ answers: text, to: fc.constantFrom('c1', 'c2'), failed: fc.boolean() }),
    fc.record({ idle: agent }),
  )

  test.each(faults)('$id is dealt with, and every proof holds', (fault) => {
    const watched = observer([fault])
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 6 }),
        fc.array(happening, { maxLength: 8 }),
        fc.array(fc.record({ at: site, before: text, after: text }), {
          minLength: 1,
          maxLength: 2,
        }),
        fc.option(text),
        (before, after, changes, answer) => {
          const twin = traceOf(before, '40 EUR')
          const injections = changes.map((change) => ({ injects: fault.id, ...change }))
          const happened = traceOf([...injections, ...after], answer)
          const lines = changes.map(({ at }) => injection({ fault: fault.id, site: at }))
          const facts = { baseline: twin, injections: lines, faults: [fault.id] }
          const seenHere = watched({ ...facts, trace: { ...happened, canAsk: 'peer' } })
          expect(seenHere.behaviours).toHaveLength(1)
          const flaws = seenHere.behaviours.flatMap(({ id, proof }) =>
            proof.flatMap((one) => {
              const flaw = flawIn(one, happened, twin)
              return flaw ? [`${id}: ${flaw}`] : []
            }),
          )
          expect(flaws).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })
})
