import { describe, expect, test } from 'vitest'
import { flawIn } from '../../analysis/proof.js'
import type { Trace } from '../../core/evidence/evidence.js'
import type { Claim } from '../../core/schemas/behaviour.js'
import { callOf, traceOf } from './traces.js'

const baseline = traceOf(
  [
    { agent: 'planner', says: 'The fare is 40 EUR.' },
    { agent: 'clerk', reads: ['The fare is 40 EUR.'], says: '```answer\n40 EUR\n```' },
    { agent: 'silent', says: 'Yes.' },
  ],
  '40 EUR',
)
const call = { id: 'c1', name: 'get_fare', args: { city: 'Genoa' } }
const trace = traceOf(
  [
    {
      injects: 'hallucination',
      at: 'call:planner#0.0',
      before: 'The fare is 40 EUR.',
      after: 'The fare is 52 EUR.',
    },
    { agent: 'planner', says: 'The fare is 52 EUR.' },
    {
      agent: 'clerk',
      reads: ['The fare is 52 EUR.'],
      says: { role: 'ai', text: '', toolCalls: [call] },
    },
    { answers: 'The fare from Genoa is 40 EUR.', to: 'c1' },
    { answers: 'No such city.', to: 'c2', failed: true },
    {
      agent: 'clerk',
      reads: ['The fare from Genoa is 40 EUR.'],
      says: 'REJECT\nThe 52 EUR are wrong.\n\nQUESTION: Which fare?',
    },
    { agent: 'planner', says: 'Sorry: 40 EUR.' },
    { idle: 'auditor' },
    { agent: 'clerk', says: '```answer\n40 EUR\n```' },
  ],
  '40 EUR',
)
const first = callOf(trace, 'clerk')
const second = callOf(trace, 'clerk', 1)
const last = callOf(trace, 'clerk', 2)
const tools = trace.steps.flatMap(({ kind }, at) => (kind === 'write' ? [at] : []))
const end = trace.steps.length - 1
const idle = trace.steps.findIndex(({ kind, agent }) => kind === 'start' && agent === 'auditor')

type Claimed = readonly [Claim, number, string | null, number, string | null]

/** A claim: a step and words of which it is true, and a step and words of which it is not. */
const claims: readonly Claimed[] = [
  ['says', second, '52 EUR', last, '52 EUR'],
  ['says', last, '40 EUR', last, '41 EUR'],
  ['calls', first, 'get_fare({"city":"Genoa"})', first, 'get_port({"city":"Genoa"})'],
  ['doubts', second, '52 EUR', last, '40 EUR'],
  ['rejects', second, 'REJECT', last, 'REJECT'],
  ['asks', second, 'Which fare?', last, 'Which fare?'],
  ['reads', first, '52 EUR', second, '52 EUR'],
  ['answers', tools[0] ?? -1, '40 EUR', tools[1] ?? -1, '40 EUR'],
  ['fails', tools[1] ?? -1, 'No such city.', tools[0] ?? -1, null],
  ['extra', last, 'clerk', first, 'clerk'],
  ['same', last, 'answer: 40 EUR', second, 'answer: 40 EUR'],
  ['other', second, null, last, null],
  ['drops', idle, 'auditor', idle - 2, 'planner'],
  ['never-says', 0, '52 EUR', 0, '40 EUR'],
  ['never-says', 0, '99 EUR', 0, '40'],
  ['never-reads', second, '52 EUR', first, '52 EUR'],
  ['no-extra', last, null, 0, null],
  ['never-doubts', last, 'fare', 0, 'eur'],
  ['in-role', last, 'clerk', last, 'planner'],
  ['silent', end, 'silent', end, 'clerk'],
  ['ends', end, '40 EUR', last, '40 EUR'],
  ['ends', end, null, end, '41 EUR'],
  ['quotes', second, 'The 52 EUR are wrong.', second, 'The 52 EUR are right.'],
]

describe('a claim about a step', () => {
  test.each(claims)(
    '%s is true of step %i and %j, not of step %i and %j',
    (shows, step, what, other, wrong) => {
      expect(flawIn({ step, shows, what }, trace, baseline)).toBeNull()
      expect(flawIn({ step: other, shows, what: wrong }, trace, baseline)).toMatch(
        new RegExp(`^step ${other} does not show: ${shows}`),
      )
    },
  )

  test('is never true of a step that is not there', () => {
    for (const [shows, , what] of claims) {
      expect(flawIn({ step: 999, shows, what }, trace, baseline)).toBe(
        'step 999 is not in the trace',
      )
    }
  })

  test('does not take a word that an injection put into a mouth for its owner’s', () => {
    const unchanged: Trace = { ...trace, steps: trace.steps.slice(0, 3) }
    expect(flawIn({ step: 0, shows: 'never-says', what: '52 EUR' }, unchanged, baseline)).toBeNull()
  })
})
