import { join, resolve } from 'node:path'
import { hashOf } from '../../core/canonical-json.js'
import type { Summary } from '../../core/schemas/summary.js'
import { type Release, readRelease, storeRelease } from '../../engine/masfire/import.js'
import { runFiles, writeWhole } from '../../engine/store.js'
import { visible } from '../../reports/text/escape.js'
import { caveatTexts } from '../../reports/text/evidence.js'
import { type Display, print, printJson } from '../console.js'
import { exitCodes } from '../exit-codes.js'
import { type Given, wordIn } from '../options.js'
import { now } from '../real-clock.js'
import { contextOf, render, summaryOf } from '../reporting.js'
import { labelled } from '../rows.js'
import { packageFolder, version } from '../version.js'

/** Keeps the published trials of a study as a run. */
export function importStudy(given: Given, display: Display): number {
  const clone = resolve(wordIn(given, 'folder') ?? '.')
  const release = readRelease(clone, join(packageFolder(), 'data/masfire'))
  const created = now().toISOString()
  const id = runId(release, created)
  const folder = join(resolve(wordIn(given, 'out') ?? '.firedrill/runs'), id)
  const tool = { name: 'firedrill' as const, version: version() }
  const file = storeRelease(release, folder, { id, tool, created })
  const summary = summaryOf(
    file,
    { lines: release.lines, judge: null },
    { gates: [], baselineFile: null },
  )
  const context = contextOf(display, folder, file)
  writeWhole(runFiles(folder).summary, render('json', summary, context))
  if (given['json']) printJson(told(summary, release))
  else print(shown(summary, release, display))
  return exitCodes.done
}

function runId({ imported }: Release, created: string): string {
  const day = created.slice(0, 10).replaceAll('-', '')
  return `masfire-${day}-${hashOf(`${created}|${process.pid}|${imported.hash}`).slice(0, 6)}`
}

const told = ({ run, totals, cells, systems }: Summary, { imported, warnings }: Release) => ({
  run: run.id,
  trials: totals.held + totals.broke,
  cells: cells.length,
  systems: systems.map(({ system }) => system),
  imported,
  warnings,
})

function shown(summary: Summary, release: Release, display: Display): string {
  const { run, trials, cells, systems } = told(summary, release)
  const { from, cite, says, caveats } = release.imported
  const row = (label: string, text: string) => labelled(label, visible(text), display)
  return [
    row('imported', `${trials} trials in ${cells} cells of ${systems.join(', ')}`),
    row('run', run),
    row('from', `${from}; cite ${cite}`),
    row('evidence', `MEASURED by others, published, not executed by Firedrill. ${says}`),
    ...caveatTexts(caveats, visible).map((text) => row('caveat', text)),
    ...release.warnings.map((text) => row('note', text)),
    row('next', `firedrill report ${run}`),
  ].join('\n')
}
