import { readFileSync, writeFileSync } from 'node:fs'
import { falseAlarms, regressions, unevenRegressions } from './comparisons.js'
import { bothLines, independentTrials, relativeScore } from './coverage.js'
import { stopAgreement } from './early-agreement.js'
import { stopsByOrder, stopsByTruth } from './early-stops.js'
import { fewBreaks, gateErrors, gatesOnSuites, severalGates } from './gate-errors.js'
import { markdown, outside } from './rate-table.js'

// How often the numbers of reports are right. npx tsx bench/statistics.ts prints the tables and ends with 1 when a rate
// is outside its tolerance; --write puts them into docs/statistics.md.

const tables = [
  independentTrials,
  bothLines,
  relativeScore,
  falseAlarms,
  gateErrors,
  fewBreaks,
  gatesOnSuites,
  severalGates,
  regressions,
  unevenRegressions,
  stopsByTruth,
  stopsByOrder,
  stopAgreement,
].map((measure) => measure())

for (const table of tables) console.log(`${table.id}\n${markdown(table)}\n`)

if (process.argv.includes('--write')) {
  const page = new URL('../docs/statistics.md', import.meta.url)
  const written = tables.reduce(
    (text, table) => {
      const [begin, end] = [`<!-- ${table.id} begins -->`, `<!-- ${table.id} ends -->`]
      const [head, rest] = text.split(begin)
      const tail = rest?.split(end)[1]
      if (tail === undefined) throw new Error(`docs/statistics.md has no place for ${table.id}.`)
      return `${head}${begin}\n\n${markdown(table)}\n\n${end}${tail}`
    },
    readFileSync(page, 'utf8'),
  )
  writeFileSync(page, written)
}

const failing = tables.flatMap((table) => outside(table).map((row) => ({ id: table.id, row })))
for (const { id, row } of failing) console.error(`outside: ${id}: ${row.cells.join(', ')}`)
process.exitCode = failing.length > 0 ? 1 : 0
