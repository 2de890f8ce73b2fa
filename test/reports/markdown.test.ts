import { expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import { markdown } from '../../reports/markdown.js'
import { cell, example, faults, gate, summaryOf, system } from './summary.js'

const render = (summary = example) =>
  markdown.render(summary, { width: 80, colour: false, faults, folder: null })

test('the title says what kind of evidence it is', () => {
  expect(render()).toMatch(/^# Firedrill report, SIMULATED\n\n\*\*FOUND\*\* 96 of 236/)
  const measured = { ...example, run: { ...example.run, evidence: 'measured' as const } }
  expect(render(measured)).toMatch(/^# Firedrill report, MEASURED\n/)
})

test('faults go down and systems across, one table for each scenario', () => {
  const cells = ['code', 'table-qa'].flatMap((scenario) =>
    ['a', 'b'].map((one) => cell('hallucination', 15, { scenario, system: one })),
  )
  const text = render(summaryOf({ cells }))
  expect(text.match(/^## .*$/gm)).toEqual([
    '## code',
    '## table-qa',
    '## Systems',
    '## Left out',
    '## Next',
  ])
  expect(text.match(/^\| fault \| a \| b \|$/gm)).toHaveLength(2)
  expect(text).toContain('| H hallucination | 15/20, 75% [53, 89]<br>like these [41, 93]<br>')
})

test('a rate of a cell that was decided early says so, and what that means', () => {
  const early = summaryOf({ cells: [cell('hallucination', 15, { decidedEarly: true })] })
  expect(render(early)).toContain('15/20, 75% [53, 89], early<br>')
  expect(render(early)).toContain('Early: a gate was clear before')
  expect(render()).not.toMatch(/early/i)
})

test('a system that lacks a fault keeps its column', () => {
  const cells = [cell('hallucination', 15), cell('message-storm', 2, { system: 'b' })]
  const rows = render(summaryOf({ cells })).match(/^\| (H|MS) .*$/gm) ?? []
  expect(rows.map((row) => row.split(' | ').length)).toEqual([3, 3])
})

test('names cannot break out of a table', () => {
  const name = 'a|b`<script>\n| c |'
  const cells = [cell('hallucination', 15, { system: name })]
  const text = render(summaryOf({ cells, systems: [system({ system: name })] }))
  expect(text).not.toContain('<script>')
  const head = text.match(/^\| fault .*$/m)?.[0]
  expect(head).toBe(
    '| fault | `a⟨U+007C⟩b⟨U+0060⟩⟨U+003C⟩script⟨U+003E⟩⟨U+000A⟩⟨U+007C⟩ c ⟨U+007C⟩` |',
  )
})

test('a gate keeps its comparison, and its names start no markup', () => {
  const gates = [
    'worst.category >= 0.5',
    'regression <= 0.1',
    'robustness(a|`b) >= 0.9 fail 0.8',
  ].map((rule) => gate(rule, scoreOf(80, 100), 'passed'))
  const text = render(summaryOf({ gates, verdict: 'passed' }))
  expect(text).toContain('worst.category >= 0.5: pipeline 80% [71, 87], n 100')
  expect(text).toContain('regression <= 0.1: ')
  expect(text).toContain('`robustness(a⟨U+007C⟩⟨U+0060⟩b)` >= 0.9 fail 0.8: ')
})

test('where the material of a scenario comes from stands once, below its heading', () => {
  const text = 'Problems: GSM8K by A. Author et al. (2021), MIT; public tasks, possibly known.'
  const cells = ['gsm8k', 'ours'].flatMap((scenario) =>
    ['a', 'b'].map((one) => cell('hallucination', 15, { scenario, system: one })),
  )
  const { run } = summaryOf()
  const withText = (said: string) =>
    render(summaryOf({ cells, run: { ...run, attributions: [{ scenario: 'gsm8k', text: said }] } }))
  expect(withText(text)).toContain(`## gsm8k\n\n${text}\n\n| fault |`)
  expect(withText(text).split(text)).toHaveLength(2)
  expect(withText('# See <b>')).toContain('## gsm8k\n\n`# See ⟨U+003C⟩b⟨U+003E⟩`\n\n| fault |')
  expect(render(summaryOf({ cells }))).toContain('## gsm8k\n\n| fault |')
})
