import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare } from '../../analysis/compare.js'
import { draw } from '../../core/draw.js'
import { comparisonSchema } from '../../core/schemas/comparison.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { faulted, faults, line, placebo, plannedOf, runOf, systemOf } from './lines.js'
import { baselines, faultedBy, placebos, twoFaults, unlike } from './runs.js'

const tool = { name: 'firedrill', version: '0.1.0' } as const
const injectorOf = () => 'response' as const

type Given = Readonly<{ plan?: Partial<RunFile['plan']>; id?: string; lines: readonly TrialLine[] }>
const runWith = ({ plan = {}, id = 'r-1', lines }: Given) => ({
  ...{ run: { ...runOf(plan), id }, lines, injectorOf },
})
type Run = ReturnType<typeof runWith>

const between = (first: Run, second: Run | null, by: 'system' | 'defence' = 'system') =>
  compare({ tool, first, second, by, faults, only: null })

const of = (system: string, lines: readonly TrialLine[]) =>
  lines.map((one) => ({ ...one, system, key: `${system} ${one.key}`, id: `${system} ${one.id}` }))

const worse = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2]
const better = [3, 4, 2, 2, 1, 5, 3, 2, 4, 3]
const everything = (held: readonly number[]) => [...baselines, ...placebos, ...faultedBy(held)]
const systems = (...ids: readonly string[]) => ({ systems: ids.map(systemOf) })
const cut = (id: string, ...without: readonly string[]) => ({
  ...systemOf(id),
  without: [...without],
})

const only = (comparison: ReturnType<typeof between>) => {
  const [one] = comparison.comparisons
  if (!one || comparison.comparisons.length > 1) throw new Error('one comparison was expected')
  return one
}

test('two systems of a run are compared by task as in the reference', () => {
  const lines = [...of('a', everything(worse)), ...of('b', everything(better))]
  const found = between(runWith({ plan: systems('a', 'b'), lines }), null)
  expect(comparisonSchema.parse(found)).toEqual(found)
  const one = only(found)
  expect(one).toMatchObject({ tasks: 10, trials: 50, seeds: [1, 2, 3, 4, 5], better: 'b' })
  const [fault] = one.faults
  expect(fault?.a).toMatchObject({ mean: 0.4, n: 50 })
  expect(fault?.b).toMatchObject({ mean: expect.closeTo(0.58, 12), n: 50 })
  expect(fault).toMatchObject({ onlyA: 1, onlyB: 10, tasks: 10 })
  for (const { difference, p } of [fault, one.robustness, one.score].flatMap((x) => x ?? [])) {
    expect(difference.mean).toBeCloseTo(0.18, 12)
    expect(difference.low).toBeCloseTo(0.008712, 6)
    expect(difference.high).toBeCloseTo(0.351288, 6)
    expect(p).toBeCloseTo(0.041416, 6)
  }
  expect(fault?.q).toBeCloseTo(0.041416, 6)
  expect(fault?.look).toBe(true)
})

test('the score difference is the one that the summary of the run has', async () => {
  const { summaryOf } = await import('./runs.js')
  const storm = faultedBy(unlike, { fault: 'message-storm' })
  const lines = [
    ...of('a', [...everything(worse), ...storm]),
    ...of('b', [...everything(better), ...storm.slice(0, 40)]),
  ]
  const plan = { ...twoFaults, ...systems('a', 'b') }
  const [pair] = summaryOf(lines, plan).pairs
  const { score, better: winner } = only(between(runWith({ plan, lines }), null))
  expect(score.difference).toEqual(pair?.difference)
  expect([score.p, score.adjusted, winner && 'b']).toEqual([pair?.p, pair?.adjusted, pair?.better])
})

