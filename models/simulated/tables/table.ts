/** A column of a table; its type is null when nobody said it. */
export type Column = Readonly<{ name: string; type: 'text' | 'number' | null }>

/** Rows as they stand in a text: a header, and cells under it. */
export type Table = Readonly<{ header: readonly string[]; rows: readonly (readonly string[])[] }>

/** The number that a cell holds; null when it holds none. Thousands separators and the typographic minus are read. */
export function toNumber(text: string): number | null {
  const bare = text.trim().replace('−', '-').replaceAll(',', '')
  return /^[-+]?\d+(?:\.\d+)?$/.test(bare) ? Number(bare) : null
}

/** A number as it is written in an answer, without the noise of binary fractions. */
export const writeNumber = (value: number): string => String(Number(value.toFixed(6)))

// A cell may be empty, and may hold a bare "|" of its own.
const cells = (line: string) => line.split(/\s\|(?=\s|$)/).map((text) => text.trim())

/** Rows from lines with cells joined by ` | `, and the lines that do not fit the header; null when this is no table. */
export function readTable(
  lines: readonly string[],
): Readonly<{ table: Table; torn: readonly string[] }> | null {
  const [first, ...rest] = lines
  const header = cells(first ?? '')
  if (header.length < 2) return null
  const fits = (line: string) => cells(line).length === header.length
  const rows = rest.filter(fits).map(cells)
  if (rows.length === 0 && rest.length > 0) return null
  return { table: { header, rows }, torn: rest.filter((line) => !fits(line)) }
}

/** The cell of a row in a column; null when there is no such column. */
export function cell({ header }: Table, row: readonly string[], column: string): string | null {
  const at = header.indexOf(column)
  return at < 0 ? null : (row[at] ?? null)
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

/** Whether a cell stands in a comparison to a value. */
export function holds(text: string, comparison: string, value: string): boolean {
  const [a, b] = [toNumber(text), toNumber(value)]
  const equal = a !== null && b !== null ? a === b : same(text, value)
  if (comparison === 'is') return equal
  if (comparison === 'is not') return !equal
  if (a === null || b === null) return false
  if (comparison === 'above') return a > b
  if (comparison === 'below') return a < b
  return equal || (comparison === 'at least' ? a > b : a < b)
}

/** The rows whose cell stands in a comparison to a value. */
export function found(table: Table, column: string, comparison: string, value: string): Table {
  return {
    header: table.header,
    rows: table.rows.filter((row) => holds(cell(table, row, column) ?? '', comparison, value)),
  }
}

/** The rows in the order of a column; rows without a number there come last. */
export function sorted(table: Table, column: string, order: string): Table {
  const sign = order === 'low to high' ? 1 : -1
  const key = (row: readonly string[]) => toNumber(cell(table, row, column) ?? '')
  const rank = (a: number | null, b: number | null) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return sign * (a - b)
  }
  return { header: table.header, rows: [...table.rows].sort((a, b) => rank(key(a), key(b))) }
}

/** The sum of a column; cells without a number count nothing. */
export function totalOf(table: Table, column: string): number {
  return table.rows.reduce((sum, row) => sum + (toNumber(cell(table, row, column) ?? '') ?? 0), 0)
}

/** The known name that is spelt most like another one, the first of equals; null when none is known. */
export function nearest(name: string, known: readonly string[]): string | null {
  const ranked = known.map((other) => ({ other, away: distance(name, other) }))
  const least = Math.min(...ranked.map(({ away }) => away))
  return ranked.find(({ away }) => away === least)?.other ?? null
}

/** How many letters two names are apart (Levenshtein); long names are cut, since only near ones matter. */
function distance(a: string, b: string): number {
  const [from, to] = [a.toLowerCase().slice(0, 80), b.toLowerCase().slice(0, 80)]
  let before = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...from].entries()) {
    const now = [at + 1]
    for (let to1 = 1; to1 <= to.length; to1++) {
      const swap = (before[to1 - 1] ?? 0) + (letter === to[to1 - 1] ? 0 : 1)
      now.push(Math.min(swap, (before[to1] ?? 0) + 1, (now[to1 - 1] ?? 0) + 1))
    }
    before = now
  }
  return before.at(-1) ?? 0
}

/** An answer in the form in which answers are compared. */
export function normalAnswer(text: string): string {
  const number = toNumber(text)
  if (number !== null) return writeNumber(number)
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

/** Whether two answers say the same. */
export const equalAnswers = (a: string, b: string): boolean => normalAnswer(a) === normalAnswer(b)
