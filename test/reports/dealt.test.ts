import { expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import type { Cell, Summary, SystemSummary } from '../../core/schemas/summary.js'
import { markdown } from '../../reports/markdown.js'
import { terminal } from '../../reports/terminal.js'
import { cell, estimate, faults, noTiers, seen, summaryOf, system, tier } from './summary.js'

const context = { width: 80, colour: false, faults, folder: null }
const render = (summary: Summary, width = 80) => terminal.render(summary, { ...context, width })

const watched = (changes: Partial<Cell> = {}, whole: Partial<SystemSummary> = {}): Summary =>
  summaryOf({
    cells: [
      cell('hallucination', 15, {
        detection: scoreOf(9, 20),
        behaviours: [seen('detects-and-seeks-truth', 9), seen('accepts-misinformation', 11)],
        ...changes,
      }),
    ],
    systems: [
      system({
        tiers: { ...noTiers, mechanism: tier([9, 20], 9, 8) },
        detection: scoreOf(9, 20),
        ...whole,
      }),
    ],
  })

test('a tier says how often it acted, what it put right, and how it ended', () => {
  const lines = render(watched()).split('\n')
  const at = lines.indexOf(' How pipeline dealt with the faults')
  expect(lines.slice(at, at + 6)).toEqual([
    ' How pipeline dealt with the faults',
    '            acted                 recovered there  right in the end  verified',
    ' mechanism   9/20   45% [26, 66]  100% [70, 100]    89% [57, 98]            -',
    ' rule              never acted                                              -',
    ' prompt            never acted                                              -',
    ' reasoning         never acted                                              -',
  ])
})

test('what a tier was verified by is said of the trials that were repeated', () => {
  const verified = {
    ...{ tried: 12, redundant: 0, unexplained: 8, untestable: 0, defences: { 'ask-channel': 4 } },
    tiers: { mechanism: 4, rule: 0 },
  }
  const text = render(watched({}, { verified }))
  expect(text).toMatch(/^ mechanism .* 4\/12$/m)
  expect(text).toMatch(/^ rule .* 0\/12$/m)
  expect(text).toMatch(/^ prompt .* -$/m)
  expect(text).not.toMatch(/--verify-tiers|firedrill verify/)
})

test('what was not verified is said, with how to', () => {
  const text = render(watched())
  expect(text).toContain('not tried yet: --verify-tiers')
  expect(text).toContain('firedrill verify r-20261122-a41f')
  const reasoning = { ...noTiers, reasoning: tier([9, 20], 9, 8) }
  // What a model works out by itself cannot be taken out.
  expect(render(watched({}, { tiers: reasoning }))).not.toContain('firedrill verify')
})

test('what is undetermined comes with how to decide it, until a judge was asked', () => {
  const unknown = { behaviours: [seen('ignores', 12), seen(null, 8, 5)], undetermined: 5 }
  const summary = watched(unknown, { undetermined: 5 })
  const text = render(summary)
  expect(text).toMatch(/^ +5\/20 {2}undetermined$/m)
  expect(text).toContain('12 ignores, 5 undetermined, 3 unclassified')
  expect(text).toContain('firedrill detect r-20261122-a41f --judge-model <model>')
  const judge = { id: 'gpt', asked: 9, decided: 4, undetermined: 5, tokens: 9, costUsd: 0 }
  expect(render({ ...summary, run: { ...summary.run, judge } })).not.toContain('--judge-model')
  expect(render(watched())).not.toMatch(/undetermined|--judge-model/)
})

test('where no behaviour is known nobody says that a tier never acted', () => {
  const unknown = { behaviours: [seen(null, 20, 20)], undetermined: 20 }
  const text = render(watched(unknown, { tiers: noTiers, undetermined: 20 }))
  expect(text).toMatch(/^ rule +not known/m)
  expect(text).not.toContain('never acted')
})

test('at most two behaviours are named, the most frequent first', () => {
  const behaviours = [seen('a', 1), seen('b', 8), seen('c', 3), seen('d', 2), seen(null, 6)]
  expect(render(watched({ behaviours }))).toContain('8 b, 3 c, 6 unclassified, and 2 more kinds')
  expect(render(watched({ behaviours: behaviours.slice(0, 3) }))).toContain(
    '8 b, 3 c, and 1 more kind\n',
  )
})

test('how far a fault came is in words where its columns have no room', () => {
  const spread = {
    ...{ agents: estimate(1.24, -0.2, 1.6), containment: estimate(8, 5, 11) },
    ...{ contained: 14, n: 20 },
  }
  expect(render(watched({ spread }), 100)).toMatch(
    /^ ● H +9\/20 {3}45% \[26, 66\] +14\/20 {2}1\.2 \[0, 1\.6\] +11 accepts-misinformation/m,
  )
  const narrow = render(watched({ spread }), 72)
  expect(narrow).toMatch(/^ contained +14\/20 H$/m)
  expect(narrow).toMatch(/^ passed on by +1\.2 \[0, 1\.6\] H$/m)
})

test('a run in which nobody looked for behaviours says nothing of them', () => {
  for (const text of [render(summaryOf()), markdown.render(summaryOf(), context)]) {
    expect(text).not.toMatch(/dealt with|acted|noticed/)
  }
})

test('of a cell that is not measured nothing is said', () => {
  const text = render(watched({ measured: false, coverage: 0.5 }))
  expect(text).not.toMatch(/dealt with|45%/)
})

test('cells of several scenarios stand apart', () => {
  const summary = watched()
  const text = render({
    ...summary,
    cells: summary.cells.flatMap((one) => [one, { ...one, scenario: 'code' }]),
  })
  expect(text.match(/^ on (table-qa|code)$/gm)).toHaveLength(2)
  expect(text.match(/^ How pipeline dealt/gm)).toHaveLength(1)
})
