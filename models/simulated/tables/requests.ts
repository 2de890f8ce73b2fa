import type { Wish } from '../tool-choice.js'
import { type Step, sentenceOf } from './steps.js'
import { cell, holds, type Table, toNumber } from './table.js'
import type { ToolResult } from './tool-results.js'

// More rows than the one that is needed, so that a result that is out of order can be seen.
const spareRows = 2

/** The number of rows that a sort has to show for the step that reads it. */
export function rowsNeeded(steps: readonly Step[], from: number, rowCount: number | null): number {
  const pick = steps.slice(from).find(({ op }) => op === 'pick')
  const row = Math.max(1, Math.trunc(toNumber(pick?.slots['row'] ?? '') ?? 1))
  return Math.min(row + spareRows, rowCount ?? row + spareRows)
}

/** What a step needs a tool for. */
export function wishFor(step: Step, limit: number): Wish {
  const { column = '', comparison = '', value = '', order = '' } = step.slots
  const sentence = sentenceOf(step)
  if (step.op === 'sort') {
    return {
      sentence,
      values: [
        { part: 'column', value: column },
        { part: 'order', value: order },
        { part: 'limit', value: limit },
      ],
    }
  }
  if (step.op === 'total') return { sentence, values: [{ part: 'column', value: column }] }
  return {
    sentence,
    values: [
      { part: 'column', value: column },
      { part: 'comparison', value: comparison },
      { part: 'value', value },
    ],
  }
}

/** The wish to read rows as they stand. */
export const rowsWish = (from: number, to: number): Wish => ({
  sentence: 'Read rows.',
  values: [
    { part: 'from', value: from },
    { part: 'to', value: to },
  ],
})

/** The wish to know the columns. */
export const columnsWish: Wish = { sentence: 'List columns.', values: [] }

/** Whether rows cannot be the right result of a step: out of order, fewer than expected, or not what was looked for. */
export function contradicts(step: Step, result: ToolResult, expected: number): boolean {
  if (result.kind !== 'rows') return false
  const { table } = result
  const { column = '', comparison = '', value = '', order = '' } = step.slots
  if (column === '') return false
  if (!table.header.includes(column)) return true
  if (step.op === 'find') {
    return table.rows.some((row) => !holds(cell(table, row, column) ?? '', comparison, value))
  }
  return step.op === 'sort' && (table.rows.length < expected || !inOrder(table, column, order))
}

function inOrder(table: Table, column: string, order: string): boolean {
  const numbers = table.rows.map((row) => toNumber(cell(table, row, column) ?? ''))
  return numbers.every((now, at) => {
    const before = numbers[at - 1]
    if (now === null || before === null || before === undefined) return true
    return order === 'low to high' ? before <= now : before >= now
  })
}
