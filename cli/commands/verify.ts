import { resolve } from 'node:path'
import type { Fault } from '../../core/fault.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import { readRunFile, readTrials } from '../../engine/session.js'
import { runFiles, writeWhole } from '../../engine/store.js'
import { readVerifications } from '../../engine/verification-session.js'
import { renderVerification } from '../../reports/text/verification.js'
import { openBudget } from '../budget.js'
import type { Setting } from '../config.js'
import { type Display, log, print, printJson } from '../console.js'
import { decidedTrials } from '../decided-trials.js'
import { exitCodes } from '../exit-codes.js'
import { changedFaults, storedCatalogue } from '../faults.js'
import { keptBaselineFile } from '../gates.js'
import { injectorFor } from '../injector.js'
import { limitsIn, requirePrices, usedBy } from '../limits.js'
import { countIn, type Given, wordIn } from '../options.js'
import { type PlanArguments, planOf } from '../plan-of.js'
import { progressKind } from '../progress.js'
import { readyToAnswer } from '../provider.js'
import { realClock } from '../real-clock.js'
import { contextOf, render, summaryOf } from '../reporting.js'
import { findRun } from '../runs.js'
import { sampleIn, spentOn, verificationOf, verifyHeld } from '../verification.js'

/** Repeats held trials of a stored run without defences, and says which defences they owe their right answers to. */
export async function verify(
  given: Given,
  display: Display,
  { signal, setting }: Readonly<{ signal: AbortSignal; setting: Setting }>,
): Promise<number> {
  const limits = limitsIn(given)
  const sample = sampleIn(given, 'sample') ?? { size: null }
  const concurrency = countIn(given, 'concurrency')
  const folder = findRun(
    wordIn(given, 'run') ?? 'latest',
    resolve(wordIn(given, 'out') ?? '.firedrill/runs'),
  )
  const file = readRunFile(folder)
  const { lines: stored } = readTrials(folder)
  const catalogue = await unchanged(file, setting)
  const planned = await planOf(file.arguments as PlanArguments, process.cwd(), catalogue)
  requirePrices(limits, planned.plan)
  const ready = await readyToAnswer(planned, { env: process.env })
  const injectorModel = await injectorFor(ready.plan, {
    done: new Set(),
    env: process.env,
    seconds: countIn(given, 'injector-timeout'),
  })
  const before = [...stored, ...spentOn(readVerifications(folder).lines)]
  const budget = openBudget(limits, usedBy(before), realClock)
  const { lines } = decidedTrials(folder, stored)
  const { interrupted } = await verifyHeld({
    ...{ ready, folder, lines, sample, concurrency, injectorModel, signal, budget },
    progress: progressKind(given, display),
  }).finally(budget.end)

  const decided = decidedTrials(folder, stored)
  const { verifications } = decided
  const demands = { gates: [], baselineFile: keptBaselineFile(folder) }
  const summary = summaryOf(file, decided, demands)
  writeWhole(runFiles(folder).summary, render('json', summary, contextOf(display, folder, file)))
  const found = verificationOf(file, { plan: ready.plan, lines, verifications })
  if (given['json']) printJson(found)
  else print(renderVerification(found, display))
  if (!interrupted) return exitCodes.done
  const limit = signal.aborted ? null : budget.reached()
  const more = [limit?.goOn, sample.size && `--sample ${sample.size}`].filter(Boolean).join(' ')
  log(
    `${limit?.says ?? 'Interrupted.'} What is verified is saved; go on with: firedrill verify ${file.id} ${more}`.trimEnd(),
  )
  return limit ? exitCodes.budget : exitCodes.interrupted
}

/** The faults of a run, which have to be what they were: repeating others would prove nothing. */
async function unchanged(file: RunFile, setting: Setting): Promise<readonly Fault[]> {
  const { catalogue, changed } = await storedCatalogue(file, setting)
  if (changed.length > 0) throw changedFaults(file, changed)
  return catalogue
}
