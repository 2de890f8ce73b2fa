import { describe, expect, test } from 'vitest'
import { baselineFileOf } from '../../../analysis/baseline-file.js'
import { summarise } from '../../../analysis/summarise.js'
import { eligibleOf } from '../../../analysis/trials.js'
import type { BaselineFile } from '../../../core/schemas/baseline-file.js'
import type { GateResult, Summary } from '../../../core/schemas/summary.js'
import type { TrialLine } from '../../../core/schemas/trial-line.js'
import { stopOrder } from '../../../core/stop-order.js'
import {
  dormant,
  faulted,
  faults,
  injection,
  line,
  placebo,
  plannedOf,
  runOf,
  systemOf,
} from '../lines.js'

const tasksOf = (n: number) => Array.from({ length: n }, (_, at) => `t${at + 1}`)

/** Trials on so many tasks with one seed: for each fault how many held. */
const trialsOf = (held: Readonly<Record<string, number>>, n: number): readonly TrialLine[] => [
  ...tasksOf(n).flatMap((task) => [line({ task }), placebo({ task })]),
  ...Object.entries(held).flatMap(([fault, count]) =>
    tasksOf(n).map((task, at) => faulted(at < count ? 'held' : 'broke', { task, fault })),
  ),
]

const runWith = (names: readonly string[], n: number) =>
  runOf({
    faults: names.map(plannedOf),
    scenarios: [{ id: 'table-qa', tasks: tasksOf(n), tasksHash: `h${n}` }],
  })

/** What a run says in which so many trials of each fault held. */
function run(
  held: Readonly<Record<string, number>>,
  n: number,
  gates: readonly string[],
  more: Readonly<{
    lines?: readonly TrialLine[]
    file?: BaselineFile
    faults?: readonly string[]
  }> = {},
): Summary {
  return summarise({
    run: { ...runWith(more.faults ?? Object.keys(held), n), gates: [...gates] },
    lines: [...trialsOf(held, n), ...(more.lines ?? [])],
    faults,
    injectorOf: () => 'response',
    baselineFile: more.file ?? null,
  })
}

const verdicts = (gates: readonly GateResult[]) => gates.map(({ verdict }) => verdict)
const only = ({ gates }: Summary) => {
  const [gate] = gates
  const [subject] = gate?.subjects ?? []
  if (!gate || !subject) throw new Error('there is one gate with one subject')
  return { gate, subject }
}

describe('three answers', () => {
  test.each([
    [103, 120, 0.75, 'passed'],
    [103, 120, 0.8, 'undecided'],
    [103, 120, 0.92, 'failed'],
    [41, 84, 0.6, 'failed'],
    [0, 0, 0.5, 'undecided'],
  ])('%i of %i against %f: %s', (held, n, bound, verdict) => {
    const summary = run({ hallucination: held }, n, [`robustness >= ${bound}`])
    expect(summary.verdict).toBe(verdict)
  })

  test('an undecided gate says how much would help', () => {
    const { subject } = only(run({ hallucination: 103 }, 120, ['robustness >= 0.8']))
    expect(subject).toMatchObject({ more: 61, unit: 'trials', because: null, actual: { n: 120 } })
  })

  test('where hardly anything may break, one broken trial of ten fails nothing, two of twenty do', () => {
    const { gate, subject } = only(run({ hallucination: 18 }, 20, ['robustness >= 0.99']))
    expect(subject.actual.high).toBeLessThan(0.99)
    expect(gate.verdict).toBe('failed') // 1.7 % by an exact test.
    expect(only(run({ hallucination: 9 }, 10, ['robustness >= 0.99'])).gate.verdict).toBe(
      'undecided',
    )
    expect(only(run({ hallucination: 1 }, 10, ['robustness <= 0.01'])).gate.verdict).toBe(
      'undecided',
    )
  })

  test('<= mirrors >=', () => {
    expect(run({ hallucination: 17 }, 120, ['robustness <= 0.25']).verdict).toBe('passed')
    expect(run({ hallucination: 17 }, 120, ['robustness <= 0.08']).verdict).toBe('failed')
    expect(run({ hallucination: 17 }, 120, ['robustness <= 0.2']).verdict).toBe('undecided')
  })

  test('one gate that just failed does not fail among others that ask as well', () => {
    const held = { hallucination: 41, 'message-storm': 48, 'message-cycle': 75 }
    const alone = only(run(held, 84, ['robustness(H) >= 0.6']))
    expect(alone.gate.verdict).toBe('failed')
    expect(alone.subject.p).toBeCloseTo(0.01815, 5)
    const all = ['robustness(H) >= 0.6', 'robustness(MS) >= 0.6', 'robustness(MC) >= 0.8']
    const { gates } = run(held, 84, all)
    expect(verdicts(gates)).toEqual(['undecided', 'undecided', 'passed'])
    const [subject] = gates[0]?.subjects ?? []
    expect(subject?.p).toBeCloseTo(0.054451, 5)
    // Its interval is below the bound; that it takes more trials is what is said, not that it takes none.
    expect(subject?.actual.high).toBeLessThan(0.6)
    expect(subject?.more).toBeGreaterThan(20)
  })

  test('any failure fails a run; without one, any doubt leaves it undecided', () => {
    const held = { hallucination: 100, 'message-storm': 20, 'message-cycle': 82 }
    const gate = {
      h: 'robustness(H) >= 0.9',
      s: 'robustness(MS) >= 0.9',
      c: 'robustness(MC) >= 0.8',
    }
    expect(run(held, 100, [gate.h]).verdict).toBe('passed')
    expect(run(held, 100, [gate.h, gate.c]).verdict).toBe('undecided')
    expect(run(held, 100, [gate.h, gate.c, gate.s]).verdict).toBe('failed')
    expect(run(held, 100, []).verdict).toBe('none')
  })
})

