import { resolve } from 'node:path'
import { decidedFaults } from '../../analysis/decided-faults.js'
import { observer } from '../../analysis/detect.js'
import { evidenceOf } from '../../analysis/run-cells.js'
import type { Fault } from '../../core/fault.js'
import type { Detection } from '../../core/schemas/detection.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { Observe } from '../../engine/line.js'
import { type Redetected, redetect } from '../../engine/redetect.js'
import { readRunFile, readTrials } from '../../engine/session.js'
import { readBehaviours, writeBehaviours } from '../../engine/stored.js'
import { renderDetection } from '../../reports/text/detection.js'
import type { Setting } from '../config.js'
import { type Display, log, print, printJson } from '../console.js'
import { decidedTrials } from '../decided-trials.js'
import { exitCodes } from '../exit-codes.js'
import { storedCatalogue } from '../faults.js'
import { judgeOf, judgeRun, needsJudge, plannedJudge } from '../judge.js'
import { type Given, wordIn } from '../options.js'
import { findRun } from '../runs.js'
import { version } from '../version.js'

/** Decides again how a stored run dealt with its faults, with the rules of this version and, if asked for, a judge model. */
export async function detect(
  given: Given,
  display: Display,
  { signal, setting }: Readonly<{ signal: AbortSignal; setting: Setting }>,
): Promise<number> {
  const address = plannedJudge(given)
  const folder = findRun(
    wordIn(given, 'run') ?? 'latest',
    resolve(wordIn(given, 'out') ?? '.firedrill/runs'),
  )
  const file = readRunFile(folder)
  const { catalogue, changed } = await storedCatalogue(file, setting)
  if (changed.length > 0) {
    log(`The code of ${changed.join(', ')} has changed since the run: its rules of today decide.`)
  }
  const { lines, broken } = readTrials(folder)
  if (broken > 0)
    log(`${broken} lines of ${folder}/trials.jsonl could not be read and are left out.`)
  const found = lookedAgain(folder, lines, observer(catalogue))
  const judgeable = { folder, lines, faults: catalogue.filter(needsJudge) }
  const judge = address && (await judgeOf(judgeable, address, { given, env: process.env }))
  const judged = judge
    ? await judgeRun(judgeable, judge, { given, signal, onUsed: () => undefined })
    : null
  const detection = detectionOf({ file, folder, lines, catalogue, found })
  if (given['json']) printJson(detection)
  else print(renderDetection(detection, display))
  if (!judged?.interrupted) return exitCodes.done
  log('Interrupted. What was answered is saved; the same command goes on.')
  return exitCodes.interrupted
}

/** Keeps what is seen now beside the record of what was executed, which stays as it is. */
function lookedAgain(folder: string, lines: readonly TrialLine[], observe: Observe): Redetected {
  const found = redetect({ folder, lines, observe, tool: version() })
  const wasChanged = readBehaviours(folder).lines.length > 0
  if (found.changed.length > 0 || wasChanged) writeBehaviours(folder, found.changed)
  return found
}

function detectionOf({
  file,
  folder,
  lines,
  catalogue,
  found,
}: Readonly<{
  file: RunFile
  folder: string
  lines: readonly TrialLine[]
  catalogue: readonly Fault[]
  found: Redetected
}>): Detection {
  const decided = decidedTrials(folder, lines)
  return {
    schema: 1,
    tool: { name: 'firedrill', version: version() },
    run: { id: file.id, evidence: evidenceOf(file.plan) },
    trials: found.trials,
    changed: found.changed.length,
    withoutTrace: found.withoutTrace,
    faults: [
      ...decidedFaults(
        decided.lines,
        catalogue.map(({ id }) => id),
      ),
    ],
    judge: decided.judge,
    unanswered: { ...decided.unanswered },
  }
}
