import type { ChalkInstance } from 'chalk'
import { type Block, coverageOf, marks, type Row, signOf } from './cells.js'
import { visible } from './escape.js'
import {
  type Choice,
  type Column,
  fitting,
  type InWords,
  inWords,
  textsOf,
  titlesOf,
  widthOf,
} from './fitting.js'
import { clip, columns, pad } from './layout.js'
import { count, interval, known, ofAll, percent, points } from './numbers.js'

const always: readonly Column<Row>[] = [
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

const againstPlacebo: readonly Column<Row>[] = [
  { title: 'damage', align: 'left', text: scored((row) => points(row.cell.damage) ?? 'unknown') },
  {
    title: 'placebo',
    align: 'right',
    text: scored(({ cell }) => (cell.placebo.n === 0 ? 'none' : ofAll(cell.placebo))),
  },
]

const coverage: Column<Row> = {
  title: 'coverage',
  align: 'right',
  text: scored(({ cell }) => {
    const { counted, asked } = coverageOf(cell)
    return `${count(counted)}/${count(asked)}`
  }),
}

/** Trials of others have no placebo, so there is nothing to say against one. */
const choiceFor = (rows: readonly Row[]): Choice<Row> => ({
  always,
  optional: rows.some(hasPlacebo) ? [...againstPlacebo, coverage] : [coverage],
})

/** Whether a cell has trials in which nothing was changed to compare it with. */
export const hasPlacebo = ({ cell }: Row): boolean => cell.placebo.n > 0

function scored(text: (row: Row) => string): (row: Row) => string {
  return (row) => (row.standing === 'scored' ? text(row) : '')
}

function onTheseTasks({ cell, standing }: Row): string {
  const found = known(cell.robustness)
  if (standing !== 'scored') return standing
  if (!found) return ''
  return `${percent(found.mean).padStart(4)} ${interval(found)}${cell.decidedEarly ? ' early' : ''}`
}

/** A table of faults, and what its columns had no room for. */
type FaultTable = Readonly<{ lines: readonly string[]; inWords: InWords }>

/** The rows of one system and scenario: sign, abbreviation, fault, and as many columns as there is room for. */
export function faultTable({ rows }: Block, width: number, paint: ChalkInstance): FaultTable {
  const choice = choiceFor(rows)
  const short = Math.max(...rows.map((row) => columns(abbreviation(row))))
  const names = Math.max(...rows.map(({ cell }) => columns(visible(cell.fault))))
  const room = width - short - 4
  const shown = fitting(choice, rows, room - Math.min(names, 20))
  const nameWidth = Math.min(names, room - widthOf(shown, rows))
  const head = ' '.repeat(short + 4 + nameWidth) + titlesOf(shown, rows)
  const body = rows.map((row) => {
    const name = pad(clip(visible(row.cell.fault), nameWidth), nameWidth)
    const line = `${name}${textsOf(row, shown, rows)}`.trimEnd()
    return ` ${signed(row, paint)} ${pad(abbreviation(row), short)} ${line}`
  })
  return {
    lines: [paint.dim(head.trimEnd()), ...body],
    inWords: inWords(choice, shown, { items: rows, nameOf }),
  }
}

const abbreviation = (row: Row) => visible(row.abbreviation)

/** What a fault is called where there is little room. */
export const nameOf = (row: Row): string => abbreviation(row) || visible(row.cell.fault)

/** The sign that a row begins with, in its colour. */
export function signed(row: Row, paint: ChalkInstance): string {
  const sign = signOf(row)
  return colourOf(sign, paint)(sign)
}

function colourOf(sign: string, paint: ChalkInstance): ChalkInstance {
  if (sign === marks.above) return paint.green
  if (sign === marks.around) return paint.yellow
  return sign === marks.below ? paint.red : paint.dim
}
