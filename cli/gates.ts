import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { comparedWith } from '../analysis/baseline-file.js'
import { plannedIn } from '../analysis/gates/of-run.js'
import { type Gate, gatesFor } from '../analysis/gates/select.js'
import { mostVoid } from '../analysis/run-cells.js'
import { FiredrillError, messageOf } from '../core/errors.js'
import { type BaselineFile, baselineFileSchema } from '../core/schemas/baseline-file.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { Summary } from '../core/schemas/summary.js'
import { exitCodes } from './exit-codes.js'
import { factsOf } from './faults.js'
import { type Given, textsIn, wordIn } from './options.js'

/** What a run has to come up to. */
export type Demands = Readonly<{
  /** Gates that were asked for, as they were written. */
  gates: readonly string[]
  baselineFile: BaselineFile | null
}>

/** The margin of the gate that a baseline file brings along. */
const defaultRegression = 'regression <= 0.1'

/** The gates and the baseline file that were asked for; throws when the plan has nothing of what they ask. */
export function demandsOf(
  given: Given,
  run: Omit<RunFile, 'planId'>,
  stored: BaselineFile | null = null,
): Demands & Readonly<{ parsed: readonly Gate[] }> {
  const path = wordIn(given, 'baseline')
  const baselineFile = path ? readBaselineFile(path) : stored
  if (baselineFile) comparedWith(run, baselineFile, Date.parse(run.created))
  const written = textsIn(given, 'gate')
  const planned = plannedIn(run, factsOf(run))
  const known = [...(run.gates ?? []), ...written]
  const asksRegression = gatesFor(known, planned).some(({ metric }) => metric === 'regression')
  if (asksRegression && !baselineFile) {
    throw new FiredrillError('bad-gate', 'A gate on regression needs a baseline file.', {
      hint: 'Make one of a run that was good: firedrill baseline set <run>. Then add --baseline firedrill.baseline.json.',
    })
  }
  const gates = path && !asksRegression ? [...written, defaultRegression] : written
  return { gates, baselineFile, parsed: gatesFor([...(run.gates ?? []), ...gates], planned) }
}

/** Reads a baseline file; throws `bad-argument` when it is missing or not one. */
export function readBaselineFile(path: string): BaselineFile {
  const target = resolve(path)
  const shown = relative(process.cwd(), target)
  if (!existsSync(target)) {
    throw new FiredrillError('bad-argument', `There is no baseline file ${shown}.`, {
      hint: 'Make one of a run that was good: firedrill baseline set <run>.',
    })
  }
  try {
    return baselineFileSchema.parse(JSON.parse(readFileSync(target, 'utf8')))
  } catch (cause) {
    throw new FiredrillError(
      'bad-argument',
      `${shown} is no baseline file: ${messageOf(cause).split('\n')[0]}.`,
      { hint: 'Make it anew: firedrill baseline set <run>.', cause },
    )
  }
}

/** The baseline file that a run was compared with, which is kept beside it. */
export function keptBaselineFile(folder: string): BaselineFile | null {
  const path = keptBaselinePath(folder)
  return existsSync(path) ? readBaselineFile(path) : null
}

/** Where a run keeps the baseline file that it was compared with, so that it can be reported from its folder alone. */
export const keptBaselinePath = (folder: string): string => join(folder, 'baseline.json')

/** The default name of a baseline file. */
export const baselineName = 'firedrill.baseline.json'

/** What the gates of a run lead to; null when it has none. */
export function gateCode({ verdict, totals }: Summary, onUndecided: string): number | null {
  if (verdict === 'none') return null
  if (verdict === 'failed') return exitCodes.gateFailed
  if (verdict === 'passed') return exitCodes.done
  // A run that lost its trials is no verdict, whatever doubts are accepted.
  if (totals.void > mostVoid * totals.trials) return exitCodes.noVerdict
  const codes: Readonly<Record<string, number>> = {
    fail: exitCodes.gateFailed,
    warn: exitCodes.done,
  }
  return codes[onUndecided] ?? exitCodes.noVerdict
}
