import type { Spread } from './rounds.js'

/** One line of the result; `target` is what the median must not exceed. */
export type Row = Spread & Readonly<{ what: string; target?: number }>

const number = (value: number): string => value.toFixed(Math.abs(value) < 10 ? 3 : 1).padStart(9)

const columns = (texts: readonly string[]): string => texts.map((text) => text.padStart(9)).join('')

/** The names of the columns. */
export const head: string = `${''.padEnd(54)}${columns(['median', 'min', 'max', 'fastest'])}`

/** Rows with their columns below the head's. */
export function shown(rows: readonly Row[]): string {
  return rows.map(line).join('\n')
}

function line({ what, median, min, max, fastest, target }: Row): string {
  const last = fastest === undefined ? columns(['']) : number(fastest)
  const verdict =
    target === undefined ? '' : `  target ${target}: ${median <= target ? 'met' : 'missed'}`
  return `${what.padEnd(54)}${[median, min, max].map(number).join('')}${last}${verdict}`.trimEnd()
}
