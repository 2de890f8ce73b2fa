import { readdirSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import { canonicalJson } from '../../core/canonical-json.js'
import type { ReportContext } from '../../core/report.js'
import type { Summary } from '../../core/schemas/summary.js'
import { reports } from '../../reports/catalogue.js'
import {
  cell,
  example,
  faults,
  imported,
  seen,
  summaryOf,
  system,
  tier,
} from '../reports/summary.js'

const context: ReportContext = { width: 80, colour: false, faults, folder: '.firedrill/runs/r-1' }
const folder = new URL('../../reports/', import.meta.url)

const acted = tier([15, 20], 9, 8)

/** A run in which everything that users name is called alike. */
const named = (id: string): Summary =>
  summaryOf({
    run: { ...example.run, id, models: [{ id, kind: 'simulated', hash: 'h' }] },
    cells: [
      cell('hallucination', 15, {
        ...{ system: id, scenario: id, detection: scoreOf(9, 20), undetermined: 2 },
        behaviours: [seen(id, 9), seen(`${id}2`, 9), seen(null, 2, 2)],
        tiers: { mechanism: acted, rule: acted, prompt: acted, reasoning: acted },
      }),
      cell(id, 3, { system: id, scenario: id, recoverable: false }),
      cell(id, 3, { system: 'other', scenario: id, measured: false }),
    ],
    systems: [
      system({
        system: id,
        tiers: { mechanism: acted, rule: acted, prompt: acted, reasoning: acted },
        ...{ detection: scoreOf(9, 20), undetermined: 2 },
        verified: {
          ...{ tried: 9, redundant: 1, unexplained: 4, untestable: 0, tiers: { rule: 5 } },
          defences: { [id]: 4, [`${id}+${id}`]: 1 },
        },
      }),
      system({ system: 'other' }),
    ],
  })

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen)
  return Object.freeze(value)
}

test('the catalogue has every report of the folder', () => {
  const files = readdirSync(folder).filter((name) => /\.ts$/.test(name) && name !== 'catalogue.ts')
  expect(reports.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort())
})

test('files of reports do not overwrite each other', () => {
  const files = reports.flatMap(({ file }) => file ?? [])
  expect(new Set(files).size).toBe(files.length)
})

describe.each(reports)('$id', (report) => {
  test('is described by one sentence', () => {
    expect(report.summary).toMatch(/^[A-Z][^.!?]*\.$/)
  })

  test('says that evidence is simulated, and only then', () => {
    const measured: Summary = {
      ...example,
      run: {
        ...example.run,
        evidence: 'measured',
        models: [{ id: 'gpt', kind: 'provider', hash: 'h' }],
      },
      totals: { ...example.totals, unread: 0 },
    }
    expect(report.render(example, context)).toMatch(/simulated/i)
    expect(report.render(measured, context)).not.toMatch(/simulated/i)
  })

  test('says that others executed the trials, and what to cite', () => {
    const text = report.render(imported(), context)
    expect(text).toMatch(/imported/i)
    expect(text).not.toMatch(/simulated|firedrill (replay|verify|detect|run)/i)
    expect(report.render(example, context)).not.toMatch(/imported/i)
    // A badge has room for one word.
    if (report.id !== 'badge') expect(text.replace(/\s+/g, ' ')).toContain('arXiv:1234.5678')
  })

  test('leaves the summary as it was and gives the same text twice', () => {
    const summary = frozen(structuredClone(example))
    expect(report.render(summary, frozen({ ...context }))).toBe(report.render(example, context))
    expect(canonicalJson(summary)).toBe(canonicalJson(example))
  })

  test('ends with one line break', () => {
    expect(report.render(example, context)).toMatch(/[^\n]\n$/)
  })

  test('shows hostile names without obeying them', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        '\u001b',
        '[2J',
        '\u0007',
        '\u009b',
        '\u202e',
        '\u2066',
        '\r',
        '\n',
        'a',
      ),
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(hostile, (id) => {
        const text = report.render(named(id), context)
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
      }),
      { numRuns: 50 },
    )
  })

  test('has a name break no line', () => {
    const lines = (id: string) => report.render(named(id), { ...context, width: 400 }).split('\n')
    expect(lines('a\nb\nc')).toHaveLength(lines('abc').length)
  })
})

// What is for programs alone has no words.
const worded = reports.filter(({ file }) => !file?.endsWith('.json'))
describe.each(worded)('the words of $id', (report) => {
  const texts = [context.width, 72, 100, 120].map((width) =>
    stripVTControlCharacters(report.render(example, { ...context, width, colour: true })),
  )

  test('give every rate its interval and no decimals', () => {
    for (const text of texts) {
      const rates = text.match(/\S*%.{0,3}/g) ?? []
      expect(rates.length).toBeGreaterThan(10)
      for (const one of rates) expect(one).toMatch(/^\d{1,3}% \[/)
    }
  })

  test('give every rate of a cell its n', () => {
    const rows = texts.flatMap((text) => text.match(/^.*hallucination.*\d%.*$/gm) ?? [])
    expect(rows.length).toBeGreaterThan(3)
    for (const row of rows)
      expect(row).toMatch(/\b15\/20\b.*75% \[53, 89\]|\b9\/20\b,? +45% \[26, 66\]/)
  })

  test('say which tier acted, how often, and with how many trials that was verified', () => {
    for (const text of texts.map((one) => one.replace(/\s+/g, ' '))) {
      expect(text).toMatch(/rule\W.*\b20\/74\W+27% \[18, 38\]/)
      expect(text).toMatch(/\b4\/30\b/)
      expect(text).toMatch(/20% \[8, 42\]/)
    }
  })

  test('say what was seen, and what nobody can tell', () => {
    for (const text of texts) {
      expect(text).toContain('9 detects-and-seeks-truth')
      expect(text).toMatch(/3 undetermined/)
      expect(text).toMatch(/and 2 more kinds/)
      expect(text).not.toContain('repairs-from-external-source')
    }
  })

  test('name what was left out', () => {
    for (const text of texts.map((one) => one.replace(/\s+/g, ' '))) {
      expect(text).toMatch(/58 dormant: 18 never reached an agent, 40 had no site/)
      expect(text).toMatch(/2 void/)
      expect(text).toMatch(/3 sentences that the simulated model could not read/)
    }
  })

  test('never claim more than the numbers do', () => {
    for (const text of texts) expect(text).not.toMatch(/significant|n\/a|±|robust\b|the same as/i)
  })
})
