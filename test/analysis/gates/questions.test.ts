import { expect, test } from 'vitest'
import { resultOf } from '../../../analysis/gates/questions.js'
import { dormant, faulted, injection } from '../lines.js'

const notRun = (reason: 'ineligible' | 'baseline-void') =>
  faulted('held', { verdict: null, injections: [], outcome: { kind: 'not-run', reason } })

test.each([
  ['held', faulted('held')],
  ['broke', faulted('broke')],
  ['left out', dormant('no-effect')],
  ['left out', dormant('no-site')],
  ['left out', faulted('broke', { injections: [injection({ recoverable: false })] })],
  ['left out', notRun('ineligible')],
  ['lost', dormant('not-reached')],
  ['lost', dormant('not-written')],
  ['lost', faulted('held', { verdict: 'void' })],
  // A server that is down while baselines are executed says nothing about the fault.
  ['lost', notRun('baseline-void')],
])('%s', (result, line) => {
  expect(resultOf(line)).toBe(result)
})
