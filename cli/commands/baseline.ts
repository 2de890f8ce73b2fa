import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { baselineFileOf } from '../../analysis/baseline-file.js'
import { mostVoid } from '../../analysis/run-cells.js'
import { eligibleOf } from '../../analysis/trials.js'
import { canonicalJson } from '../../core/canonical-json.js'
import { FiredrillError } from '../../core/errors.js'
import { groupBy } from '../../core/lists.js'
import type { BaselineFile } from '../../core/schemas/baseline-file.js'
import { readRunFile, readTrials } from '../../engine/session.js'
import { writeWhole } from '../../engine/store.js'
import { counted } from '../../reports/text/numbers.js'
import { type Display, print, printJson } from '../console.js'
import { decidedTrials } from '../decided-trials.js'
import { exitCodes } from '../exit-codes.js'
import { baselineName, keptBaselineFile, readBaselineFile } from '../gates.js'
import { type Given, wordIn } from '../options.js'
import { summaryOf } from '../reporting.js'
import { labelled } from '../rows.js'
import { findRun } from '../runs.js'

/** Makes a run the one that later runs are compared with, or shows which one that is. */
export function baseline(given: Given, display: Display): number {
  const target = resolve(wordIn(given, 'file') ?? baselineName)
  const shown = relative(process.cwd(), target)
  if (given['action'] === 'show') {
    show(readBaselineFile(target), shown, given, display)
    return exitCodes.done
  }
  const before = existsSync(target) ? readBaselineFile(target) : null
  const after = made(given)
  writeWhole(target, fileText(after))
  if (given['json']) printJson({ path: shown, file: after })
  else print(changes(shown, before, after, display).join('\n'))
  return exitCodes.done
}

function made(given: Given): BaselineFile {
  const folder = findRun(
    wordIn(given, 'run') ?? 'latest',
    resolve(wordIn(given, 'out') ?? '.firedrill/runs'),
  )
  const file = readRunFile(folder)
  const { lines } = readTrials(folder)
  const { totals } = summaryOf(file, decidedTrials(folder, lines), {
    gates: [],
    baselineFile: keptBaselineFile(folder),
  })
  if (totals.trials < totals.planned || totals.void > mostVoid * totals.trials) {
    throw new FiredrillError('bad-argument', `Run ${file.id} is no measure: ${lacking(totals)}.`, {
      hint: `Finish it first: firedrill run --resume ${file.id}.`,
    })
  }
  if (file.stopping) {
    throw new FiredrillError(
      'bad-argument',
      `Run ${file.id} was to end early: its rates lean away from the bounds.`,
      {
        hint: 'Make a baseline file of a run without --stop-when-decided.',
      },
    )
  }
  const where = (line: Readonly<{ system: string; scenario: string }>) =>
    `${line.system}\u0000${line.scenario}`
  const unharmed = lines.filter(({ arm }) => arm === 'baseline')
  const eligible = new Map(
    [...groupBy(unharmed, where)].map(([key, some]) => [key, eligibleOf(some)]),
  )
  return baselineFileOf(file, lines, (line) => eligible.get(where(line)) ?? new Set())
}

const lacking = ({
  trials,
  planned,
  void: lost,
}: Readonly<{ trials: number; planned: number; void: number }>): string =>
  trials < planned ? `${trials} of ${planned} trials are done` : `${lost} of ${trials} are void`

/** Sorted, one task on a line: a review shows which tasks moved. */
function fileText(file: BaselineFile): string {
  const sorted = JSON.parse(canonicalJson(file)) as BaselineFile
  return `${JSON.stringify(sorted, null, 2).replace(/\[\s+(\d+),\s+(\d+)\s+\]/g, '[$1, $2]')}\n`
}

function changes(
  path: string,
  before: BaselineFile | null,
  after: BaselineFile,
  display: Display,
): readonly string[] {
  const cells = Object.keys(after.cells)
  const moved = cells.filter(
    (name) => canonicalJson(before?.cells[name] ?? {}) !== canonicalJson(after.cells[name] ?? {}),
  )
  const gone = Object.keys(before?.cells ?? {}).filter((name) => !(name in after.cells))
  return [
    labelled('wrote', `${path}: ${counted(cells.length, 'cell')} of run ${after.run}`, display),
    ...(before
      ? [
          labelled(
            'against',
            `run ${before.run}: ${counted(moved.length, 'cell')} changed, ${gone.length} gone`,
            display,
          ),
        ]
      : []),
    labelled('next', `commit it, then: firedrill run --baseline ${path}`, display),
  ]
}

function show(file: BaselineFile, path: string, given: Given, display: Display): void {
  if (given['json']) {
    printJson(file)
    return
  }
  const models = file.models.map(({ id }) => id).join(', ')
  const kind = file.evidence === 'simulated' ? 'SIMULATED' : 'MEASURED'
  print(
    [
      labelled('file', path, display),
      labelled('run', `${file.run}, ${file.created.slice(0, 10)}, firedrill ${file.tool}`, display),
      labelled('evidence', `${kind}, ${models}`, display),
      labelled('work', Object.keys(file.scenarios).join(', '), display),
      labelled('cells', `${Object.keys(file.cells).length}`, display),
    ].join('\n'),
  )
}
