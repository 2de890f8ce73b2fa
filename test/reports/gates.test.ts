import { expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import type { GateResult } from '../../core/schemas/summary.js'
import { gateText } from '../../reports/text/gate-text.js'
import { faults, gate, summaryOf } from './summary.js'

const context = { width: 200, colour: false, faults, folder: null }

/** A gate about some systems, each with its verdict. */
function asked(
  rule: string,
  verdict: GateResult['verdict'],
  systems: Readonly<Record<string, GateResult['subjects'][number]['verdict']>>,
): string {
  const one = gate(rule, scoreOf(80, 100), verdict)
  const subjects = Object.entries(systems).flatMap(([system, own]) =>
    one.subjects.map((subject) =>
      own === 'no site' || own === 'only luck'
        ? { ...subject, system, verdict: own, actual: { ...scoreOf(0, 0) } }
        : { ...subject, system, verdict: own },
    ),
  )
  return gateText(summaryOf({ gates: [{ ...one, subjects }], verdict }), context)
}

test('systems without a site did not pass, and are named', () => {
  const text = asked('robustness >= 0.5', 'passed', {
    ...{ a: 'passed', b: 'passed', c: 'passed', d: 'no site', e: 'no site' },
  })
  expect(text).toContain('a 80% [71, 87], n 100')
  expect(text).toContain('and 2 more that passed with more to spare.')
  expect(text).toContain('No covered fault has a site in d, e: nothing was asked there.')
})

test('a gate of which nothing could be asked says so in one line', () => {
  const text = asked('robustness >= 0.5', 'undecided', { solo: 'no site' })
  expect(text).toContain(
    ' UNDECIDED  robustness >= 0.5: No covered fault has a site in solo: nothing was asked there.\n',
  )
})

test('what only luck can save is not said to have no site', () => {
  expect(asked('robustness(ILC) >= 0.5', 'undecided', { a: 'only luck', b: 'no site' })).toContain(
    'No covered fault has a site in b: nothing was asked there.\n            Only luck can reach a right answer in a: no trial there counts.\n',
  )
})

test('a tier that nothing triggered is not called unmeasured', () => {
  const nothing = scoreOf(0, 0)
  const text = (rule: string) =>
    gateText(
      summaryOf({ gates: [gate(rule, nothing, 'undecided', { because: 'no trials' })] }),
      context,
    )
  expect(text('tier.rule >= 0.8')).toContain(
    'tier.rule >= 0.8: pipeline nothing triggered the tier\n',
  )
  expect(text('detection >= 0.8')).toContain('pipeline nothing was measured. No trial counts.')
})
