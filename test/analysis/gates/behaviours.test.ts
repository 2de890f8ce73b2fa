import { describe, expect, test } from 'vitest'
import { scoreOf } from '../../../analysis/interval.js'
import { summarise } from '../../../analysis/summarise.js'
import type { Behaviour } from '../../../core/schemas/behaviour.js'
import type { GateSubject } from '../../../core/schemas/summary.js'
import { faulted, faults, line, plannedOf, runOf } from '../lines.js'

const tasks = Array.from({ length: 40 }, (_, at) => `t${at + 1}`)

/** A behaviour of a rule that filters, seen in the first trials of a fault. */
const filters: Behaviour = {
  ...{ fault: 'hallucination', id: 'filters', by: 'program', tiers: { rule: 'success' } },
  ...{ detects: true, proof: [], undecided: [] },
}
const ignores: Behaviour = { ...filters, id: 'ignores', tiers: {}, detects: false }

type Seen = Readonly<{ triggered: number; held: number }>

/** Forty trials of one fault: in the first ones a rule acted, and the first of all held. */
const trialsOf = (fault: string, { triggered, held }: Seen) =>
  tasks.map((task, at) =>
    faulted(at < held ? 'held' : 'broke', {
      ...{ task, fault, behaviours: [at < triggered ? filters : ignores] },
    }),
  )

function asked(gate: string, seen: Readonly<Record<string, Seen>>): GateSubject {
  const { gates } = summarise({
    run: {
      ...runOf({
        faults: Object.keys(seen).map(plannedOf),
        scenarios: [{ id: 'table-qa', tasks, tasksHash: 'h' }],
      }),
      gates: [gate],
    },
    lines: [
      ...tasks.flatMap((task) => [
        line({ task }),
        line({ task, arm: 'placebo', fault: 'placebo-response' }),
      ]),
      ...Object.entries(seen).flatMap(([fault, one]) => trialsOf(fault, one)),
    ],
    faults,
    injectorOf: () => 'response',
  })
  const [subject] = gates[0]?.subjects ?? []
  if (!subject) throw new Error('one gate of one system has one subject')
  return subject
}

describe('a gate on a tier', () => {
  const seen = { hallucination: { triggered: 30, held: 29 } }

  test('asks how many were right in the end where the tier was triggered', () => {
    const subject = asked('tier.rule >= 0.75', seen)
    expect(subject.actual).toEqual(scoreOf(29, 30))
    expect(subject).toMatchObject({ verdict: 'passed', unit: 'trials' })
    expect(asked('tier.rule >= 0.9', seen)).toMatchObject({ verdict: 'undecided', because: null })
    expect(asked('tier.rule <= 0.5', seen).verdict).toBe('failed')
  })

  test('adds up the faults that it covers', () => {
    const two = { ...seen, 'message-storm': { triggered: 20, held: 0 } }
    expect(asked('tier.rule >= 0.5', two).actual).toEqual(scoreOf(29, 50))
    expect(asked('tier.rule(MS) >= 0.5', two)).toMatchObject({
      ...{ actual: scoreOf(0, 20), verdict: 'failed' },
    })
  })

  test('is undecided where nothing triggered the tier, however well all went', () => {
    const well = { hallucination: { triggered: 40, held: 40 } }
    expect(asked('tier.prompt >= 0.1', well)).toMatchObject({
      ...{ verdict: 'undecided', because: 'no trials', actual: { mean: null, n: 0 } },
    })
  })

  test('may have a zone', () => {
    expect(asked('tier.rule >= 0.9 fail 0.7', seen).verdict).toBe('passed')
  })
})

test('a gate on detection asks in how many counted trials somebody noticed', () => {
  const seen = { hallucination: { triggered: 36, held: 0 } }
  expect(asked('detection >= 0.7', seen)).toMatchObject({
    ...{ actual: scoreOf(36, 40), verdict: 'passed' },
  })
  expect(asked('detection >= 0.99', seen).verdict).toBe('failed')
})
