import type { ChalkInstance } from 'chalk'
import { groupBy } from '../../core/lists.js'
import { type Block, coverageOf, marks, type Row, signOf } from './cells.js'
import { visible } from './escape.js'
import { clip, columns, pad } from './layout.js'
import { count, interval, known, ofAll, percent, points } from './numbers.js'

type Column = Readonly<{
  title: string
  align: 'left' | 'right'
  text: (row: Row) => string
}>

const always: readonly Column[] = [
  {
    title: 'held',
    align: 'right',
    text: ({ cell, standing }) =>
      standing === 'no site' ? '' : `${count(cell.held)}/${count(cell.n)}`,
  },
  { title: 'on these tasks', align: 'left', text: onTheseTasks },
  {
    title: 'like these',
    align: 'left',
    text: (row) => {
      const others = known(row.cell.robustnessOnTasksLikeThese)
      if (row.standing !== 'scored') return ''
      return others ? interval(others) : 'too few'
    },
  },
]

/** Columns that a narrow terminal does without; they are told in words there. */
const optional: readonly Column[] = [
  { title: 'damage', align: 'left', text: scored((row) => points(row.cell.damage) ?? 'unknown') },
  {
    title: 'placebo',
    align: 'right',
    text: scored(({ cell }) => (cell.placebo.n === 0 ? 'none' : ofAll(cell.placebo))),
  },
  {
    title: 'coverage',
    align: 'right',
    text: scored(({ cell }) => {
      const { counted, asked } = coverageOf(cell)
      return `${count(counted)}/${count(asked)}`
    }),
  },
]

function scored(text: (row: Row) => string): (row: Row) => string {
  return (row) => (row.standing === 'scored' ? text(row) : '')
}

function onTheseTasks({ cell, standing }: Row): string {
  const found = known(cell.robustness)
  if (standing !== 'scored') return standing
  return found ? `${percent(found.mean).padStart(4)} ${interval(found)}` : ''
}

/** A table of faults, and what its columns had no room for: `damage  10 [-2, 23] H · …`. */
type FaultTable = Readonly<{
  lines: readonly string[]
  inWords: readonly (readonly [title: string, text: string])[]
}>

/** The rows of one system and scenario: sign, abbreviation, fault, and as many columns as there is room for. */
export function faultTable({ rows }: Block, width: number, paint: ChalkInstance): FaultTable {
  const short = Math.max(...rows.map((row) => columns(abbreviation(row))))
  const names = Math.max(...rows.map(({ cell }) => columns(visible(cell.fault))))
  const room = width - short - 4
  const shown = fitting(rows, room, Math.min(names, 20))
  const nameWidth = Math.min(names, room - widthOf(shown, rows))
  const line = (start: string, cells: readonly string[]) => (start + cells.join('')).trimEnd()
  const titles = shown.map(
    (column) => `  ${pad(column.title, widthIn(column, rows), column.align)}`,
  )
  const head = line(' '.repeat(short + 4 + nameWidth), titles)
  const body = rows.map((row) => {
    const cells = shown.map(
      (column) => `  ${pad(column.text(row), widthIn(column, rows), column.align)}`,
    )
    const name = pad(clip(visible(row.cell.fault), nameWidth), nameWidth)
    const sign = signOf(row)
    return ` ${colourOf(sign, paint)(sign)} ${pad(abbreviation(row), short)} ${line(name, cells)}`
  })
  const missing = optional.filter((column) => !shown.includes(column))
  return { lines: [paint.dim(head), ...body], inWords: missing.flatMap((one) => told(one, rows)) }
}

const abbreviation = (row: Row) => visible(row.abbreviation)

const widthIn = ({ title, text }: Column, rows: readonly Row[]) =>
  Math.max(columns(title), ...rows.map((row) => columns(text(row))))

const widthOf = (shown: readonly Column[], rows: readonly Row[]) =>
  shown.reduce((sum, column) => sum + 2 + widthIn(column, rows), 0)

/** All columns if there is room for them beside the names, otherwise fewer: the last of them go first. */
function fitting(rows: readonly Row[], room: number, names: number): readonly Column[] {
  const all = [...always, ...optional]
  const enough = all.length - always.length
  for (let dropped = 0; dropped < enough; dropped++) {
    const some = all.slice(0, all.length - dropped)
    if (widthOf(some, rows) + names <= room) return some
  }
  return always
}

function told(column: Column, rows: readonly Row[]): FaultTable['inWords'] {
  const groups = [...groupBy(rows, column.text)].filter(([text]) => text !== '')
  const nameOf = (row: Row) => abbreviation(row) || visible(row.cell.fault)
  const texts = groups.map(([text, some]) => `${text} ${some.map(nameOf).join(', ')}`)
  return texts.length === 0 ? [] : [[column.title, texts.join(' · ')]]
}

function colourOf(sign: string, paint: ChalkInstance): ChalkInstance {
  if (sign === marks.above) return paint.green
  if (sign === marks.around) return paint.yellow
  return sign === marks.below ? paint.red : paint.dim
}
