import type { Verified } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { VerificationLine } from '../core/schemas/verification.js'
import { tiers } from '../core/taxonomy.js'

/** Verifications by the key of the trial that they are about. */
export type Verifications = ReadonlyMap<string, VerificationLine>

/** The verifications of a run, found by the keys of its trials. */
export const verificationsByKey = (lines: readonly VerificationLine[]): Verifications =>
  new Map(lines.map((line) => [line.key, line]))

/** The verification of a trial; null when there is none, or one of an earlier attempt. */
export function verificationOf(
  { key, attempt }: Pick<TrialLine, 'key' | 'attempt'>,
  verifications: Verifications,
): VerificationLine | null {
  const found = verifications.get(key)
  return found?.attempt === attempt ? found : null
}

/** What became of trials when defences were taken out; null when that was tried with none of them. */
export function verifiedOf(
  trials: readonly TrialLine[],
  verifications: Verifications,
): Verified | null {
  const lines = trials.flatMap((trial) => verificationOf(trial, verifications) ?? [])
  if (lines.length === 0) return null
  const count = (is: (line: VerificationLine) => boolean) => lines.filter(is).length
  const verdicts = (which: VerificationLine['verdict']) => count(({ verdict }) => verdict === which)
  const tierCounts = tiers
    .filter((tier) => lines.some((line) => isTested(line, tier)))
    .map((tier) => [tier, count((line) => isVerified(line, tier))] as const)
  return {
    tried: lines.length,
    defences: countsOf(lines.flatMap(({ verified }) => verified.map(savedBy))),
    tiers: Object.fromEntries(tierCounts),
    redundant: verdicts('redundant'),
    unexplained: verdicts('unexplained'),
    untestable: verdicts('untestable'),
  }
}

/** Whether a defence of a tier could be taken out: where none can, that nothing of it was needed is not known. */
const isTested = ({ defences }: VerificationLine, tier: (typeof tiers)[number]): boolean =>
  defences.some((removal) => removal.outcome !== 'untestable' && removal.tiers.includes(tier))

/** Whether a defence of a tier was needed, or was one of several that sufficed. */
const isVerified = ({ verified }: VerificationLine, tier: (typeof tiers)[number]): boolean =>
  verified.some((saved) => saved.tiers.includes(tier))

/**
 * The name of what saved a trial.
 *
 * @example
 * { defences: ['dedupe', 'subscriptions'] }  ->  dedupe+subscriptions
 */
export const savedBy = ({ defences }: VerificationLine['verified'][number]): string =>
  defences.join('+')

/** How often each name comes, the names in alphabetical order. */
function countsOf(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const name of [...names].sort()) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Object.fromEntries(counts)
}
