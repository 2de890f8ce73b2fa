import { expect, test } from 'vitest'
import { reachOf } from '../../../analysis/gates/reach.js'
import { gatesFor } from '../../../analysis/gates/select.js'
import { wilson } from '../../../analysis/interval.js'
import { faults } from '../lines.js'

const planned = {
  systems: ['pipeline'],
  scenarios: ['table-qa'],
  faults: ['hallucination', 'message-storm'],
  seeds: 3,
  facts: faults,
}

function reach(text: string) {
  const [gate] = gatesFor([text], planned)
  if (!gate) throw new Error('a gate was given')
  return reachOf(gate, 10, 3)
}

test('says from how many trials on a gate can pass at all', () => {
  const { fewest, planned: trials } = reach('robustness >= 0.9')
  expect(trials).toBe(60)
  expect(fewest).toBe(35)
  expect(wilson(35, 35).low).toBeGreaterThanOrEqual(0.9)
  expect(wilson(34, 34).low).toBeLessThan(0.9)
  expect(reach('robustness(H) >= 0.9').planned).toBe(30)
  expect(reach('baseline <= 0.1').fewest).toBe(35)
})

test('says how long a zone takes at most when it is asked in looks', () => {
  expect(reach('robustness >= 0.9 fail 0.8')).toMatchObject({ fewest: 14, longest: 176 })
})

test('is silent about what trials do not count', () => {
  expect(reach('score >= 0.9')).toMatchObject({ fewest: null, longest: null })
})
