import { rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { summaryOf } from '../../../cli/reporting.js'
import type { Summary } from '../../../core/schemas/summary.js'
import { tiers } from '../../../core/taxonomy.js'
import { readRelease, storeRelease } from '../../../engine/masfire/import.js'
import { readTrials } from '../../../engine/session.js'
import { folderWith, known, published, wholeClone } from './clone.js'

const sixDigits = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : Math.round(value * 1e6) / 1e6

/** Imports a clone, reads what was stored, and sums it up. */
function summaryOfClone(clone: string): Summary {
  const folder = folderWith({})
  try {
    const release = readRelease(clone, known)
    const tool = { name: 'firedrill', version: '0.0.0' } as const
    const run = storeRelease(release, folder, { id: 'm-1', tool, created: '2026-01-01' })
    return summaryOf(run, { ...readTrials(folder), judge: null }, { gates: [], baselineFile: null })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Holds every published value against what came out; returns how many these were. */
function compared({ cells }: Summary): Readonly<{ scores: number; values: number }> {
  expect(cells.length).toBe(published.cells.length)
  let [scores, values] = [0, 0]
  for (const one of published.cells) {
    const system = `${one.system}-${one.model}`
    const cell = cells.find((other) => other.system === system && other.fault === one.fault)
    const where = `${system} ${one.fault}`
    expect([cell?.n, cell?.held], where).toEqual([one.tasks, one.passed])
    expect(sixDigits(cell?.robustness.mean), where).toBe(one.robustness)
    scores++
    for (const tier of tiers) {
      const [found, value] = [cell?.tiers[tier], one.tiers[tier]]
      for (const name of ['occurrence', 'local', 'success'] as const) {
        expect(sixDigits(found?.[name].mean), `${where} ${tier} ${name}`).toBe(
          value?.[name] ?? null,
        )
        values++
      }
    }
  }
  return { scores, values }
}

const all = { scores: 64, values: 768 }

describe('imported as a whole', () => {
  test('a clone rebuilt from the published counts gives every published value', () => {
    const clone = wholeClone()
    try {
      const summary = summaryOfClone(clone)
      expect(compared(summary)).toEqual(all)
      expect(summary.totals.held + summary.totals.broke).toBe(11_495)
    } finally {
      rmSync(clone, { recursive: true })
    }
  })

  const real = process.env['FIREDRILL_MASFIRE']
  test.skipIf(!real)(
    'the release itself gives every published value (skipped unless FIREDRILL_MASFIRE is the path of a clone)',
    () => {
      expect(compared(summaryOfClone(real ?? ''))).toEqual(all)
    },
  )
})
