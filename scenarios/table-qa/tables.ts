import { readFileSync } from 'node:fs'
import { FiredrillError } from '../../core/errors.js'
import { groupBy } from '../../core/lists.js'
import { dataFile } from '../data-file.js'
import { undressed } from './answers.js'
import { numberOf, oneLine } from './numbers.js'

/** A column of a table: its name and whether every cell of it is a number. */
type Column = Readonly<{ name: string; kind: 'text' | 'number' }>

/** The cells of one row, in the order of the columns. */
export type Row = readonly string[]

/** Rows under named columns: all that the tools need. */
export type Grid = Readonly<{ name: string; columns: readonly Column[]; rows: readonly Row[] }>

/** A table that generated questions can be asked about. `key` is the text column that tells its rows apart. */
export type Table = Grid & Readonly<{ key: string }>

const file = 'data/wikitq/tables.json'

/** The text of a row, or of the header, as tools and tasks show it. */
export const line = (cells: Row): string => cells.join(' | ')

/** Where a column is; -1 when the table has none of that name. */
export function columnAt(table: Grid, name: string): number {
  return table.columns.findIndex((column) => column.name === oneLine(name))
}

/** The cells of a column, from the first row to the last. */
export function cellsOf(table: Grid, name: string): readonly string[] {
  const at = columnAt(table, name)
  return table.rows.map((row) => row[at] ?? '')
}

/** The numbers of a column that holds nothing else. */
export function numbersOf(table: Grid, name: string): readonly number[] {
  return cellsOf(table, name).map((cell) => numberOf(cell) ?? Number.NaN)
}

/** Whether a text can stand in double quotes and in a row without being misread. */
export const isQuotable = (text: string): boolean => !/"| \| /.test(text)

let kept: Readonly<{ grids: readonly Grid[]; tables: readonly Table[] }> | undefined

// Read when first needed.
function data() {
  kept ??= readFrom(JSON.parse(readFileSync(dataFile(file), 'utf8')))
  return kept
}

/** The tables that qualify, in the order of the data file. */
export const tables = (): readonly Table[] => data().tables

/** All tables of the data file, also those about which no question can be generated. */
export const grids = (): readonly Grid[] => data().grids

/** The table of a name; throws `bad-tasks` when no such table qualifies. */
export function tableNamed(name: string): Table {
  const table = tables().find((candidate) => candidate.name === name)
  if (table) return table
  throw new FiredrillError('bad-tasks', `There is no table "${name}" in ${file}.`, {
    hint: 'Use the tasks that the scenario itself makes.',
  })
}

type Stored = Readonly<Record<string, Readonly<{ header: Row; rows: readonly Row[] }>>>

function readFrom(stored: Stored) {
  const all = Object.entries(stored).map(([name, { header, rows }]) => {
    const cells = rows.map((row) => row.map(oneLine))
    const columns = header.map((column, at) => columnOf(oneLine(column), cells, at))
    return { grid: { name, columns, rows: cells }, rows }
  })
  return {
    grids: all.map(({ grid }) => grid),
    tables: distinct(all.flatMap(({ grid, rows }) => qualified(grid, rows))),
  }
}

// `rows` are the cells as they are written, line breaks included.
function qualified(grid: Grid, rows: readonly Row[]): readonly Table[] {
  const { columns, rows: cells } = grid
  if (!isRegular(grid) || hasTotalRow(cells)) return []
  const key = columns.find((column, at) => isKey(column, rows, at))
  return key && columns.some((column, at) => hasOrder(column, cells, at))
    ? [{ ...grid, key: key.name }]
    : []
}

function isRegular({ columns, rows }: Grid): boolean {
  const names = columns.map(({ name }) => name)
  if (names.includes('') || new Set(names).size < names.length) return false
  if (rows.some((row) => row.length !== names.length || row.some((cell) => / \| /.test(cell)))) {
    return false
  }
  return names.every(isQuotable)
}

// With a row of totals the total of a column, or the key with the highest number, has two readings.
function hasTotalRow(rows: readonly Row[]): boolean {
  return rows.some((row) => row.some((cell) => /^totals?\b/i.test(cell)))
}

function columnOf(name: string, rows: readonly Row[], at: number): Column {
  const isNumber = rows.every((row) => numberOf(row[at] ?? '') !== null)
  return { name, kind: isNumber ? 'number' : 'text' }
}

function isKey({ kind }: Column, rows: readonly Row[], at: number): boolean {
  const cells = rows.map((row) => row[at] ?? '')
  const fits = (cell: string) =>
    cell.trim() !== '' && cell.length <= 40 && !cell.includes('\n') && isQuotable(oneLine(cell))
  // Rows that an answer cannot tell apart, such as "1972" and "1972 (second)", make a bad key.
  const areApart = () => new Set(cells.map(undressed)).size === cells.length
  return kind === 'text' && cells.every(fits) && areApart()
}

function hasOrder({ kind }: Column, rows: readonly Row[], at: number): boolean {
  return kind === 'number' && new Set(rows.map((row) => numberOf(row[at] ?? ''))).size >= 3
}

// The text of a task names a table by its columns and its number of rows: no two may look alike.
function distinct(all: readonly Table[]): readonly Table[] {
  const look = ({ columns, rows }: Table) => `${columns.map(({ name }) => name)} ${rows.length}`
  return [...groupBy(all, look).values()].flatMap((alike) => alike.slice(0, 1))
}
