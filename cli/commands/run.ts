import { execFileSync } from 'node:child_process'
import { basename, join, resolve } from 'node:path'
import { hashOf } from '../../core/canonical-json.js'
import { FiredrillError } from '../../core/errors.js'
import type { Fault } from '../../core/fault.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import { parseTrialCalls, trialCallsText, trialCallsWords } from '../../core/trial-calls.js'
import { findCopies } from '../../engine/seams/copies.js'
import { readRunFile, readTrials } from '../../engine/session.js'
import { runFiles, writeWhole } from '../../engine/store.js'
import { readJudgements } from '../../engine/stored.js'
import { readVerifications } from '../../engine/verification-session.js'
import { openBudget } from '../budget.js'
import { carriedOut } from '../carry-out.js'
import { concluded } from '../conclusion.js'
import type { Setting } from '../config.js'
import { type Display, log, print } from '../console.js'
import { decidedTrials } from '../decided-trials.js'
import { catalogueOf, changedFaults, ownFaultsOf, storedCatalogue } from '../faults.js'
import { demandsOf, keptBaselineFile, keptBaselinePath } from '../gates.js'
import { forGithub } from '../github.js'
import { injectorFor } from '../injector.js'
import { judgeArguments, judgeFor, plannedJudge } from '../judge.js'
import { limitsIn, requirePrices, usedBy, usedByJudges, usedTogether } from '../limits.js'
import { countIn, type Given, planArguments, wordIn, wordsIn } from '../options.js'
import { type PlanArguments, planOf, type ReadyPlan } from '../plan-of.js'
import { readyToAnswer } from '../provider.js'
import { isHopeless, reachesOf, reachText } from '../reach.js'
import { now, realClock } from '../real-clock.js'
import { contextOf, render, reportWish, summaryOf, written } from '../reporting.js'
import { findRun, requireExecutable } from '../runs.js'
import { looksOf } from '../stopping.js'
import { sampleIn, sampleOption, spentOn } from '../verification.js'
import { packageFolder, version } from '../version.js'

/** Expands, executes, judges, scores and renders; the exit code says what it came to. */
export async function run(
  given: Given,
  display: Display,
  { signal, setting }: Readonly<{ signal: AbortSignal; setting: Setting }>,
): Promise<number> {
  const wanted = wordsIn(given, 'report').map(reportWish)
  const concurrency = countIn(given, 'concurrency')
  const limits = limitsIn(given)
  const sample = sampleIn(given, 'verify-tiers')
  const { ready: planned, folder, file, earlier, demands } = await prepared(given, setting)
  requirePrices(limits, planned.plan, plannedJudge(given))
  for (const reach of reachesOf(demands.parsed, planned.plan).filter(isHopeless))
    log(reachText(reach))
  const done = earlier ? readTrials(folder).lines : []
  const ready = await readyToAnswer(planned, {
    env: process.env,
    // Verifying asks the model again when no trial does.
    done: new Set(sample ? [] : done.map(({ key }) => key)),
  })
  const injectorModel = await injectorFor(ready.plan, {
    // Verifying may need texts when no trial does.
    done: new Set(sample ? [] : done.map(({ key }) => key)),
    env: process.env,
    seconds: countIn(given, 'injector-timeout'),
  })
  const judgeModel = await judgeFor(ready.plan, given, { folder, done, env: process.env })
  if (demands.baselineFile) {
    writeWhole(keptBaselinePath(folder), `${JSON.stringify(demands.baselineFile, null, 2)}\n`)
  }
  const earlierUse = [
    usedBy(done),
    usedByJudges(readJudgements(folder).lines),
    usedBy(spentOn(readVerifications(folder).lines)),
  ]
  const budget = openBudget(limits, usedTogether(earlierUse), realClock)
  const { result, isDone } = await carriedOut(given, display, signal, {
    ready,
    folder,
    file,
    gates: demands.parsed,
    resume: earlier !== null,
    concurrency,
    injectorModel,
    judgeModel,
    sample,
    budget,
  })
  const summary = summaryOf(file, decidedTrials(folder, result.lines), demands)
  const context = contextOf(display, folder, file)
  writeWhole(runFiles(folder).summary, render('json', summary, context))
  for (const wish of wanted) written(wish, summary, folder, context)
  print(render(given['json'] ? 'json' : 'terminal', summary, context))
  forGithub(summary, context, process.env)
  const onUndecided = wordIn(given, 'on-undecided') ?? 'stop'
  // Who stops a run that reaches its limit meanwhile has stopped it.
  const limit = signal.aborted ? null : budget.reached()
  const interrupted = result.interrupted || !isDone
  const again = `${judgeArguments(given)}${sampleOption(sample)}`
  return concluded(summary, { interrupted, limit, folder, onUndecided, again })
}

