import { observer } from '../analysis/detect.js'
import { stoppingOf } from '../analysis/gates/questions.js'
import type { Gate } from '../analysis/gates/select.js'
import { judge } from '../analysis/judge.js'
import type { AskedModel } from '../core/asked-model.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { Judging } from '../engine/judging/judge-trials.js'
import { armName, faultsOf, systemName } from '../engine/plan.js'
import { runSession, type SessionResult } from '../engine/session.js'
import { counted } from '../reports/text/numbers.js'
import type { Budget } from './budget.js'
import type { Display } from './console.js'
import { judgedFaults, judgeRun } from './judge.js'
import { usedBy } from './limits.js'
import { type Given, wordIn } from './options.js'
import type { ReadyPlan } from './plan-of.js'
import { progressKind, progressView } from './progress.js'
import { realClock } from './real-clock.js'
import { type SampleSize, verifyHeld } from './verification.js'
import { packageFolder, version } from './version.js'

/** Everything that a run needs to be carried out. */
type Prepared = Readonly<{
  ready: ReadyPlan
  folder: string
  file: Omit<RunFile, 'planId'>
  gates: readonly Gate[]
  resume: boolean
  concurrency: number
  injectorModel: AskedModel | null
  judgeModel: Judging | null
  /** What of the held trials shall be verified; null: nothing. */
  sample: SampleSize | null
  budget: Budget
}>

/** Executes the trials, then verifies and judges as far as that was asked for and nobody has stopped it. */
export async function carriedOut(
  given: Given,
  display: Display,
  signal: AbortSignal,
  prepared: Prepared,
): Promise<Readonly<{ result: SessionResult; isDone: boolean }>> {
  const { budget } = prepared
  try {
    const result = await executed(given, display, signal, prepared)
    const isDone =
      !result.interrupted &&
      (await isVerified(given, display, signal, prepared, result)) &&
      (await isJudged(given, signal, prepared, result))
    return { result, isDone }
  } finally {
    budget.end()
  }
}

async function isVerified(
  given: Given,
  display: Display,
  signal: AbortSignal,
  { sample, ...how }: Prepared,
  { lines }: SessionResult,
): Promise<boolean> {
  if (!sample) return true
  const progress = progressKind(given, display)
  const { interrupted } = await verifyHeld({ ...how, lines, sample, signal, progress })
  return !interrupted
}

async function isJudged(
  given: Given,
  signal: AbortSignal,
  { ready, folder, judgeModel, budget }: Prepared,
  { lines }: SessionResult,
): Promise<boolean> {
  if (!judgeModel) return true
  const { interrupted } = await judgeRun(
    { folder, lines, faults: judgedFaults(ready.plan) },
    judgeModel,
    { given, signal: AbortSignal.any([signal, budget.signal]), onUsed: budget.add },
  )
  return !interrupted
}

async function executed(
  given: Given,
  display: Display,
  signal: AbortSignal,
  { ready, folder, file, gates, resume, concurrency, injectorModel, budget }: Prepared,
): Promise<SessionResult> {
  const { plan } = ready
  const names = plan.faults.map((set) => ({
    name: armName(set),
    abbreviation: [set, ...(set.also ?? [])].map(({ fault }) => fault.abbreviation).join('+'),
  }))
  const systems = plan.systems.map(systemName)
  const label = plan.model?.kind === 'simulated' ? '  SIMULATED' : ''
  const size = [
    counted(systems.length, 'system'),
    counted(names.length, 'fault'),
    counted(taskCount(ready), 'task'),
    counted(plan.seeds.length, 'seed'),
  ]
  const view = progressView(progressKind(given, display), {
    title: ` firedrill ${version()}  ${size.join(' x ')}${label}`,
    systems,
    faults: names,
    mayEndEarly: file.stopping !== undefined,
    now: realClock.now,
  })
  try {
    return await runSession({
      plan,
      folder,
      file,
      resume,
      concurrency,
      stopping: file.stopping ? stoppingOf(gates, file.stopping) : null,
      traces: (wordIn(given, 'traces') ?? 'all') as 'all' | 'broke' | 'none',
      clock: realClock,
      judge,
      observe: observer(faultsOf(plan)),
      injectorModel,
      signal: AbortSignal.any([signal, budget.signal]),
      packageFolders: [packageFolder(), ...ready.packageFolders],
      onProgress(progress) {
        budget.add(usedBy([progress.line]))
        view.show(progress)
      },
    })
  } finally {
    view.end()
  }
}

const taskCount = ({ plan }: ReadyPlan): number =>
  plan.scenarios.reduce((sum, { tasks }) => sum + tasks.length, 0)