test('only trials of the same task and seed count, and tasks of one side are listed', () => {
  const b = everything(better).filter(({ task, seed }) => task !== 't1' && seed <= 3)
  const lines = [...of('a', everything(worse)), ...of('b', b)]
  const one = only(between(runWith({ plan: systems('a', 'b'), lines }), null))
  expect(one).toMatchObject({ tasks: 9, trials: 27, seeds: [1, 2, 3] })
  expect(one.onlyA).toEqual([{ scenario: 'table-qa', task: 't1' }])
  expect(one.onlyB).toEqual([])
})

test('costs are means of the compared trials, and per trial that held', () => {
  const dear = everything(better).map((one) => ({ ...one, calls: 6, tokens: 250, supersteps: 3 }))
  const lines = [...of('a', everything(worse)), ...of('b', dear)]
  const { cost } = only(between(runWith({ plan: systems('a', 'b'), lines }), null))
  expect(cost.a).toEqual({
    ...{ calls: 3, tokens: 100, supersteps: 3, callsPerHeld: 7.5, tokensPerHeld: 250 },
  })
  expect(cost.b).toMatchObject({ calls: 6, tokens: 250, callsPerHeld: 300 / 29 })
  expect(cost.change).toMatchObject({ calls: 1, tokens: 1.5, supersteps: 0 })
})

test('a side where none held has no cost per trial that held', () => {
  const lines = [...of('a', everything(worse.map(() => 0))), ...of('b', everything(better))]
  const { cost } = only(between(runWith({ plan: systems('a', 'b'), lines }), null))
  expect([cost.a.callsPerHeld, cost.change.callsPerHeld]).toEqual([null, null])
})

test('fewer than six tasks in common: differences, no verdict', () => {
  const few = (lines: readonly TrialLine[]) => lines.filter(({ task }) => /^t[1-5]$/.test(task))
  const lines = [
    ...of('a', few(everything(worse.map(() => 0)))),
    ...of('b', few(everything(worse.map(() => 5)))),
  ]
  const one = only(between(runWith({ plan: systems('a', 'b'), lines }), null))
  expect(one.better).toBeNull()
  expect(one.score.difference).toEqual({ mean: 1, low: null, high: null, n: 5 })
  expect(one.faults[0]).toMatchObject({ p: null, q: null, look: false })
})

test('cells without a score on a side are not compared, with the reason', () => {
  const storm = faultedBy(better, { fault: 'message-storm' })
  const lines = [...of('a', [...everything(worse), ...storm]), ...of('b', everything(better))]
  const one = only(between(runWith({ plan: { ...twoFaults, ...systems('a', 'b') }, lines }), null))
  expect(one.faults.map(({ fault }) => fault)).toEqual(['hallucination'])
  expect(one.notCompared).toEqual([
    { scenario: 'table-qa', fault: 'message-storm', because: 'only a' },
  ])
})

describe('which systems are compared', () => {
  const names = ({ comparisons }: ReturnType<typeof between>) =>
    comparisons.map(({ a, b }) => `${a.system} ${b.system}`)
  const run = (plan: Partial<RunFile['plan']>, id = 'r-1') => runWith({ plan, id, lines: [] })

  test('of a run all, or each with what it is without a defence', () => {
    const three = run({ systems: [systemOf('a'), cut('a~x', 'x'), cut('a~y', 'y')] })
    expect(names(between(three, null))).toEqual(['a a~x', 'a a~y', 'a~x a~y'])
    const byDefence = between(three, null, 'defence')
    expect(names(byDefence)).toEqual(['a a~x', 'a a~y'])
    expect(byDefence.comparisons.map(({ removed }) => removed)).toEqual([['x'], ['y']])
  })

  test('of two runs those of one name, or the whole where the other has less', () => {
    const whole = run(systems('a', 'b'))
    const less = run({ systems: [cut('a~x', 'x'), systemOf('b')] }, 'r-2')
    expect(names(between(whole, less))).toEqual(['a a~x', 'b b'])
    expect(names(between(less, whole))).toEqual(['a~x a', 'b b'])
    expect(between(less, whole).comparisons[0]).toMatchObject({ removed: [], restored: ['x'] })
    expect(names(between(whole, less, 'defence'))).toEqual(['a a~x'])
  })

  test('of two runs the same name goes before the whole', () => {
    const both = run({ systems: [systemOf('a'), cut('a~x', 'x')] }, 'r-2')
    expect(names(between(both, both))).toEqual(['a a', 'a~x a~x'])
    expect(names(between(run(systems('a')), both))).toEqual(['a a', 'a a~x'])
  })

  test('systems without a counterpart are named', () => {
    const { notices } = between(run(systems('a', 'b')), run(systems('b', 'c'), 'r-2'))
    expect(notices).toEqual(['Only r-1 has a.', 'Only r-2 has c.'])
  })
})

