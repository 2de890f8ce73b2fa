import { expect, test } from 'vitest'
import type { Summary } from '../../core/schemas/summary.js'
import { junit } from '../../reports/junit.js'
import { markdown } from '../../reports/markdown.js'
import { terminal } from '../../reports/terminal.js'
import { faults, imported } from './summary.js'

const context = { width: 80, colour: false, faults, folder: null }
const prose = (summary: Summary) => terminal.render(summary, context).replace(/\s+/g, ' ')

test('a run of others says whose it is, how it was made and what to cite', () => {
  expect(prose(imported())).toContain(
    'IMPORTED Others executed these trials and published them: https://example.org/data. Cite arXiv:1234.5678. One trial per task. ',
  )
  expect(markdown.render(imported(), context)).toMatch(/^# Firedrill report, IMPORTED\n/)
  expect(junit.render(imported(), context)).toContain('name="firedrill IMPORTED"')
})

test('what was not published is not printed as nothing', () => {
  for (const text of [prose(imported()), markdown.render(imported(), context)]) {
    expect(text).not.toMatch(/\b0 calls|\b0 tokens|score none|baseline none|damage|placebo +none/)
    expect(text).toContain('No system has a score: what was published has no placebo trials')
  }
})

test('its tiers are told, and nothing that would have to be executed', () => {
  const text = terminal.render(imported(), context)
  expect(text).toMatch(/^ rule +9\/20 +45% \[26, 66\] {2}100% \[70, 100\] +89% \[57, 98\]$/m)
  expect(text).not.toMatch(/verified|--verify-tiers|firedrill (replay|verify|detect)/)
})

test('cells that are doubtful are named with the reason', () => {
  expect(prose(imported())).toContain(
    'Caveats Doubtful by what was published. it cannot be passed: pipeline message-storm, hallucination ',
  )
})
