import { expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import type { Compared, ComparedFault, Comparison } from '../../core/schemas/comparison.js'
import { renderComparison } from '../../reports/text/comparison.js'
import { visible } from '../../reports/text/escape.js'
import { estimate, faults } from './summary.js'

const side = (system: string, run = 'r-1') => ({
  ...{ run, system, without: [], models: [{ id: 'sim-strong', kind: 'simulated', hash: 'h' }] },
})

const fault = (name: string, changes: Partial<ComparedFault> = {}): ComparedFault => ({
  ...{ fault: name, tasks: 10, a: scoreOf(10, 20), b: scoreOf(15, 20), p: 0.01, q: 0.04 },
  ...{ difference: estimate(0.25, 0.1, 0.4), onlyA: 1, onlyB: 6, look: true, ...changes },
})

const cost = { calls: 3, tokens: 800, supersteps: 4, callsPerHeld: 4.5, tokensPerHeld: null }

const compared = (changes: Partial<Compared> = {}): Compared => ({
  ...{ a: side('pipeline'), b: side('critic-loop'), removed: [], restored: [], tasks: 10 },
  ...{ scenarios: ['table-qa'], seeds: [1, 2], trials: 40, notCompared: [], better: 'b' },
  faults: [
    fault('hallucination'),
    fault('message-storm', { difference: estimate(-0.02, -0.08, 0.11), q: 0.6, look: false }),
  ],
  robustness: {
    a: scoreOf(20, 40),
    b: scoreOf(30, 40),
    difference: estimate(0.25, 0.1, 0.4),
    p: 0.01,
  },
  score: {
    ...{ a: estimate(0.66, 0.6, 0.7), b: estimate(0.86, 0.8, 0.9), faults: 2 },
    ...{ difference: estimate(0.2, 0.16, 0.24), p: 0.0001, adjusted: 0.0001 },
  },
  cost: { a: cost, b: { ...cost, calls: 3.4 }, change: { ...cost, calls: 0.1333 } },
  ...{ onlyA: [], onlyB: [], ...changes },
})

const comparison = (...comparisons: readonly Compared[]): Comparison => ({
  ...{ schema: 1, tool: { name: 'firedrill', version: '0.1.0' }, evidence: 'simulated' },
  ...{ by: 'system', notices: [], comparisons: [...comparisons] },
})

const shown = (of: Comparison, width = 100) =>
  renderComparison(of, { width, colour: false, faults })
const flat = (text: string) => text.replace(/\s+/g, ' ')

test('both sides, the direction, the interval and the evidence are named', () => {
  const text = shown(comparison(compared()))
  expect(flat(text)).toContain(
    'critic-loop scores higher than pipeline: critic-loop minus pipeline is +20 [+16, +24] points',
  )
  expect(text).toContain('A pipeline → B critic-loop  SIMULATED')
  expect(text).toContain('B - A, points')
  expect(text).toMatch(
    /\* H +hallucination +20 +50% \[30, 70\] +75% \[53, 89\] +\+25 \[\+10, \+40\] +1 \/ 6/,
  )
  expect(flat(text)).toContain(
    'A difference was found in score and 1 fault. In the other 1 B - A may be anything from -8 to +11 points.',
  )
  expect(text).toContain('calls 3.0 → 3.4 (+13%)')
})

test('no difference found is never called none: what it may be is said', () => {
  const same = compared({
    better: null,
    faults: [fault('hallucination', { difference: estimate(0, -0.3, 0.3), look: false })],
    score: { ...compared().score, difference: estimate(0.01, -0.08, 0.1), p: 0.4, adjusted: 0.8 },
  })
  const text = flat(shown(comparison(same, same)))
  expect(text).toContain(
    'No difference in score was found: critic-loop minus pipeline is +1 [-8, +10] points, p .80 corrected for 2 comparisons.',
  )
  expect(text).toContain(
    'No difference was found. Score may still differ by anything from -8 to +10',
  )
  expect(text).toContain('In 1 fault B - A may be anything from -30 to +30 points.')
  expect(text).not.toMatch(/the same\b|significant|scores higher/)
})

test('too few tasks in common give a difference without a verdict', () => {
  const few = estimate(0.2, null, null, 5)
  const text = flat(
    shown(
      comparison(
        compared({
          ...{
            better: null,
            tasks: 5,
            faults: [fault('hallucination', { difference: few, p: null, q: null, look: false })],
          },
          score: { ...compared().score, difference: few, p: null, adjusted: null },
        }),
      ),
    ),
  )
  expect(text).toContain('NO VERDICT critic-loop minus pipeline: +20 points in score; only 5 tasks')
  expect(text).toContain('+20 too few')
})

test('two runs of one system are told apart by their runs', () => {
  const text = flat(
    shown(
      comparison(
        compared({ a: side('pipeline'), b: side('pipeline', 'r-2'), removed: ['dedupe'] }),
      ),
    ),
  )
  expect(text).toContain('A pipeline of r-1 → B pipeline of r-2')
  expect(text).toContain('pipeline of r-2 minus pipeline of r-1 is +20')
  expect(text).toContain('B lacks dedupe: B - A is the effect of removing dedupe.')
  expect(text).toContain('firedrill compare r-1 r-2 --json')
})

test('what is left out is said: cells without a score, tasks of one side', () => {
  const tasks = Array.from({ length: 11 }, (_, at) => ({ scenario: 'table-qa', task: `t${at}` }))
  const notCompared = [
    { scenario: 'table-qa', fault: 'memory-loss', because: 'only a' as const },
    { scenario: 'table-qa', fault: 'blind-trust', because: 'neither' as const },
  ]
  const text = flat(shown(comparison(compared({ onlyB: tasks, notCompared }))))
  expect(text).toContain('ML: only A has a score; BT: neither has a score.')
  expect(text).toContain('Only B has trials that count of t0, t1, t2, t3, t4, t5, t6, t7, 3 more.')
})

test('nothing in common is said and draws no table', () => {
  const none = estimate(0, null, null, 0)
  const empty = compared({
    ...{ better: null, tasks: 0, trials: 0, faults: [] },
    score: {
      ...{ a: none, b: none, difference: { ...none, mean: null } },
      ...{ faults: 0, p: null, adjusted: null },
    },
  })
  const text = shown(comparison(empty))
  expect(text).toContain('nothing was compared')
  expect(text).not.toContain('only A / B')
})

const hostile = '\u001b[2Jpipe|line\n# `x` \u202e漢字'

test.each([60, 80, 100, 120])('hostile and long names stay harmless and in %i columns', (width) => {
  const long = `pipeline~${'defence-'.repeat(12)}`
  const text = shown(
    {
      ...comparison(
        compared({
          ...{ a: side(hostile), b: side(long), removed: [hostile] },
          faults: [fault(hostile), fault('message-broadcast-amplification')],
          onlyA: [{ scenario: hostile, task: hostile }],
        }),
      ),
      notices: [`Only r-1 has ${hostile}.`],
    },
    width,
  )
  for (const line of text.split('\n')) expect(visible(line)).toBe(line)
  const widths = text.split('\n').map((line) => line.replace(/[\u4e00-\u9fff]/g, '..').length)
  expect(Math.max(...widths)).toBeLessThanOrEqual(width)
  expect(text).toMatch(/ {2}A .* {2}B pipel/)
})