describe('what is refused', () => {
  const plain = runWith({ lines: [] })
  const other = (plan: Partial<RunFile['plan']>) => runWith({ plan, id: 'r-2', lines: [] })
  const model = (kind: 'provider' | 'own') => ({ model: { id: 'm', kind, hash: 'h' } })
  const refused: readonly (readonly [string, Run, Run | null, RegExp])[] = [
    ['simulated beside measured', plain, other(model('provider')), /simulated model.*provider/],
    ['measured beside simulated', other(model('own')), plain, /their own.*simulated/],
    ['own models beside a provider', other(model('own')), other(model('provider')), /their own/],
    [
      'other work under the same name',
      plain,
      other({ scenarios: [{ id: 'table-qa', tasks: ['t1'], tasksHash: 'other' }] }),
      /tasks of table-qa are not the same/,
    ],
    [
      'another scenario',
      plain,
      other({ scenarios: [{ id: 'code', tasks: ['t1'], tasksHash: 'h' }] }),
      /no scenario in common.*table-qa.*code/,
    ],
    ['other faults', plain, other({ faults: [plannedOf('message-storm')] }), /no fault in common/],
    ['other seeds', plain, other({ seeds: [2] }), /no seed in common/],
    ['other systems', plain, other(systems('solo')), /no system in common.*pipeline.*solo/],
    ['one system alone', plain, null, /one system, pipeline/],
  ]
  test.each(refused)('%s', (_, first, second, words) => {
    const attempt = () => between(first, second)
    expect(attempt).toThrow(words)
    expect(attempt).toThrow(expect.objectContaining({ code: 'not-comparable' }))
  })

  test('no defence taken out, when this is what is asked for', () => {
    expect(() => between(runWith({ plan: systems('a', 'b'), lines: [] }), null, 'defence')).toThrow(
      /No system of run r-1 has a defence taken out/,
    )
  })
})

test('another limit of the calls of a trial is said, and the same one is not', () => {
  const limited = (id: string, trialCalls?: string) =>
    runWith({ id, plan: trialCalls === undefined ? {} : { trialCalls }, lines: [] })
  const noticed = (a?: string, b?: string) => between(limited('r-1', a), limited('r-2', b)).notices
  expect(noticed('2x', '12')).toEqual([
    'Limits of a trial differ: at most 2 x the calls of the baseline in r-1, at most 12 calls a trial in r-2.',
  ])
  expect(noticed(undefined, '2x')).toEqual([
    'Limits of a trial differ: as many calls as usual in r-1, at most 2 x the calls of the baseline in r-2.',
  ])
  expect(noticed('2x', '2x')).toEqual([])
})

test('what else differs between two runs is said', () => {
  const storm = { ...plannedOf('hallucination'), parameters: { copies: 3 } }
  const second = runWith({
    id: 'r-2',
    plan: {
      ...{
        faults: [storm],
        site: 'first',
        systems: [{ ...systemOf('pipeline'), codeHash: 'new' }],
      },
      model: { id: 'sim-strong', kind: 'simulated', hash: 'new' },
    },
    lines: [],
  })
  expect(between(runWith({ lines: [] }), second).notices).toEqual([
    'sim-strong is not the same in both runs: its profile or settings have changed.',
    'Sites differ: any and first.',
    'Faults that are set otherwise: hallucination.',
    'Systems whose code has changed: pipeline.',
  ])
})

