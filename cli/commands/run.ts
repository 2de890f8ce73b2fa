import { execFileSync } from 'node:child_process'
import { basename, join, relative, resolve } from 'node:path'
import { judge } from '../../analysis/judge.js'
import { hashOf } from '../../core/canonical-json.js'
import { FiredrillError } from '../../core/errors.js'
import type { RunFile } from '../../core/schemas/run-file.js'
import type { Summary } from '../../core/schemas/summary.js'
import { armName, systemName } from '../../engine/plan.js'
import { findCopies } from '../../engine/seams/copies.js'
import { readRunFile, runSession, type SessionResult } from '../../engine/session.js'
import { runFiles, writeWhole } from '../../engine/store.js'
import { type Display, log, print } from '../console.js'
import { exitCodes } from '../exit-codes.js'
import { countIn, type Given, planArguments, wordIn, wordsIn } from '../options.js'
import { type PlanArguments, planOf, type ReadyPlan } from '../plan-of.js'
import { progressView } from '../progress.js'
import { now, realClock } from '../real-clock.js'
import { contextOf, render, reportWish, summaryOf, written } from '../reporting.js'
import { findRun } from '../runs.js'
import { packageFolder, version } from '../version.js'

/** Expands, executes, judges, scores and renders; the exit code says what it came to. */
export async function run(given: Given, display: Display, signal: AbortSignal): Promise<number> {
  refuseProduction(given)
  const out = resolve(wordIn(given, 'out') ?? '.firedrill/runs')
  const wanted = wordsIn(given, 'report').map(reportWish)
  const concurrency = countIn(given, 'concurrency')
  const resumed = wordIn(given, 'resume')
  const earlier = resumed ? readRunFile(findRun(resumed, out)) : null
  const asked = earlier ? (earlier.arguments as PlanArguments) : planArguments(given)
  const ready = await planOf(asked, process.cwd())
  const folder = resumed ? findRun(resumed, out) : join(out, runId(ready))
  const file = earlier ?? runFile(folder, asked, ready)
  const result = await executed(given, display, signal, {
    ready,
    folder,
    file,
    resume: earlier !== null,
    concurrency,
  })
  const summary = summaryOf(file, result.lines)
  writeWhole(runFiles(folder).summary, render('json', summary, contextOf(display, folder)))
  for (const wish of wanted) written(wish, summary, folder, display)
  shown(given, display, summary, folder)
  return concluded(summary, result, folder)
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
}>

async function executed(
  given: Given,
  display: Display,
  signal: AbortSignal,
  { ready, folder, file, resume, concurrency }: Prepared,
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
      signal,
      packageFolders: [packageFolder(), ...ready.packageFolders],
      onProgress: view.show,
    })
  } finally {
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

function shown(given: Given, display: Display, summary: Summary, folder: string): void {
  const context = contextOf(display, folder)
  print(given['json'] ? render('json', summary, context) : render('terminal', summary, context))
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
