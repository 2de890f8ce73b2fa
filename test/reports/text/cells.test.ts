import { expect, test } from 'vitest'
import { blocksOf, coverageOf, signOf, standingOf } from '../../../reports/text/cells.js'
import { cell, faults, summaryOf, withoutSite } from '../summary.js'

test('a cell is scored only if it is applicable, measured and not left to luck', () => {
  expect(standingOf(cell('hallucination', 10))).toBe('scored')
  expect(standingOf(withoutSite('hallucination'))).toBe('no site')
  expect(standingOf(cell('hallucination', 10, { measured: false }))).toBe('not measured')
  expect(standingOf(cell('hallucination', 10, { recoverable: false }))).toBe('apart')
  expect(standingOf(cell('hallucination', 1, { recoverable: false, measured: false }))).toBe(
    'not measured',
  )
})

test('blocks keep the order of systems and put faults into that of the catalogue', () => {
  const cells = ['mine', 'message-storm', 'inexecutable-plan'].flatMap((fault) =>
    ['z', 'a'].map((system) => cell(fault, 1, { system })),
  )
  const blocks = blocksOf(summaryOf({ cells }), faults)
  expect(blocks.map(({ system }) => system)).toEqual(['z', 'a'])
  expect(blocks[0]?.rows.map((row) => row.cell.fault)).toEqual([
    'inexecutable-plan',
    'message-storm',
    'mine',
  ])
  expect(blocks[0]?.rows.map((row) => row.abbreviation)).toEqual(['IP', 'MS', ''])
})

test('a sign speaks of the whole interval, not of the rate', () => {
  const cells = [18, 12, 2].map((held) => cell('hallucination', held))
  const [block] = blocksOf(summaryOf({ cells }), faults)
  expect(block?.rows.map(signOf)).toEqual(['●', '◐', '▼'])
})

test('coverage leaves out what was rightly not asked', () => {
  const leftOut = {
    ...{ ineligible: 5, noSite: 1, notReached: 2, notWritten: 6 },
    ...{ noEffect: 3, notRecoverable: 4 },
  }
  expect(coverageOf(cell('hallucination', 10, { void: 1, leftOut }))).toEqual({
    counted: 20,
    asked: 29,
  })
})
