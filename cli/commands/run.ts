import { execFileSync } from 'node:child_process'
import { basename, join, relative, resolve } from 'node:path'
import { judge } from '../../analysis/judge.js'
import { hashOf } from '../../core/canonical-json.js'
import { FiredrillError } from '../../core/errors.js'
import type { Fault } from '../../core/fault.js'
import type { InjectorModel } from '../../core/injector-model.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import type { Summary } from '../../core/schemas/summary.js'
import { armName, systemName } from '../../engine/plan.js'
import { findCopies } from '../../engine/seams/copies.js'
import { readRunFile, readTrials, runSession, type SessionResult } from '../../engine/session.js'
import { runFiles, writeWhole } from '../../engine/store.js'
import { type Budget, openBudget } from '../budget.js'
import type { Setting } from '../config.js'
import { type Display, log, print } from '../console.js'
import { exitCodes } from '../exit-codes.js'
import { catalogueOf, changedFaults, ownFaultsOf, storedCatalogue } from '../faults.js'
import { injectorFor } from '../injector.js'
import { limitsIn, requirePrices } from '../limits.js'
import { countIn, type Given, planArguments, wordIn, wordsIn } from '../options.js'
import { type PlanArguments, planOf, type ReadyPlan } from '../plan-of.js'
import { progressView } from '../progress.js'
import { now, realClock } from '../real-clock.js'
import { contextOf, render, reportWish, summaryOf, written } from '../reporting.js'
import { findRun } from '../runs.js'
import { packageFolder, version } from '../version.js'

/** Expands, executes, judges, scores and renders; the exit code says what it came to. */
export async function run(
  given: Given,
  display: Display,
  { signal, setting }: Readonly<{ signal: AbortSignal; setting: Setting }>,
): Promise<number> {
  refuseProduction(given)
  const out = resolve(wordIn(given, 'out') ?? '.firedrill/runs')
  const wanted = wordsIn(given, 'report').map(reportWish)
  const concurrency = countIn(given, 'concurrency')
  const limits = limitsIn(given)
  const resume = wordIn(given, 'resume')
  const earlier = resume ? readRunFile(findRun(resume, out)) : null
  const asked = earlier ? (earlier.arguments as PlanArguments) : planArguments(given)
  const catalogue = earlier ? await resumed(earlier, setting) : catalogueOf(setting.found)
  const ready = await planOf(asked, process.cwd(), catalogue)
  requirePrices(limits, ready.plan)
  const folder = resume ? findRun(resume, out) : join(out, runId(ready))
  const file = earlier ?? {
    ...runFile(folder, asked, ready),
    ...ownFaultsOf(catalogue, setting.found),
  }
  const done = earlier ? readTrials(folder).lines : []
  const injectorModel = await injectorFor(ready.plan, {
    done: new Set(done.map(({ key }) => key)),
    env: process.env,
    seconds: countIn(given, 'injector-timeout'),
  })
  const budget = openBudget(limits, done, realClock)
  const result = await executed(given, display, signal, {
    ready,
    folder,
    file,
    resume: earlier !== null,
    concurrency,
    injectorModel,
    budget,
  })
  const summary = summaryOf(file, result.lines)
  const context = contextOf(display, folder, file)
  writeWhole(runFiles(folder).summary, render('json', summary, context))
  for (const wish of wanted) written(wish, summary, folder, context)
  print(render(given['json'] ? 'json' : 'terminal', summary, context))
  // Who stops a run that reaches its limit meanwhile has stopped it.
  const limit = signal.aborted ? null : budget.reached()
  if (result.interrupted && limit) return limited(limit, summary, folder)
  return concluded(summary, result, folder)
}

/** The catalogue of a run that goes on: its own faults have to be what they were. */
async function resumed(file: RunFile, setting: Setting): Promise<readonly Fault[]> {
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

type Prepared = Readonly<{
  ready: ReadyPlan
  folder: string
  file: Omit<RunFile, 'planId'>
  resume: boolean
  concurrency: number
  injectorModel: InjectorModel | null
  budget: Budget
}>

async function executed(
  given: Given,
  display: Display,
  signal: AbortSignal,
  { ready, folder, file, resume, concurrency, injectorModel, budget }: Prepared,
): Promise<SessionResult> {
  const { plan } = ready
  const names = plan.faults.map((set) => ({
    name: armName(set),
    abbreviation: [set, ...(set.also ?? [])].map(({ fault }) => fault.abbreviation).join('+'),
  }))
  const systems = plan.systems.map(systemName)
  const label = plan.model?.kind === 'simulated' ? '  SIMULATED' : ''
  const view = progressView(progressKind(given, display), {
    title: ` firedrill ${version()}  ${systems.length} systems x ${names.length} faults x ${taskCount(ready)} tasks x ${plan.seeds.length} seeds${label}`,
    systems,
    faults: names,
    now: realClock.now,
  })
  try {
    return await runSession({
      plan,
      folder,
      file,
      resume,
      concurrency,
      traces: (wordIn(given, 'traces') ?? 'all') as 'all' | 'broke' | 'none',
      clock: realClock,
      judge,
      injectorModel,
      signal: AbortSignal.any([signal, budget.signal]),
      packageFolders: [packageFolder(), ...ready.packageFolders],
      onProgress(progress) {
        budget.add(progress.line)
        view.show(progress)
      },
    })
  } finally {
    budget.end()
    view.end()
  }
}

const taskCount = ({ plan }: ReadyPlan): number =>
  plan.scenarios.reduce((sum, { tasks }) => sum + tasks.length, 0)

function progressKind(given: Given, { interactive }: Display): 'live' | 'plain' | 'none' {
  const asked = wordIn(given, 'progress') ?? 'auto'
  if (given['quiet'] || asked === 'none') return 'none'
  if (asked === 'live' || asked === 'plain') return asked
  return interactive ? 'live' : 'plain'
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

/** What a run says that has reached a limit. */
function limited(
  { says, goOn }: NonNullable<ReturnType<Budget['reached']>>,
  { run: { id } }: Summary,
  folder: string,
): number {
  log(
    `${says} What is done is saved; go on with: firedrill run --resume ${id} ${goOn} (${relative(process.cwd(), folder)})`,
  )
  return exitCodes.budget
}

function concluded(summary: Summary, { interrupted }: SessionResult, folder: string): number {
  const {
    totals,
    run: { evidence, id },
    cells,
  } = summary
  if (interrupted) {
    log(
      `Interrupted. What is done is saved; go on with: firedrill run --resume ${id} (${relative(process.cwd(), folder)})`,
    )
    return exitCodes.interrupted
  }
  if (evidence === 'simulated' && totals.placeboDiffers > 0) {
    log(
      `bug: ${totals.placeboDiffers} placebo trials differ from their baselines. Please report this run's folder.`,
    )
    return exitCodes.bug
  }
  const because = noVerdict(cells)
  if (because === null) return exitCodes.done
  log(`No verdict: ${because}.`)
  return exitCodes.noVerdict
}

/** Why a run says nothing; a cell that had nothing to ask does not spoil what others say. */
function noVerdict(cells: Summary['cells']): string | null {
  const applicable = cells.filter((cell) => cell.applicable)
  if (applicable.length === 0) return 'no fault found a site'
  if (!applicable.some((cell) => cell.measured)) {
    return 'nothing was counted: no task is solved unharmed, or nothing that a fault changes is used'
  }
  const lossy = applicable.filter(({ measured, coverage }) => !measured && coverage !== null)
  if (lossy.length === 0) return null
  return `${lossy.length} of ${applicable.length} cells lost too many trials`
}
