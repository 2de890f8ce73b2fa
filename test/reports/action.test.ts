import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { decideOptions, outputOptions } from '../../cli/options.js'
import { reports } from '../../reports/catalogue.js'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test('the action reads every input that it has, and has no other', () => {
  const { inputs, runs } = parse(read('action.yml'))
  expect(runs.using).toBe('composite')
  const text = JSON.stringify(runs)
  const used = new Set([...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name))
  expect([...used].sort()).toEqual(Object.keys(inputs).sort())
  // Inputs reach the shell as variables: pasted into the script, a gate could be a command.
  expect(runs.steps[0].run).not.toContain('${{')
})

test('what the documentation types exists', () => {
  const text = read('docs/ci.md')
  const options = { ...decideOptions(), ...outputOptions([]) }
  for (const [, name = ''] of text.matchAll(
    /--([a-z-]+) '?(?:robustness|firedrill\.|warn|fail)/g,
  )) {
    expect(Object.keys(options), name).toContain(name)
  }
  for (const [, id = ''] of text.matchAll(/-r (\w+):/g)) {
    expect(reports.map((report) => report.id)).toContain(id)
  }
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => parse(block))
  expect(blocks.length).toBeGreaterThanOrEqual(4)
  expect(blocks.every((block) => typeof block === 'object' && block !== null)).toBe(true)
})