/** What a run needs before anything is executed; throws when something of it is not usable. */
async function prepared(given: Given, setting: Setting) {
  refuseProduction(given)
  const out = resolve(wordIn(given, 'out') ?? '.firedrill/runs')
  const resume = wordIn(given, 'resume')
  const earlier = resume ? readRunFile(findRun(resume, out)) : null
  if (earlier) {
    requireSameLimit(earlier, planArguments(given))
    requireSameStopping(earlier, given)
  }
  const asked = earlier ? (earlier.arguments as PlanArguments) : planArguments(given)
  const catalogue = earlier ? await resumed(earlier, setting) : catalogueOf(setting.found)
  const ready = await planOf(asked, process.cwd(), catalogue)
  const folder = resume ? findRun(resume, out) : join(out, runId(ready))
  const planned = earlier ?? {
    ...runFile(folder, asked, ready),
    ...ownFaultsOf(catalogue, setting.found),
  }
  const demands = demandsOf(given, planned, earlier ? keptBaselineFile(folder) : null)
  const file = earlier ?? { ...planned, ...declared(given, demands) }
  return { ready, folder, file, earlier, demands }
}

/** What `run.json` says of the gates that are declared before a run. */
function declared(
  given: Given,
  { gates, parsed }: ReturnType<typeof demandsOf>,
): Pick<RunFile, 'gates' | 'stopping'> {
  return {
    ...(gates.length > 0 ? { gates: [...gates] } : {}),
    ...(given['stop-when-decided'] ? { stopping: looksOf(parsed) } : {}),
  }
}

/** Refuses to go on under another limit of calls, which is part of the plan: half of the trials would be others. */
function requireSameLimit(file: RunFile, { trialCalls }: PlanArguments): void {
  if (trialCalls === undefined) return
  const [stored, asked] = [file.plan.trialCalls, trialCallsText(parseTrialCalls(trialCalls))]
  if (stored === asked) return
  const was = stored === undefined ? 'no limit of calls for a trial' : trialCallsWords(stored)
  throw new FiredrillError(
    'plan-changed',
    `Run ${file.id} has ${was}; ${asked} was asked for now.`,
    {
      hint: `Leave --trial-calls ${asked} out, wherever it is set, or start a new run without --resume.`,
    },
  )
}

/** Refuses to end a run early that was not begun so: when it may stop has to be known before its first trial. */
function requireSameStopping({ id, stopping }: RunFile, given: Given): void {
  if (stopping || !given['stop-when-decided']) return
  throw new FiredrillError('plan-changed', `Run ${id} was not begun with --stop-when-decided.`, {
    hint: 'Leave --stop-when-decided out, wherever it is set, or start a new run without --resume.',
  })
}

/** The catalogue of a run that goes on: its own faults have to be what they were. */
async function resumed(file: RunFile, setting: Setting): Promise<readonly Fault[]> {
  requireExecutable(file)
  const { catalogue, changed } = await storedCatalogue(file, setting)
  if (changed.length > 0) throw changedFaults(file, changed)
  return catalogue
}

/** Nothing that acts on a whole system belongs where its users are. */
function refuseProduction(given: Given): void {
  if (process.env['NODE_ENV'] !== 'production' || given['allow-production']) return
  throw new FiredrillError('bad-argument', 'NODE_ENV is "production".', {
    hint: 'Faults are for tests. If this really is no production system, add --allow-production.',
  })
}

function runId({ stored }: ReadyPlan): string {
  const stamp = now().toISOString()
  const day = stamp.slice(0, 10).replaceAll('-', '')
  return `r-${day}-${hashOf(`${stamp}|${process.pid}|${JSON.stringify(stored)}`).slice(0, 6)}`
}

function runFile(
  folder: string,
  asked: PlanArguments,
  { stored, packageFolders }: ReadyPlan,
): Omit<RunFile, 'planId'> {
  const copies = findCopies([packageFolder(), ...packageFolders])
  return {
    schema: 1,
    tool: { name: 'firedrill', version: version() },
    id: basename(folder),
    plan: stored,
    arguments: { ...asked },
    versions: Object.fromEntries([
      ['node', process.version],
      ...copies.map(({ name, version: found }) => [name, found]),
    ]) as Record<string, string>,
    commit: commitOf(process.cwd()),
    created: now().toISOString(),
  }
}

function commitOf(folder: string): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return null // No repository, or no git: then there is no commit to name.
  }
}
