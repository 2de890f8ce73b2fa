/** A record of a CSV file, with the line on which it begins. */
export type CsvRecord = Readonly<{ line: number; cells: readonly string[] }>

/** A field in quotes, which may hold all marks and doubled quotes, or a bare one; then what ends it. */
const field = /(?:[ \t]*"([^"]*(?:""[^"]*)*)"[ \t]*|([^",\r\n]*))(,|\r\n|\n|\r|$)/y

/**
 * Reads comma-separated text (RFC 4180); empty lines are left out. Returns the line on which it cannot go on when a quote
 * is never closed, or stands inside a bare field.
 */
export function csvRecords(given: string): readonly CsvRecord[] | Readonly<{ brokenAt: number }> {
  const text = given.replace(/^\uFEFF/, '')
  const records: CsvRecord[] = []
  let [at, line, begins] = [0, 1, 1]
  let cells: string[] = []
  while (at < text.length || cells.length > 0) {
    field.lastIndex = at
    const found = field.exec(text)
    if (!found) return { brokenAt: line }
    const [whole, quoted, bare = '', end = ''] = found
    cells.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'))
    at += whole.length
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0
    if (end === ',') continue
    if (cells.some((cell) => cell.trim() !== '')) records.push({ line: begins, cells })
    cells = []
    begins = line
  }
  return records
}
