/** A rate as it was measured, and the range in which it has to be. */
export type Check = Readonly<{ rate: number; from: number; to: number }>

/** Measured rates: what the method promises, what is tolerated, and rows of texts with the rates to be checked. */
export type RateTable = Readonly<{
  id: string
  nominal: string
  tolerance: string
  head: readonly string[]
  rows: readonly RateRow[]
}>

/** One row; a row without checks promises nothing. */
export type RateRow = Readonly<{ cells: readonly (string | number)[]; checks: readonly Check[] }>

/** A rate as a percentage. */
export const percent = (rate: number, digits = 1): string => `${(100 * rate).toFixed(digits)} %`

/** A rate that may be at most so high. */
export const most = (rate: number, to: number): Check => ({ rate, from: 0, to })

const isWithin = ({ rate, from, to }: Check) => rate >= from && rate <= to

/** The rows whose rates are outside of what is tolerated. */
export const outside = ({ rows }: RateTable): readonly RateRow[] =>
  rows.filter(({ checks }) => !checks.every(isWithin))

/** A table as Markdown, its columns aligned; the last one says whether a row is within the tolerance. */
export function markdown({ nominal, tolerance, head, rows }: RateTable): string {
  const texts = [
    [...head, 'within'],
    ...rows.map(({ cells, checks }) => [...cells.map(String), verdict(checks)]),
  ]
  const widths = ['', ...head].map((_, at) => Math.max(...texts.map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((text, at) => text.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const [top = [], ...below] = texts
  return [
    `Nominal: ${nominal}. Tolerance: ${tolerance}.`,
    '',
    line(top),
    line(widths.map((width) => '-'.repeat(width))),
    ...below.map(line),
  ].join('\n')
}

function verdict(checks: readonly Check[]): string {
  if (checks.length === 0) return 'no promise'
  return checks.every(isWithin) ? 'yes' : '**no**'
}