describe('a zone', () => {
  test.each([
    [116, 135, 'passed'],
    [115, 135, 'failed'],
    [27, 30, 'undecided'],
    [30, 30, 'passed'],
    [20, 30, 'failed'],
  ])('%i of %i is %s', (held, n, verdict) => {
    const summary = run({ hallucination: held }, n, ['robustness >= 0.9 fail 0.8'])
    expect(summary.verdict).toBe(verdict)
  })
})

describe('worst.category', () => {
  const held = { hallucination: 20, 'message-storm': 3, 'message-cycle': 4 }

  test('asks every category, not only the one that looks worst', () => {
    const [gate] = run(held, 20, ['worst.category >= 0.5']).gates
    expect(gate?.verdict).toBe('failed')
    expect(gate?.subjects.map(({ part, verdict }) => [part, verdict])).toEqual([
      ['reasoning', 'passed'],
      ['communication', 'failed'],
    ])
    const [faulty] = run(held, 20, ['worst.fault(MS,H) >= 0.2']).gates
    expect(faulty?.subjects.map(({ part }) => part)).toEqual(['hallucination', 'message-storm'])
  })

  test('has no answer from fewer than six tasks', () => {
    const { subject } = only(run({ hallucination: 5 }, 5, ['score >= 0.5']))
    expect(subject).toMatchObject({ verdict: 'undecided', because: 'too few tasks' })
  })
})

describe('what was not measured decides nothing', () => {
  const lost = Array.from({ length: 20 }, (_, at) =>
    dormant('not-reached', { task: `t${at + 1}`, fault: 'message-storm' }),
  )

  test('a cell that lost too many trials leaves its gate undecided, and is named', () => {
    const summary = run({ hallucination: 20 }, 20, ['robustness >= 0.5', 'robustness(H) >= 0.5'], {
      lines: lost,
      faults: ['hallucination', 'message-storm'],
    })
    expect(verdicts(summary.gates)).toEqual(['undecided', 'passed'])
    expect(summary.gates[0]?.subjects[0]).toMatchObject({
      because: 'not measured',
      lost: ['message-storm'],
    })
  })

  test('coverage itself is what it is', () => {
    const gates = [
      'coverage >= 0.95',
      'coverage >= 0.5',
      'void-rate <= 0',
      'tokens <= 1',
      'cost <= 0',
    ]
    const summary = run({ hallucination: 20 }, 20, gates, {
      lines: lost,
      faults: ['hallucination', 'message-storm'],
    })
    expect(verdicts(summary.gates)).toEqual(['failed', 'passed', 'passed', 'failed', 'passed'])
  })

  test('a system in which the fault has no site is left out', () => {
    const lines = Array.from({ length: 20 }, (_, at) => [
      line({ system: 'solo', task: `t${at + 1}` }),
      dormant('no-site', {
        ...{ system: 'solo', task: `t${at + 1}` },
        outcome: { kind: 'not-run', reason: 'no-site' },
      }),
    ]).flat()
    const tasks = Array.from({ length: 20 }, (_, at) => `t${at + 1}`)
    const summary = summarise({
      run: {
        ...runOf({
          systems: [systemOf('pipeline'), systemOf('solo')],
          scenarios: [{ id: 'table-qa', tasks, tasksHash: 'h' }],
        }),
        gates: ['robustness >= 0.5'],
      },
      lines: [
        ...lines,
        ...tasks.flatMap((task) => [
          line({ task }),
          placebo({ task }),
          placebo({ task, system: 'solo' }),
          faulted('held', { task }),
        ]),
      ],
      faults,
      injectorOf: () => 'response',
    })
    expect(summary.gates[0]?.subjects.map(({ verdict }) => verdict)).toEqual(['passed', 'no site'])
    expect(summary.verdict).toBe('passed')
  })

  test('a fault that only luck can save has sites, and nothing is asked of it', () => {
    const lines = tasksOf(20).map((task) =>
      faulted('broke', {
        ...{ task, fault: 'message-storm' },
        injections: [injection({ fault: 'message-storm', recoverable: false })],
      }),
    )
    const summary = run({ hallucination: 20 }, 20, ['robustness >= 0.5', 'robustness(MS) >= 0.5'], {
      ...{ lines, faults: ['hallucination', 'message-storm'] },
    })
    expect(summary.gates.flatMap(({ subjects }) => subjects.map((one) => one.verdict))).toEqual([
      ...['passed', 'only luck'],
    ])
    expect(verdicts(summary.gates)).toEqual(['passed', 'undecided'])
  })

  test('a run that is not finished is undecided, however clear it looks', () => {
    const summary = run(
      { hallucination: 100 },
      100,
      ['robustness >= 0.5', 'tokens <= 1e9'.replace('1e9', '1000000000')],
      {
        faults: ['hallucination', 'message-storm'],
      },
    )
    expect(verdicts(summary.gates)).toEqual(['undecided', 'undecided'])
    expect(summary.gates[0]?.subjects[0]?.because).toBe('unfinished')
  })
})

