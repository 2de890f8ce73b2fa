import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { Observe } from '../../engine/line.js'
import { redetect } from '../../engine/redetect.js'
import { runFiles } from '../../engine/store.js'
import { readBehaviours, writeBehaviours } from '../../engine/stored.js'
import { line } from '../analysis/lines.js'
import { open, traceOf, trialWith } from './judging/trial.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-redetect-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const baseline = line({ key: 'baseline' })
const trials = ['same', 'other', 'lost'].map((key) => trialWith(open(), { key, id: key }))

/** Sees something else in one trial; keeps what it was handed. */
function watching() {
  const seen: Parameters<Observe>[0][] = []
  const observe: Observe = (facts) => {
    seen.push(facts)
    const isOther = 'id' in facts.trace && facts.trace.id === 'other'
    return { behaviours: [open(isOther ? { undecided: [] } : {})], noticed: null, spread: null }
  }
  return { seen, observe }
}

function stored(lines: readonly TrialLine[]): void {
  const traces = lines.map((one) => JSON.stringify(traceOf(one)))
  // A killed process leaves half a line, and a trial that was saved twice stands there twice.
  writeFileSync(runFiles(folder).traces, `${[...traces, ...traces].join('\n')}\n{"schema":1,"ke`)
}

test('traces are looked at again beside their baselines, and what is seen otherwise is kept', () => {
  // The baseline stands behind its twins, as it may in a run that was resumed.
  stored([...trials.slice(0, 2), baseline])
  const { seen, observe } = watching()
  const found = redetect({ folder, lines: [...trials, baseline], observe, tool: '9.9.9' })
  expect(found).toEqual({
    changed: [
      {
        ...{ schema: 1, key: 'other', attempt: 1, tool: '9.9.9', noticed: null, spread: null },
        behaviours: [open({ undecided: [] })],
      },
    ],
    ...{ trials: 2, withoutTrace: 1 },
  })
  expect(seen.map(({ faults, injections }) => ({ faults, injections }))).toEqual([
    ...trials.slice(0, 2).map(({ injections }) => ({ faults: ['rumour'], injections })),
  ])
  expect(new Set(seen.map((facts) => facts.baseline))).toEqual(new Set([traceOf(baseline)]))
  writeBehaviours(folder, found.changed)
  expect(readBehaviours(folder)).toEqual({ lines: found.changed, broken: 0 })
})

test('a trial whose baseline has no trace is left as it is', () => {
  stored(trials)
  const { seen, observe } = watching()
  const found = redetect({ folder, lines: [...trials, baseline], observe, tool: '9.9.9' })
  expect(found).toEqual({ changed: [], trials: 0, withoutTrace: 3 })
  expect(seen).toEqual([])
})

test('faults that were set together are looked for by their names', () => {
  const both = trialWith(open(), { key: 'both', fault: 'rumour+storm:copies=5' })
  stored([both, baseline])
  const { seen, observe } = watching()
  redetect({ folder, lines: [both, baseline], observe, tool: '9.9.9' })
  expect(seen.map(({ faults }) => faults)).toEqual([['rumour', 'storm:copies=5']])
})
