import { observer } from '../analysis/detect.js'
import { heldTrials, sampleOf } from '../analysis/held-trials.js'
import { judge } from '../analysis/judge.js'
import { summariseVerifications } from '../analysis/verification-summary.js'
import type { AskedModel } from '../core/asked-model.js'
import { FiredrillError } from '../core/errors.js'
import { noInjectorUsage } from '../core/schemas/injection-line.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { VerificationLine } from '../core/schemas/verification.js'
import { parseTrialId } from '../core/trial-id.js'
import type { RunVerification } from '../core/verification.js'
import { faultsOf, type Plan, systemName } from '../engine/plan.js'
import { runVerification, type VerificationResult } from '../engine/verification-session.js'
import { presentIn } from '../engine/verify.js'
import type { Budget } from './budget.js'
import { type Spent, usedBy } from './limits.js'
import { type Given, wordIn } from './options.js'
import type { ReadyPlan } from './plan-of.js'
import { realClock } from './real-clock.js'
import { verificationView } from './verification-progress.js'
import { packageFolder } from './version.js'

/** How many held trials shall be verified; null: all. */
export type SampleSize = Readonly<{ size: number | null }>

/** What an option asks to be verified; null when nothing. Without a value it is everything. */
export function sampleIn(given: Given, name: string): SampleSize | null {
  const text = wordIn(given, name)
  if (text === null || text === 'false') return null
  if (text === '' || text === 'true') return { size: null }
  const size = /^\d+$/.test(text) ? Number(text) : 0
  if (size >= 1 && size <= 1_000_000) return { size }
  throw new FiredrillError('bad-argument', `--${name} cannot be "${text}".`, {
    hint: `Give a number of trials, or nothing for all of them, and put other words before it: --${name} 50.`,
  })
}

/** The option again, to be repeated. */
export const sampleOption = (sample: SampleSize | null): string =>
  sample ? [' --verify-tiers', ...(sample.size === null ? [] : [sample.size])].join(' ') : ''

/** The held trials of a run that can be verified: those of systems that have defences. */
function verifiable(lines: readonly TrialLine[], { systems }: Plan): readonly TrialLine[] {
  const defended = new Set(
    systems.filter((planned) => presentIn(planned).length > 0).map(systemName),
  )
  return heldTrials(lines).filter(({ system }) => defended.has(system))
}

/** What is verified, and how. */
type Verifying = Readonly<{
  ready: ReadyPlan
  folder: string
  lines: readonly TrialLine[]
  sample: SampleSize
  concurrency: number
  injectorModel: AskedModel | null
  signal: AbortSignal
  budget: Budget
  progress: Parameters<typeof verificationView>[0]
}>

/** Repeats held trials of a stored run without defences, and shows how far it is. */
export async function verifyHeld(verifying: Verifying): Promise<VerificationResult> {
  const { ready, lines, sample, budget, signal, progress, ...how } = verifying
  const candidates = verifiable(lines, ready.plan)
  const held = sample.size === null ? candidates : sampleOf(candidates, sample.size)
  const view = verificationView(progress, realClock.now)
  try {
    return await runVerification({
      ...how,
      ...{ plan: ready.plan, held, clock: realClock, judge, onProgress: view.show },
      observe: observer(faultsOf(ready.plan)),
      packageFolders: [packageFolder(), ...ready.packageFolders],
      signal: AbortSignal.any([signal, budget.signal]),
      onTrial: (line) => budget.add(usedBy([line])),
    })
  } finally {
    view.end()
  }
}

/** What proof by removal says of a run. */
export function verificationOf(
  file: Pick<RunFile, 'id' | 'plan'>,
  {
    plan,
    lines,
    verifications,
  }: Readonly<{
    plan: Plan
    lines: readonly TrialLine[]
    verifications: readonly VerificationLine[]
  }>,
): RunVerification {
  return summariseVerifications({
    run: file,
    held: verifiable(lines, plan),
    verifications,
    defences: new Map(plan.systems.map((planned) => [systemName(planned), presentIn(planned)])),
  })
}

/** What stored verifications have used: each baseline without defences once, whoever shares it. */
export function spentOn(verifications: readonly VerificationLine[]): readonly Spent[] {
  const baselines = new Map(
    verifications
      .flatMap(({ defences }) => defences)
      .map(({ trial, baselineTokens }) => {
        const { fault: _, ...beside } = parseTrialId(trial)
        return [JSON.stringify(beside), baselineTokens] as const
      }),
  )
  return [
    ...verifications.map(({ tokens, costUsd }) => ({ tokens, costUsd, injector: noInjectorUsage })),
    ...[...baselines.values()].map((tokens) => ({
      ...{ tokens, costUsd: 0, injector: noInjectorUsage },
    })),
  ]
}
