import fc from 'fast-check'
import { expect, test } from 'vitest'
import { summarise } from '../../analysis/summarise.js'
import { summarySchema } from '../../core/schemas/summary.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import {
  dormant,
  faulted,
  injection,
  line,
  placebo,
  plannedOf,
  right,
  runOf,
  systemOf,
  wrong,
} from './lines.js'
import { cellOf, summaryOf, twoFaults } from './runs.js'

test('cells come in the order of the plan: systems, scenarios, faults', () => {
  const scenarios = ['code', 'table-qa'].map((id) => ({ id, tasks: [], tasksHash: 'h' }))
  const { cells } = summaryOf([], { ...twoFaults, scenarios, systems: ['z', 'a'].map(systemOf) })
  expect(cells.map(({ system, scenario, fault }) => [system, scenario, fault].join(' '))).toEqual([
    'z code hallucination',
    'z code message-storm',
    'z table-qa hallucination',
    'z table-qa message-storm',
    'a code hallucination',
    'a code message-storm',
    'a table-qa hallucination',
    'a table-qa message-storm',
  ])
})

test('totals add up, and simulated trials have no seconds', () => {
  const differs = placebo({ sameAsBaseline: false, unread: 2, costUsd: 0.5 })
  const lost = line({ task: 't2', verdict: 'void', outcome: { kind: 'void', reason: 'x' } })
  const lines = [
    line(),
    lost,
    differs,
    faulted('broke', { tokens: 7 }),
    dormant('no-effect', { seed: 2 }),
  ]
  const { totals } = summaryOf(lines)
  expect(totals).toMatchObject({ trials: 5, held: 0, broke: 1, dormant: 1, void: 1, calls: 15 })
  expect(totals).toMatchObject({ tokens: 407, unread: 2, costUsd: 0.5, placeboDiffers: 1 })
  expect(totals.seconds).toBeNull()
  expect(summaryOf([line({ duration: 2 }), line({ seed: 2 })]).totals.seconds).toBe(2)
})

test('work that a system does not do has no cells and is nothing that is still to come', () => {
  const scenarios = ['code', 'shop'].map((id) => ({ id, tasks: ['t1', 't2'], tasksHash: 'h' }))
  const unfit = [{ system: 'a', scenario: 'shop', because: 'It cannot be undone.' }]
  const systems = ['a', 'b'].map(systemOf)
  const { cells, totals, run } = summaryOf([], { ...twoFaults, systems, scenarios, unfit })
  expect(new Set(cells.map(({ system, scenario }) => `${system} ${scenario}`))).toEqual(
    new Set(['a code', 'b code', 'b shop']),
  )
  expect(totals.planned).toBe(3 * 2 * (1 + 1 + 2))
  expect(run.unfit).toEqual(unfit)
})

test('a plan has a baseline, a placebo per injector and its faults for each system, task and seed', () => {
  const plan = {
    ...twoFaults,
    systems: ['a', 'b'].map(systemOf),
    scenarios: [{ id: 'code', tasks: ['t1', 't2', 't3'], tasksHash: 'h' }],
    seeds: [1, 2],
  }
  const { totals } = summaryOf([line()], plan)
  expect(totals).toMatchObject({ trials: 1, planned: 2 * 3 * 2 * (1 + 1 + 2), notRun: 0 })
  const unrun = line({ outcome: { kind: 'not-run', reason: 'no-site' } })
  expect(summaryOf([unrun], plan).totals.notRun).toBe(1)
})

test('one trial of unknown cost makes the cost of the run unknown', () => {
  expect(summaryOf([line(), line({ seed: 2, costUsd: null })]).totals.costUsd).toBeNull()
})

test('evidence is simulated exactly when the simulated model answered', () => {
  const kinds = (['simulated', 'provider', 'own'] as const).map(
    (kind) => summaryOf([], { model: { id: 'm', kind, hash: 'h' } }).run.evidence,
  )
  expect(kinds).toEqual(['simulated', 'measured', 'measured'])
})

const standings: readonly ((at: Partial<TrialLine>) => TrialLine)[] = [
  (at) => faulted('held', at),
  (at) => faulted('broke', at),
  (at) => faulted('broke', { ...at, injections: [injection({ recoverable: false })] }),
  (at) => faulted('held', { ...at, verdict: 'void' }),
  (at) => faulted('held', { ...at, verdict: null }),
  (at) => dormant('no-site', at),
  (at) => dormant('not-reached', at),
  (at) => dormant('no-effect', at),
]
const anyTrials = fc
  .array(
    fc.record({
      faulted: fc.constantFrom(...standings),
      solved: fc.boolean(),
      again: fc.boolean(),
      cost: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 40 },
  )
  .map((picks) =>
    picks.flatMap((pick, at) => {
      const where = { task: `t${at % 8}`, seed: Math.floor(at / 8), costUsd: pick.cost }
      return [
        line({ ...where, outcome: pick.solved ? right : wrong }),
        placebo({ ...where, outcome: pick.again ? right : wrong }),
        pick.faulted(where),
      ]
    }),
  )

test('whatever happened, the summary is one that its schema accepts', () => {
  fc.assert(
    fc.property(anyTrials, (lines) => {
      expect(() => summarySchema.parse(summaryOf(lines))).not.toThrow()
    }),
  )
})

test('reordered and repeated lines give the same summary', () => {
  const shuffled = anyTrials.chain((lines) =>
    fc.record({
      lines: fc.constant(lines),
      other: fc.shuffledSubarray(lines, { minLength: lines.length }),
      again: fc.subarray(lines),
    }),
  )
  fc.assert(
    fc.property(shuffled, ({ lines, other, again }) => {
      expect(summaryOf([...again, ...other])).toEqual(summaryOf(lines))
    }),
  )
})

test('every trial of a fault is counted or left out, once', () => {
  fc.assert(
    fc.property(anyTrials, (lines) => {
      const { n, dormant: asleep, void: lost, leftOut } = cellOf(lines)
      const total = n + asleep + lost + leftOut.ineligible + leftOut.notRecoverable
      expect(total).toBe(lines.length / 3)
    }),
  )
})

test('a hundred thousand trials take a moment', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => ({ task: `t${at % 5000}`, seed: at }))
  const ids = Array.from({ length: 8 }, (_, at) => `f${at}`)
  const facts = ids.map((id) => ({
    id,
    abbreviation: id,
    category: 'action' as const,
    summary: '.',
  }))
  const lines = many.flatMap((at) => [
    line(at),
    placebo(at),
    ...ids.map((fault) => faulted(at.seed % 3 ? 'held' : 'broke', { ...at, fault })),
  ])
  const run = runOf({ faults: ids.map(plannedOf) })
  const before = performance.now()
  const summary = summarise({ run, lines, faults: facts, injectorOf: () => 'response' })
  // Comparing all pairs of five thousand tasks in each of eight cells would take minutes.
  expect(performance.now() - before).toBeLessThan(10_000)
  expect(summary.systems[0]?.score.mean).toBeCloseTo(0.6666, 3)
})

test('what the plan says of where material comes from is kept, of old runs nothing', () => {
  const work = (id: string) => ({ id, tasks: ['t1'], tasksHash: 'h' })
  const scenarios = [{ ...work('gsm8k'), attribution: 'Problems: GSM8K.' }, work('booking')]
  const summary = summaryOf([], { ...twoFaults, scenarios })
  expect(summary.run.attributions).toEqual([{ scenario: 'gsm8k', text: 'Problems: GSM8K.' }])
  expect(summarySchema.parse(summary)).toEqual(summary)
  expect(summaryOf([], twoFaults).run).not.toHaveProperty('attributions')
})
