import { resolve } from 'node:path'
import { FiredrillError } from '../../core/errors.js'
import { readRunFile, readTrials } from '../../engine/session.js'
import { readVerifications } from '../../engine/verification-session.js'
import { gateText } from '../../reports/text/gate-text.js'
import { type Display, log, print } from '../console.js'
import { exitCodes } from '../exit-codes.js'
import { demandsOf, gateCode, keptBaselineFile } from '../gates.js'
import { forGithub } from '../github.js'
import { type Given, wordIn } from '../options.js'
import { contextOf, render, summaryOf } from '../reporting.js'
import { findRun } from '../runs.js'

/** Checks gates on a stored run, those that it was run with and those that are asked for now. */
export function gate(given: Given, display: Display): number {
  const folder = findRun(
    wordIn(given, 'run') ?? 'latest',
    resolve(wordIn(given, 'out') ?? '.firedrill/runs'),
  )
  const file = readRunFile(folder)
  const { lines, broken } = readTrials(folder)
  if (broken > 0)
    log(`${broken} lines of ${folder}/trials.jsonl could not be read and are left out.`)
  const demands = demandsOf(given, file, keptBaselineFile(folder))
  const { lines: verifications } = readVerifications(folder)
  const summary = summaryOf(file, lines, { ...demands, verifications })
  if (summary.gates.length === 0) {
    throw new FiredrillError('bad-argument', `Run ${file.id} has no gates.`, {
      hint: "Add one: firedrill gate --gate 'robustness >= 0.8', or --baseline FILE.",
    })
  }
  const context = contextOf(display, folder, file)
  print(given['json'] ? render('json', summary, context) : gateText(summary, context))
  forGithub(summary, context, process.env)
  return gateCode(summary, wordIn(given, 'on-undecided') ?? 'stop') ?? exitCodes.done
}