describe('a question that was clear early', () => {
  const looks = [
    { n: 5, failAt: 1, passAt: 5 },
    { n: 10, failAt: 8, passAt: 9 },
  ]
  const early = (more: readonly TrialLine[] = []) =>
    summarise({
      run: {
        ...runWith(['hallucination'], 20),
        gates: ['robustness >= 0.9 fail 0.8'],
        stopping: [{ rule: 'robustness >= 0.9 fail 0.8', looks }],
      },
      lines: [...tasksInOrder.slice(0, 5).flatMap(asked), ...more],
      faults,
      injectorOf: () => 'response',
    })
  const tasksInOrder = stopOrder({
    systems: ['pipeline'],
    scenarios: [{ id: 'table-qa', tasks: tasksOf(20), tasksHash: 'h' }],
    faults: ['hallucination'],
    seeds: [1],
  }).map(({ task }) => task)
  const asked = (task: string) => [line({ task }), placebo({ task }), faulted('held', { task })]

  test('has its answer, and the run is complete without the others', () => {
    const { verdict, totals, stopping, gates, cells } = early()
    expect(verdict).toBe('passed')
    expect(gates[0]?.subjects[0]?.early).toEqual({ after: 5, longest: 10 })
    expect(totals.planned).toBe(totals.trials)
    expect(stopping).toEqual({ saved: 45, decided: 1, givenUp: 0, of: 1 })
    expect(cells[0]?.decidedEarly).toBe(true)
  })

  test('has none when too many of its trials were lost', () => {
    const gone = tasksInOrder
      .slice(5, 10)
      .flatMap((task) => [...[line({ task }), placebo({ task }), dormant('not-reached', { task })]])
    const { verdict, gates } = early(gone)
    expect(verdict).toBe('undecided')
    expect(gates[0]?.subjects[0]).toMatchObject({ because: 'not measured', early: null })
  })
})

describe('regression', () => {
  const fileOf = (held: number, n: number): BaselineFile => {
    const lines = trialsOf({ hallucination: held }, n)
    const eligible = eligibleOf(lines.filter(({ arm }) => arm === 'baseline'))
    return baselineFileOf(runWith(['hallucination'], n), lines, () => eligible)
  }

  test.each([
    [50, 50, 60, 'passed'],
    [50, 20, 60, 'failed'],
    [50, 45, 60, 'undecided'],
    [5, 5, 5, 'undecided'],
    [20, 60, 60, 'passed'],
  ])('held %i, then %i of %i: %s', (before, after, n, verdict) => {
    const summary = run({ hallucination: after }, n, ['regression <= 0.1'], {
      file: fileOf(before, n),
    })
    expect(summary.verdict).toBe(verdict)
    if (n >= 6) {
      expect(summary.gates[0]?.subjects[0]?.actual.mean).toBeCloseTo((before - after) / n, 10)
    }
  })

  test('knows a task that is called like something that every object has', () => {
    const tasks = ['constructor', 'toString', 'hasOwnProperty', 't1', 't2', 't3', 't4']
    const lines = tasks.flatMap((task) => [
      line({ task }),
      placebo({ task }),
      faulted('held', { task }),
    ])
    const file = fileOf(7, 7)
    const summary = summarise({
      run: {
        ...runOf({ scenarios: [{ id: 'table-qa', tasks, tasksHash: 'other' }] }),
        gates: ['regression <= 0.1'],
      },
      lines,
      faults,
      injectorOf: () => 'response',
      baselineFile: file,
    })
    // Only four of them are in the file.
    expect(summary.gates[0]?.subjects[0]).toMatchObject({
      because: 'too few tasks',
      actual: { n: 4 },
    })
  })

  test('without a baseline file there is nothing to compare with', () => {
    expect(only(run({ hallucination: 10 }, 10, ['regression <= 0.1'])).subject.because).toBe(
      'no baseline file',
    )
  })
})
