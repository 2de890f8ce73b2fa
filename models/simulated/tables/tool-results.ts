import { sentencesIn } from '../sentence-form.js'
import { type Column, readTable, type Table } from './table.js'

/** What the result of a tool says. */
export type ToolResult =
  | Readonly<{ kind: 'rows'; table: Table; torn: readonly string[] }>
  | Readonly<{ kind: 'no-rows' }>
  | Readonly<{ kind: 'count'; value: string }>
  | Readonly<{ kind: 'total'; value: string }>
  | Readonly<{ kind: 'columns'; columns: readonly Column[]; rowCount: number | null }>
  | Readonly<{ kind: 'unknown-column'; column: string; columns: readonly string[] }>
  | Readonly<{ kind: 'not-numbers'; column: string }>
  | Readonly<{ kind: 'limit' }>
  | Readonly<{ kind: 'refused' }>
  | Readonly<{ kind: 'unread' }>

const number = '[-−]?\\d[\\d,]*(?:\\.\\d+)?'

/** The columns that a sentence lists, with the types it gives. */
export function readColumns(text: string): readonly Column[] {
  return [...text.matchAll(/"([^"\n]*)"(?: \((text|number)\))?/g)].map(([, name = '', type]) => ({
    name,
    type: type === 'text' || type === 'number' ? type : null,
  }))
}

const refusals = /^(?:Error\b|Invalid arguments\b|There is no tool\b|Rows \d+ to \d+ do not exist)/

type Reader = (text: string) => ToolResult | null

const readers: readonly Reader[] = [
  (text) => (/^No rows match\.?$/.test(text) ? { kind: 'no-rows' } : null),
  (text) => {
    const value = new RegExp(`^(${number}) rows? match(?:es)?\\.?$`).exec(text)?.[1]
    return value === undefined ? null : { kind: 'count', value }
  },
  (text) => {
    const value = new RegExp(`^The total of ".*" is (${number})\\.?$`).exec(text)?.[1]
    return value === undefined ? null : { kind: 'total', value }
  },
  (text) => {
    if (!text.startsWith('Columns: ')) return null
    const rowCount = /(\d+) rows?\.?$/.exec(text)?.[1]
    return {
      kind: 'columns',
      columns: readColumns(text),
      rowCount: rowCount === undefined ? null : Number(rowCount),
    }
  },
  (text) => {
    const [first = '', second = ''] = sentencesIn(text)
    const column = /^There is no column "(.*)"/.exec(first)?.[1]
    if (column === undefined) return null
    return { kind: 'unknown-column', column, columns: readColumns(second).map(({ name }) => name) }
  },
  (text) => {
    const column = /^Column "(.*)" is not a number column/.exec(text)?.[1]
    return column === undefined ? null : { kind: 'not-numbers', column }
  },
  (text) => (/^The limit of \d+ /.test(text) ? { kind: 'limit' } : null),
  (text) => (refusals.test(text) ? { kind: 'refused' } : null),
  (text) => {
    const read = readTable(text.split('\n').filter((line) => line.trim() !== ''))
    return read ? { kind: 'rows', ...read } : null
  },
]

/** Reads the text of a tool result; what no form matches is `unread`. */
export function readToolResult(text: string): ToolResult {
  const bare = text.trim()
  for (const read of readers) {
    const result = read(bare)
    if (result) return result
  }
  return { kind: 'unread' }
}
