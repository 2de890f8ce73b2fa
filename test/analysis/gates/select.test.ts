import { describe, expect, test } from 'vitest'
import { gatesFor, type Planned } from '../../../analysis/gates/select.js'
import { faults } from '../lines.js'

const planned: Planned = {
  systems: ['pipeline', 'critic-loop'],
  scenarios: ['table-qa', 'booking'],
  faults: ['hallucination', 'message-storm', 'message-cycle', 'hallucination+message-storm'],
  seeds: 1,
  facts: faults,
}

const gate = (text: string) => gatesFor([text], planned)[0]

describe('a selector', () => {
  test('that is missing takes everything', () => {
    expect(gate('robustness >= 0.8')).toMatchObject({
      systems: planned.systems,
      scenarios: planned.scenarios,
      faults: planned.faults,
    })
  })

  test.each([
    ['hallucination', planned.systems, ['hallucination']],
    ['h', planned.systems, ['hallucination']],
    ['MS,MC', planned.systems, ['message-storm', 'message-cycle']],
    ['communication', planned.systems, ['message-storm', 'message-cycle']],
    ['inter-agent,!MC', planned.systems, ['message-storm']],
    ['critic-loop,H', ['critic-loop'], ['hallucination']],
    ['!critic-loop', ['pipeline'], planned.faults],
    ['hallucination+message-storm', planned.systems, ['hallucination+message-storm']],
    ['!H', planned.systems, planned.faults.filter((name) => name !== 'hallucination')],
  ])('%s', (selector, systems, names) => {
    const found = gate(`robustness(${selector}) >= 0.8`)
    expect(found?.systems).toEqual(systems)
    expect(found?.faults).toEqual(names)
  })

  test.each([
    [
      'robustness(hallucinatoin) >= 0.8',
      'nothing that is called "hallucinatoin". Did you mean hallucination?',
    ],
    ['robustness(debate) >= 0.8', 'nothing that is called "debate"'],
    ['robustness(H,!H) >= 0.8', 'No cell of the plan is left'],
    ['baseline(H) >= 0.8', 'trials without a fault'],
    ['every-time >= 0.8', 'needs three seeds'],
  ])('%s is refused', (text, message) => {
    expect(() => gate(text)).toThrow(message)
  })
})

test('a gate that is given twice is asked once, however it is spaced', () => {
  expect(gatesFor(['robustness >= 0.8', ' robustness  >= 0.8'], planned)).toHaveLength(1)
})
