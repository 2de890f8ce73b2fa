import { expect, test } from 'vitest'
import { summarise } from '../../analysis/summarise.js'
import { verificationsByKey, verifiedOf } from '../../analysis/verified.js'
import { faulted, faults, injection, line, placebo, runOf } from './lines.js'
import { verification } from './verifications.js'

const tasks = ['t1', 't2', 't3', 't4', 't5', 't6']
const held = tasks.map((task) => faulted('held', { task }))
const at = (place: number) => held[place] ?? faulted('held')

const lines = [
  verification(at(0), 'necessary', { saved: ['dedupe'] }),
  verification(at(1), 'necessary', { saved: ['dedupe', 'limit', 'pool'] }),
  verification(at(2), 'redundant', { saved: ['limit+pool'] }),
  verification(at(3), 'unexplained'),
  verification(at(4), 'untestable', { untestable: ['dedupe', 'limit', 'pool'] }),
]
const verifications = verificationsByKey(lines)

test('trials are counted by what they broke without, and once for each tier', () => {
  expect(verifiedOf(held, verifications)).toEqual({
    ...{ tried: 5, redundant: 1, unexplained: 1, untestable: 1 },
    defences: { dedupe: 2, limit: 1, 'limit+pool': 1, pool: 1 },
    tiers: { rule: 3, mechanism: 2 },
  })
})

test('nothing is said where no defence was taken out', () => {
  expect(verifiedOf([at(5)], verifications)).toBeNull()
})

test('the verification of an earlier attempt is none of the trial that there is now', () => {
  expect(verifiedOf([{ ...at(0), attempt: 2 }], verifications)).toBeNull()
})

test('the summary has them by cell, of counted trials only', () => {
  const lucky = faulted('held', { task: 't6', injections: [injection({ recoverable: false })] })
  const summary = summarise({
    run: runOf({ scenarios: [{ id: 'table-qa', tasks, tasksHash: 'h' }] }),
    lines: [
      ...tasks.flatMap((task) => [line({ task }), placebo({ task })]),
      ...[...held.slice(0, 5), lucky],
    ],
    verifications: [...lines, verification(lucky, 'unexplained')],
    ...{ faults, injectorOf: () => 'response' },
  })
  expect(summary.cells.map(({ verified }) => verified?.tried)).toEqual([5])
  const without = summarise({
    ...{ run: runOf(), lines: held, faults, injectorOf: () => 'response' as const },
  })
  expect(without.cells.map(({ verified }) => verified)).toEqual([null])
})
