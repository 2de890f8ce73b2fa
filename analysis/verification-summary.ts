import { groupBy } from '../core/lists.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import {
  type Removal,
  type UntestableReason,
  untestableReasons,
  type VerificationLine,
} from '../core/schemas/verification.js'
import type { Defence } from '../core/system.js'
import type { RunVerification, SystemVerification, VerifiedDefence } from '../core/verification.js'
import { contradictionsIn } from './contradictions.js'
import { evidenceOf } from './run-cells.js'
import { savedBy, verificationOf, verificationsByKey } from './verified.js'

/** What a run's proof by removal is summarised from. */
type Verified = Readonly<{
  run: Pick<RunFile, 'id' | 'plan'>
  /** The held trials that can be verified. */
  held: readonly TrialLine[]
  verifications: readonly VerificationLine[]
  /** The defences of each planned system, by its name. */
  defences: ReadonlyMap<string, readonly Pick<Defence, 'id' | 'tier'>[]>
}>

/** What proof by removal says of a run: the same for the same lines, whatever their order. */
export function summariseVerifications({
  run,
  held,
  verifications,
  defences,
}: Verified): RunVerification {
  const byKey = verificationsByKey(verifications)
  const bySystem = groupBy(held, ({ system }) => system)
  return {
    run: run.id,
    evidence: evidenceOf(run.plan),
    systems: run.plan.systems.flatMap(({ id }) => {
      const own = defences.get(id) ?? []
      const trials = bySystem.get(id) ?? []
      if (own.length === 0) return []
      const lines = trials.flatMap((trial) => verificationOf(trial, byKey) ?? [])
      return [{ system: id, candidates: trials.length, ...summaryOf(lines, own) }]
    }),
    contradictions: contradictionsIn(held, byKey),
  }
}

function summaryOf(
  lines: readonly VerificationLine[],
  defences: readonly Pick<Defence, 'id' | 'tier'>[],
): Omit<SystemVerification, 'system' | 'candidates'> {
  const count = (verdict: VerificationLine['verdict']) =>
    lines.filter((line) => line.verdict === verdict).length
  const sets = lines
    .filter(({ verdict }) => verdict === 'redundant')
    .flatMap(({ verified }) => verified.map(savedBy))
  return {
    tried: lines.length,
    necessary: count('necessary'),
    redundant: count('redundant'),
    unexplained: count('unexplained'),
    untestable: count('untestable'),
    partly: lines.filter(
      (line) =>
        line.verdict === 'unexplained' &&
        line.defences.some(({ ids, outcome }) => ids.length === 1 && outcome === 'untestable'),
    ).length,
    defences: defences.map((defence) => defenceOf(defence, lines)),
    sets: Object.fromEntries(
      [...groupBy(sets.sort(), (name) => name)].map(([name, same]) => [name, same.length]),
    ),
  }
}

function defenceOf(
  { id, tier }: Pick<Defence, 'id' | 'tier'>,
  lines: readonly VerificationLine[],
): VerifiedDefence {
  const alone = lines.flatMap((line) => line.defences.filter(isOnly(id)))
  const count = (outcome: Removal['outcome']) =>
    alone.filter((one) => one.outcome === outcome).length
  return {
    ...{ id, tier, needed: count('broke'), spared: count('held') },
    among: lines.filter(
      ({ verdict, verified }) =>
        verdict === 'redundant' && verified.some((saved) => saved.defences.includes(id)),
    ).length,
    untestable: reasonsIn(alone),
  }
}

const isOnly =
  (id: string) =>
  ({ ids }: Removal): boolean =>
    ids.length === 1 && ids[0] === id

function reasonsIn(removals: readonly Removal[]): VerifiedDefence['untestable'] {
  const count = (reason: UntestableReason) =>
    removals.filter(({ because }) => because === reason).length
  const counts = untestableReasons.map((reason) => [reason, count(reason)] as const)
  return Object.fromEntries(counts.filter(([, n]) => n > 0))
}
