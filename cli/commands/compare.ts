import { resolve } from 'node:path'
import { type ComparedRun, compare as compareRuns } from '../../analysis/compare.js'
import { plannedName } from '../../analysis/run-cells.js'
import type { FaultFacts } from '../../core/report.js'
import { scopeOfCategory } from '../../core/taxonomy.js'
import { selectByName } from '../../engine/select.js'
import { readRunFile, readTrials } from '../../engine/session.js'
import { jsonText } from '../../reports/json.js'
import { renderComparison } from '../../reports/text/comparison.js'
import { type Display, log, print } from '../console.js'
import { decidedTrials } from '../decided-trials.js'
import { exitCodes } from '../exit-codes.js'
import { factsOf, injectorIn } from '../faults.js'
import { type Given, wordIn, wordsIn } from '../options.js'
import { findRun } from '../runs.js'
import { version } from '../version.js'

/** Compares systems of a run with each other, or two runs, from their files alone. */
export function compare(given: Given, display: Display): number {
  const out = resolve(wordIn(given, 'out') ?? '.firedrill/runs')
  const first = stored(wordIn(given, 'runA') ?? 'latest', out)
  const other = wordIn(given, 'runB')
  const second = other === null ? null : stored(other, out)
  const faults = factsIn([first, ...(second ? [second] : [])])
  const comparison = compareRuns({
    tool: { name: 'firedrill', version: version() },
    ...{ first, second, faults },
    by: wordIn(given, 'by') === 'defence' ? 'defence' : 'system',
    only: chosen(wordsIn(given, 'faults'), [first, ...(second ? [second] : [])], faults),
  })
  if (given['json']) print(jsonText(comparison))
  else print(renderComparison(comparison, { ...display, faults }))
  return exitCodes.done
}

function stored(name: string, out: string): ComparedRun {
  const folder = findRun(name, out)
  const { lines, broken } = readTrials(folder)
  if (broken > 0)
    log(`${broken} lines of ${folder}/trials.jsonl could not be read and are left out.`)
  const run = readRunFile(folder)
  return { run, lines: decidedTrials(folder, lines).lines, injectorOf: injectorIn(factsOf(run)) }
}

const factsIn = (runs: readonly ComparedRun[]): readonly FaultFacts[] => [
  ...new Map(runs.flatMap(({ run }) => factsOf(run).map((one) => [one.id, one]))).values(),
]

/** The faults of the runs that the words choose; null for all. */
function chosen(
  words: readonly string[],
  runs: readonly ComparedRun[],
  facts: readonly FaultFacts[],
): ReadonlySet<string> | null {
  if (words.length === 0) return null
  const names = new Set(runs.flatMap(({ run }) => run.plan.faults.map(plannedName)))
  const items = [...names].map((id) => ({ id, ...facts.find((one) => one.id === id) }))
  const some = selectByName('fault', items, words, ({ abbreviation, category }) =>
    abbreviation && category ? [abbreviation, category, scopeOfCategory[category]] : [],
  )
  return new Set(some.map(({ id }) => id))
}