/** Lines of a system whose tasks differ in how hard they are; `salt` is all that makes one time unlike another. */
function drawn(salt: string, experiment: number, tasks: number): readonly TrialLine[] {
  const at = Array.from({ length: tasks * 3 }, (_, k) => ({
    task: `t${k % tasks}`,
    seed: 1 + (k % 3),
  }))
  const ids = ['hallucination', 'message-storm', 'message-cycle']
  return [
    ...at.flatMap((one) => [line(one), placebo(one)]),
    ...ids.flatMap((fault) =>
      at.map(({ task, seed }) => {
        const chance = 0.3 + 0.6 * draw('how hard', experiment, fault, task)
        const holds = draw(salt, experiment, fault, task, seed) < chance
        return faulted(holds ? 'held' : 'broke', { task, seed, fault })
      }),
    ),
  ]
}
const threeFaults = { faults: faults.map(({ id }) => plannedOf(id)) }
const drawnRun = (salt: string, experiment: number, tasks = 10) =>
  runWith({ id: salt, plan: threeFaults, lines: drawn(salt, experiment, tasks) })

describe('a comparison', () => {
  const numbers = fc.integer({ min: 0, max: 10_000 })

  test('with itself finds nothing, and its differences are 0', () => {
    fc.assert(
      fc.property(numbers, (experiment) => {
        const run = drawnRun('once', experiment)
        const one = only(between(run, run))
        expect([one.better, one.score.difference.mean, one.robustness.difference.mean]).toEqual([
          ...[null, 0, 0],
        ])
        expect(one.faults.every(({ difference, look }) => difference.mean === 0 && !look)).toBe(
          true,
        )
        expect(one.score.difference.low).toBeLessThan(0)
      }),
      { numRuns: 20 },
    )
  })

  test('does not depend on the order or the repetition of lines', () => {
    const [a, b] = [drawnRun('one', 1), drawnRun('two', 1)]
    const expected = between(a, b)
    const shuffled = fc.shuffledSubarray([...b.lines], { minLength: b.lines.length })
    fc.assert(
      fc.property(shuffled, fc.subarray([...b.lines]), (lines, again) => {
        expect(between(a, { ...b, lines: [...lines, ...again] })).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })

  test('is mirrored when its sides are swapped', () => {
    fc.assert(
      fc.property(numbers, (experiment) => {
        const [a, b] = [drawnRun('one', experiment), drawnRun('two', experiment)]
        const [there, back] = [only(between(a, b)), only(between(b, a))]
        expect(back.score.difference.mean).toBeCloseTo(-(there.score.difference.mean ?? 9), 12)
        expect(back.score.difference.low).toBeCloseTo(-(there.score.difference.high ?? 9), 12)
        expect(back.score.p).toBeCloseTo(there.score.p ?? 9, 12)
        expect(back.better).toBe(there.better && { a: 'b', b: 'a' }[there.better])
        expect(back.faults.map(({ onlyA, a: rate }) => [onlyA, rate])).toEqual(
          there.faults.map(({ onlyB, b: rate }) => [onlyB, rate]),
        )
      }),
      { numRuns: 20 },
    )
  })

  test.each([8, 20])(
    'of a system with itself at another time rarely finds anything (%i tasks)',
    (tasks) => {
      const experiments = 200
      const found = Array.from({ length: experiments }, (_, experiment) =>
        only(between(drawnRun('one', experiment, tasks), drawnRun('two', experiment, tasks))),
      )
      const share = (of: readonly unknown[]) => of.length / experiments
      const mostAt = (level: number) => level + 2 * Math.sqrt((level * (1 - level)) / experiments)
      expect(share(found.filter((one) => one.better))).toBeLessThan(mostAt(0.05))
      const looked = found.filter((one) => one.faults.some(({ look }) => look))
      expect(share(looked)).toBeLessThan(mostAt(0.1))
    },
  )
})
