import { expect, test } from 'vitest'
import type { Sweep } from '../../core/schemas/summary.js'
import { markdown } from '../../reports/markdown.js'
import { terminal } from '../../reports/terminal.js'
import { example, faults } from './summary.js'

const [first] = example.cells
if (!first) throw new Error('The example has cells.')
const { system: a, scenario, fault, n, held } = first
const cell = {
  ...{ system: a, scenario, fault, n },
  tag: 'wiring',
  tempers: 60,
  most: held,
} as const
const between = { a, b: 'other', scenario, fault }

const sweep: Sweep = {
  tempers: 60,
  cells: [cell, { ...cell, fault: 'memory-loss', tag: 'assumption' }],
  contrasts: [
    {
      ...{ ...between, scenario: null, fault: null, tag: 'assumption' },
      ...{ aHigher: 33, bHigher: 20, even: 7, higher: null },
    },
    { ...between, tag: 'stable', aHigher: 58, bHigher: 1, even: 1, higher: a },
  ],
}

const context = { width: 100, colour: false, faults, folder: null }
const swept = { ...example, sweep }
const flat = (text: string) => text.replace(/\s+/g, ' ')

test.each([terminal, markdown])(
  '$id tells an order only where nearly all tempers share it',
  (report) => {
    const text = flat(report.render(swept, context))
    expect(text).toContain('33, other in 20 of 60 tempers, even in 7')
    expect(text).toContain('depends on assumptions about the model')
    expect(text).toContain(
      'Orders of two systems under one fault that nearly all tempers share: 1 of 1',
    )
    expect(text).toMatch(/above other \(58\/60\)/)
    expect(text).not.toMatch(/scores higher than|not swept/)
  },
)

test.each([terminal, markdown])(
  '$id names the cells that the graph decides, and no others',
  (report) => {
    const text = flat(report.render(swept, context))
    const wiring = text.slice(text.indexOf('Wiring'), text.indexOf('Stable'))
    expect(wiring).toContain('1 of 2')
    expect(wiring).toContain(`${held}/${n} held`)
    expect(wiring).not.toMatch(/\bML\b/)
  },
)

test.each([terminal, markdown])('$id says nothing of tempers where there was one', (report) => {
  expect(report.render(example, context)).not.toMatch(/temper|Wiring/)
})
