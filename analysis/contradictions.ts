import type { Contradiction, Disagreement } from '../core/contradiction.js'
import { groupBy } from '../core/lists.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { Removal, VerificationLine } from '../core/schemas/verification.js'
import type { Tier } from '../core/taxonomy.js'
import { faultWithoutParameters } from '../core/trial-id.js'
import { savedBy, type Verifications, verificationOf } from './verified.js'

/** The tiers that a removal can prove: what a model makes of its prompt cannot be taken out. */
const removable: readonly Tier[] = ['mechanism', 'rule']

type Case = Readonly<{ trial: TrialLine; verification: VerificationLine }>
type Finding = Omit<Contradiction, 'count' | 'example'>

/**
 * Where behaviours and proof by removal disagree: a behaviour says that a tier succeeded, but no defence of that tier was
 * needed; or a defence was needed, but the behaviours speak of other tiers only. Most frequent first.
 */
export function contradictionsIn(
  trials: readonly TrialLine[],
  verifications: Verifications,
): readonly Contradiction[] {
  const found = trials.flatMap((trial) => {
    const verification = verificationOf(trial, verifications)
    if (!verification || verification.verdict === 'untestable') return []
    const one = { trial, verification }
    return [...seenNotVerified(one), ...verifiedNotSeen(one)].map((finding) => ({
      finding,
      id: trial.id,
    }))
  })
  return [...groupBy(found, ({ finding }) => Object.values(finding).join('\u0000')).values()]
    .flatMap((same) => {
      const [first] = same
      const [example] = same.map(({ id }) => id).sort()
      return first && example ? [{ ...first.finding, count: same.length, example }] : []
    })
    .sort((a, b) => b.count - a.count || (a.example < b.example ? -1 : 1))
}

function seenNotVerified({ trial, verification }: Case): readonly Finding[] {
  return removable.flatMap((tier) => {
    const seen = recognised(trial).filter(({ tiers }) => tiers[tier] === 'success')
    const isProved = verification.verified.some(({ tiers }) => tiers.includes(tier))
    if (seen.length === 0 || isProved || !isTested(verification, tier)) return []
    const because = reasonFor(tier, seen, { trial, verification })
    return [{ ...findingOf('seen-not-verified', tier, seen, { trial, verification }), because }]
  })
}

/** Of several defences that sufficed, it is enough when one was seen. */
function verifiedNotSeen({ trial, verification }: Case): readonly Finding[] {
  const seen = recognised(trial)
  const named = new Set(seen.flatMap(({ tiers }) => Object.keys(tiers)))
  if (named.size === 0) return []
  const unseen = verification.verified.filter(({ tiers }) => !tiers.some((tier) => named.has(tier)))
  const tiers = removable.filter((tier) => unseen.some((saved) => saved.tiers.includes(tier)))
  return tiers.map((tier) => ({
    ...findingOf('verified-not-seen', tier, seen, { trial, verification }),
    because: 'silent' as const,
  }))
}

/** Why a tier that was seen to succeed was not proved, from what the repeated trials show. */
function reasonFor(
  tier: Tier,
  seen: TrialLine['behaviours'],
  { trial, verification: { defences, verified } }: Case,
): Disagreement {
  if (verified.length > 0) return 'other-tier'
  const ids = namesOf(trial.behaviours.map(({ id }) => id))
  const tested = defences.filter(
    ({ outcome, behaviours }) => outcome !== 'untestable' && behaviours.length > 0,
  )
  const differs = ({ behaviours }: Removal) => namesOf(behaviours) !== ids
  if (tested.some((one) => one.tiers.includes(tier) && differs(one))) return 'not-needed'
  const credits = seen.flatMap(({ tiers }) => Object.entries(tiers))
  if (credits.some(([other, effect]) => other !== tier && effect === 'success')) return 'beside'
  return tested.length > 0 && !tested.some(differs) ? 'undeclared' : 'unknown'
}

const namesOf = (ids: readonly (string | null)[]): string => ids.map(String).join('+')

const recognised = ({ behaviours }: TrialLine) => behaviours.filter(({ id }) => id !== null)

/** Whether each defence of a tier was taken out, and there was one: otherwise removal says nothing about the tier. */
function isTested({ defences }: VerificationLine, tier: Tier): boolean {
  const own = defences.filter(({ ids, tiers }) => ids.length === 1 && tiers.includes(tier))
  return own.length > 0 && own.every(({ outcome }) => outcome !== 'untestable')
}

const findingOf = (
  kind: Contradiction['kind'],
  tier: Tier,
  behaviours: TrialLine['behaviours'],
  { trial, verification: { verdict, verified } }: Case,
): Omit<Finding, 'because'> => ({
  ...{ kind, tier },
  fault: faultWithoutParameters(trial.fault),
  behaviour: behaviours.map(({ id }) => id).join('+'),
  verified: verified.length > 0 ? verified.map(savedBy).join(', ') : verdict,
})
