import { resolve } from 'node:path'
import { readRunFile, readTrials } from '../../engine/session.js'
import { readVerifications } from '../../engine/verification-session.js'
import { type Display, log, print } from '../console.js'
import { exitCodes } from '../exit-codes.js'
import { keptBaselineFile } from '../gates.js'
import { type Given, wordIn, wordsIn } from '../options.js'
import { contextOf, render, reportWish, summaryOf, written } from '../reporting.js'
import { findRun } from '../runs.js'
import { weightsOf } from '../weights.js'

/** Renders a stored run again, from its files alone. */
export async function report(given: Given, display: Display): Promise<number> {
  const weights = await weightsOf(wordIn(given, 'weights'))
  const folder = findRun(
    wordIn(given, 'run') ?? 'latest',
    resolve(wordIn(given, 'out') ?? '.firedrill/runs'),
  )
  const wishes = wordsIn(given, 'report').map(reportWish)
  const { lines, broken } = readTrials(folder)
  if (broken > 0)
    log(`${broken} lines of ${folder}/trials.jsonl could not be read and are left out.`)
  const file = readRunFile(folder)
  const { lines: verifications } = readVerifications(folder)
  const beside = { gates: [], baselineFile: keptBaselineFile(folder), verifications }
  const summary = summaryOf(file, lines, beside, weights)
  const context = contextOf(display, folder, file)
  const files = wishes.filter(({ path }) => path !== null)
  for (const wish of files) written(wish, summary, folder, context)
  const [shown] = wishes.filter(({ path }) => path === null)
  if (given['json']) print(render('json', summary, context))
  else if (shown || files.length === 0) print(render(shown?.id ?? 'terminal', summary, context))
  return exitCodes.done
}
