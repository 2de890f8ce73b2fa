import type { StructuredToolInterface } from '@langchain/core/tools'
import { z } from 'zod'
import { refuse, type ToolReply, textTool } from '../text-tool.js'
import { type Comparison, comparisons, holds, isOfNumbers } from './comparison.js'
import { digits, numberOf } from './numbers.js'
import { cellsOf, columnAt, type Grid, line, numbersOf, type Row } from './tables.js'

const column = z.string().min(1).describe('name of a column')
const rowNumber = z.int().min(1).max(1000)
const condition = {
  column,
  comparison: z.enum(comparisons).describe('how the cells of the column compare with the value'),
  value: z.string().min(1).describe('the text or the number to compare with'),
}

/** The tools for one table. Every call reads the original table, so nobody can disturb anybody. */
export function tableTools(table: Grid): readonly StructuredToolInterface[] {
  return [listColumns, readRows, findRows, sortRows, countRows, total].map((make) => make(table))
}

const listColumns = (table: Grid) =>
  textTool({
    name: 'list_columns',
    description: 'List the columns of the table and say how many rows it has.',
    shape: {},
    reply: () => {
      const named = table.columns.map(({ name, kind }) => `"${name}" (${kind})`)
      return { text: `Columns: ${named.join(', ')}. ${table.rows.length} rows.` }
    },
  })

const readRows = (table: Grid) =>
  textTool({
    name: 'read_rows',
    description: 'Read the rows of the table from one row number to another, both included.',
    shape: {
      from: rowNumber.describe('number of the first row to read'),
      to: rowNumber.describe('number of the last row to read'),
    },
    reply: ({ from, to }) =>
      from <= to && to <= table.rows.length
        ? listed(table, table.rows.slice(from - 1, to))
        : refuse(`Rows ${from} to ${to} do not exist. The table has ${table.rows.length} rows.`),
  })

const findRows = (table: Grid) =>
  textTool({
    name: 'find_rows',
    description: 'Find the rows of the table where a column compares with a value as given.',
    shape: condition,
    reply: (asked) => {
      const found = matching(table, asked, 'find_rows')
      if ('refused' in found) return found
      return found.rows.length > 0 ? listed(table, found.rows) : { text: 'No rows match.' }
    },
  })

const countRows = (table: Grid) =>
  textTool({
    name: 'count_rows',
    description: 'Count the rows of the table where a column compares with a value as given.',
    shape: condition,
    reply: (asked) => {
      const found = matching(table, asked, 'count_rows')
      return 'refused' in found ? found : { text: `${found.rows.length} rows match.` }
    },
  })

const sortRows = (table: Grid) =>
  textTool({
    name: 'sort_rows',
    description: 'Sort all rows of the table by a number column and show the first of them.',
    shape: {
      column,
      order: z.enum(['high to low', 'low to high']).describe('which numbers come first'),
      limit: z.int().min(1).max(30).describe('how many rows to show'),
    },
    reply: ({ column: name, order, limit }) => {
      const refusal = notNumbers(table, name)
      if (refusal) return refusal
      const sign = order === 'high to low' ? -1 : 1
      const at = columnAt(table, name)
      const number = (row: Row) => numberOf(row[at] ?? '') ?? 0
      const sorted = [...table.rows].sort((a, b) => sign * (number(a) - number(b)))
      return listed(table, sorted.slice(0, limit))
    },
  })

const total = (table: Grid) =>
  textTool({
    name: 'total',
    description: 'Compute the total of a number column over all rows of the table.',
    shape: { column },
    reply: ({ column: name }) => {
      const refusal = notNumbers(table, name)
      if (refusal) return refusal
      const sum = numbersOf(table, name).reduce((all, number) => all + number, 0)
      return { text: `The total of "${nameOf(table, name)}" is ${digits(sum)}.` }
    },
  })

type Condition = Readonly<{ column: string; comparison: Comparison; value: string }>

function matching(
  table: Grid,
  { column: name, comparison, value }: Condition,
  tool: string,
): Readonly<{ rows: readonly Row[] }> | (ToolReply & { refused: true }) {
  const refusal = isOfNumbers(comparison) ? notNumbers(table, name) : unknown(table, name)
  if (refusal) return refusal
  if (isOfNumbers(comparison) && numberOf(value) === null) {
    return refuse(`Invalid arguments for ${tool}: value must be a number.`)
  }
  const cells = cellsOf(table, name)
  return { rows: table.rows.filter((_, at) => holds(cells[at] ?? '', comparison, value)) }
}

const nameOf = (table: Grid, name: string) => table.columns[columnAt(table, name)]?.name ?? name

function unknown(table: Grid, name: string) {
  if (columnAt(table, name) >= 0) return null
  const names = table.columns.map((known) => `"${known.name}"`).join(', ')
  return refuse(`There is no column "${name}". Columns: ${names}.`)
}

function notNumbers(table: Grid, name: string) {
  if (table.columns[columnAt(table, name)]?.kind === 'number') return null
  return unknown(table, name) ?? refuse(`Column "${nameOf(table, name)}" is not a number column.`)
}

function listed(table: Grid, rows: readonly Row[]): ToolReply {
  return { text: [table.columns.map(({ name }) => name), ...rows].map(line).join('\n') }
}
