import { groupBy } from '../../core/lists.js'
import type { FaultFacts } from '../../core/report.js'
import type { Cell, Summary } from '../../core/schemas/summary.js'

/** What may be printed of a cell: its rate, that only luck could save it, or why there is no rate. */
export type Standing = 'scored' | 'apart' | 'not measured' | 'no site'

/** A cell with what is known of its fault. */
export type Row = Readonly<{ cell: Cell; abbreviation: string; standing: Standing }>

/** The cells of one system in one scenario. */
export type Block = Readonly<{ system: string; scenario: string; rows: readonly Row[] }>

/** What may be printed of a cell. */
export function standingOf({ applicable, measured, recoverable }: Cell): Standing {
  if (!applicable) return 'no site'
  if (!measured) return 'not measured'
  return recoverable ? 'scored' : 'apart'
}

/** All cells by system and scenario; faults in the order of the catalogue, unknown ones last. */
export function blocksOf({ cells }: Summary, faults: readonly FaultFacts[]): readonly Block[] {
  const places = new Map(faults.map(({ id }, at) => [id, at]))
  const place = ({ fault }: Cell) => places.get(fault) ?? faults.length
  const rowOf = (cell: Cell): Row => ({
    cell,
    abbreviation: faults.find(({ id }) => id === cell.fault)?.abbreviation ?? '',
    standing: standingOf(cell),
  })
  const groups = groupBy(cells, ({ system, scenario }) => `${system}\u0000${scenario}`)
  return [...groups.values()].flatMap((group) => {
    const sorted = [...group].sort((a, b) => place(a) - place(b))
    const [first] = sorted
    return first
      ? [{ system: first.system, scenario: first.scenario, rows: sorted.map(rowOf) }]
      : []
  })
}

/** How many trials of a cell were asked, and how many of these were counted. */
export function coverageOf({
  n,
  leftOut,
  void: lost,
}: Cell): Readonly<{ counted: number; asked: number }> {
  return { counted: n, asked: n + leftOut.notReached + leftOut.notWritten + lost }
}

/** What it means that a cell was decided early. */
export const earlyMeaning =
  'a gate was clear before all trials were asked, so the rate leans away from its bound'

/** The marks that compare a cell's interval with one half. */
export const marks = { above: '●', around: '◐', below: '▼' } as const

/** Signs of cells without a rate of their own. */
export const signs = { apart: '◇', 'not measured': '~', 'no site': '·' } as const

/** The sign that a row begins with. */
export function signOf({ cell, standing }: Row): string {
  if (standing !== 'scored') return signs[standing]
  const { low, high } = cell.robustness
  if (low >= 0.5) return marks.above
  return high < 0.5 ? marks.below : marks.around
}
