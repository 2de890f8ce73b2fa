import type { ChalkInstance } from 'chalk'
import type { FaultFacts } from '../../core/report.js'
import type { Compared } from '../../core/schemas/comparison.js'
import type { Estimate, Score } from '../../core/schemas/summary.js'
import { difference } from './differences.js'
import { visible } from './escape.js'
import { clip, columns, pad } from './layout.js'
import { count, ofAll, rate } from './numbers.js'

type Row = Readonly<{
  look: boolean
  abbreviation: string
  name: string
  a: Score | Estimate
  b: Score | Estimate
  found: Estimate
  only: readonly [a: number, b: number] | null
  /** How many trials each side has; null for scores, which are no share of trials. */
  n: number | null
}>

/** What is shown of a row: rates with their n and interval, or counts where these have no room; and who alone held. */
type Shape = Readonly<{ rates: boolean; only: boolean; names: number }>

const shapes: readonly Shape[] = [
  { rates: true, only: true, names: 20 },
  { rates: false, only: true, names: 12 },
  { rates: false, only: false, names: 5 },
]

/** The sign of a fault that is worth a look. */
export const lookSign = '*'

/** Faults with the rates of both sides and their difference, the largest first; below them what all say together. */
export function comparisonTable(
  compared: Compared,
  facts: readonly FaultFacts[],
  { width, paint }: Readonly<{ width: number; paint: ChalkInstance }>,
): readonly string[] {
  const rows = rowsOf(compared, facts)
  const short = Math.max(0, ...rows.map(({ abbreviation }) => columns(abbreviation)))
  const names = Math.max(5, ...rows.map(({ name }) => columns(name)))
  const room = width - short - 4
  const widthOf = (table: readonly Column[]) =>
    table.reduce((sum, { cells }) => sum + 2 + widest(cells), 0)
  const tables = shapes.map((shape) => ({ shape, table: columnsOf(compared, rows, shape) }))
  const fitting = tables.find(
    ({ shape, table }) => widthOf(table) + Math.min(names, shape.names) <= room,
  )
  const { table = [] } = fitting ?? tables.at(-1) ?? {}
  const nameWidth = Math.max(5, Math.min(names, room - widthOf(table)))
  const line = (start: string, at: number) =>
    (
      start +
      table.map(({ cells, align }) => `  ${pad(cells[at] ?? '', widest(cells), align)}`).join('')
    ).trimEnd()
  return [
    paint.dim(line(' '.repeat(short + 4 + nameWidth), 0)),
    ...rows.map((row, at) => {
      const sign = row.look ? paint.yellow(lookSign) : ' '
      const name = pad(clip(row.name, nameWidth), nameWidth)
      return ` ${sign} ${pad(row.abbreviation, short)} ${line(name, at + 1)}`
    }),
  ]
}

/** A column: its title, then a cell for every row. */
type Column = Readonly<{ cells: readonly string[]; align: 'left' | 'right' }>

const widest = (cells: readonly string[]) => Math.max(...cells.map(columns))

function columnsOf(
  { a, b }: Compared,
  rows: readonly Row[],
  { rates, only }: Shape,
): readonly Column[] {
  const rated = (side: 'a' | 'b') =>
    rows.map((row) => (rates || row.n === null ? (rate(row[side]) ?? '') : ofAll(row[side])))
  const titled = (letter: string, system: string, cells: readonly string[]) => {
    const room = Math.max(10, widest(cells))
    // Names of both sides may begin alike, and are cut; their letters are not.
    return [clip(`${letter} ${visible(system)}`, room), ...cells]
  }
  const numbers = rows.map(({ n }) => (n === null ? '' : count(n)))
  return [
    ...(rates ? [{ cells: ['n', ...numbers], align: 'right' } as const] : []),
    { cells: titled('A', a.system, rated('a')), align: 'right' },
    { cells: titled('B', b.system, rated('b')), align: 'right' },
    { cells: ['B - A, points', ...rows.map(({ found }) => difference(found))], align: 'left' },
    ...(only ? [onlyColumn(rows)] : []),
  ]
}

function onlyColumn(rows: readonly Row[]): Column {
  const text = ({ only }: Row) => (only ? `${count(only[0])} / ${count(only[1])}` : '')
  return { cells: ['only A / B', ...rows.map(text)], align: 'right' }
}

function rowsOf({ faults, robustness, score }: Compared, facts: readonly FaultFacts[]) {
  const places = new Map(facts.map(({ id }, at) => [id, at]))
  const place = (fault: string) => places.get(fault) ?? facts.length
  const size = ({ mean }: Estimate) => Math.abs(mean ?? 0)
  const sorted = [...faults].sort(
    (x, y) => size(y.difference) - size(x.difference) || place(x.fault) - place(y.fault),
  )
  const known = (fault: string) => facts.find(({ id }) => id === fault)?.abbreviation ?? ''
  const add = (of: (fault: (typeof faults)[number]) => number) =>
    faults.reduce((sum, fault) => sum + of(fault), 0)
  const rows: readonly Row[] = sorted.map((one) => ({
    look: one.look,
    abbreviation: visible(known(one.fault)),
    name: visible(one.fault),
    ...{ a: one.a, b: one.b, found: one.difference, only: [one.onlyA, one.onlyB], n: one.a.n },
  }))
  const together = { look: false, abbreviation: '' }
  const all: Row = {
    ...{ ...together, name: 'All', a: robustness.a, b: robustness.b },
    ...{ found: robustness.difference, n: robustness.a.n },
    only: [add(({ onlyA }) => onlyA), add(({ onlyB }) => onlyB)],
  }
  const last: Row = {
    ...{ ...together, name: 'Score', a: score.a, b: score.b },
    ...{ found: score.difference, only: null, n: null },
  }
  return score.difference.mean === null ? [...rows, all] : [...rows, all, last]
}
