import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ReportContext } from '../../core/report.js'
import { json } from '../../reports/json.js'
import { markdown } from '../../reports/markdown.js'
import { terminal } from '../../reports/terminal.js'
import { example, faults } from './summary.js'

const context: ReportContext = {
  width: 80,
  colour: false,
  faults,
  folder: '.firedrill/runs/r-20261122-a41f',
}

test.each([
  ['report-terminal-80.txt', terminal, context],
  ['report-terminal-100.txt', terminal, { ...context, width: 100 }],
  ['report.md', markdown, context],
  ['report.json', json, context],
] as const)('the example is rendered byte for byte as %s', (file, report, drawn) => {
  const golden = new URL(`../golden/${file}`, import.meta.url)
  const text = report.render(example, drawn)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, text)
  expect(text).toBe(readFileSync(golden, 'utf8'))
})
