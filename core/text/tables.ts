import { dateSource } from './dates.js'
import type { Line } from './fences.js'
import { numberSource } from './numbers.js'

/** One cell of a row, without the white space around it. */
export type Cell = Readonly<{ start: number; end: number; text: string; column: number }>

const onlyQuantity = new RegExp(`^(?:${dateSource}|${numberSource})$`, 'u')

/** Whether a line is a row: cells between bars or tabs. */
export const isRow = (line: string): boolean => /^\|.|\S \| |\S\t/u.test(line.trim())

/** Whether a line only draws the border of a table. */
export const isBorder = (line: string): boolean => line.includes('-') && /^[\s|:+-]+$/.test(line)

/** The cells of a row that hold something. */
export function cellsOf(line: Line): readonly Cell[] {
  let start = line.start
  return line.text.split(/[|\t]/).flatMap((raw, column) => {
    const text = raw.trim()
    const at = start + raw.indexOf(text)
    start += raw.length + 1
    return /[\p{L}\p{N}]/u.test(text) ? [{ start: at, end: at + text.length, text, column }] : []
  })
}

/** Whether the first of some rows names the columns: more rows follow, and it holds no number and no date. */
export function hasHeader(rows: readonly Line[]): boolean {
  const [first, second] = rows
  if (!first || !second) return false
  return isBorder(second.text) || cellsOf(first).every(({ text }) => !onlyQuantity.test(text))
}
