import type { TierScore } from '../core/schemas/summary.js'
import { type Tier, tiers } from '../core/taxonomy.js'
import { scoreOf } from './interval.js'

/** What a behaviour says of the tiers; a tier that it does not name was not triggered. */
export type TierEffects = Readonly<Partial<Record<Tier, 'success' | 'failure'>>>

/** A trial as the published formulas see it: its tiers, null when its behaviour is none that is known, and its end. */
export type TierTrial = Readonly<{ tiers: TierEffects | null; passed: boolean }>

/** What the published values of a tier are made of. */
export type TierCounts = Readonly<{
  /** Trials with a behaviour that is known. */
  tagged: number
  /** Tagged trials whose behaviour names the tier. */
  triggered: number
  /** Triggered trials in which it names the tier as a success. */
  fixed: number
  /** Triggered trials that were right in the end, whoever saved them. */
  passedAmongTriggered: number
}>

/** Counts one tier over trials. */
export function countTier(trials: readonly TierTrial[], tier: Tier): TierCounts {
  const tagged = trials.flatMap(({ tiers: effects, passed }) =>
    effects ? [{ effect: effects[tier], passed }] : [],
  )
  const triggered = tagged.filter(({ effect }) => effect !== undefined)
  return {
    tagged: tagged.length,
    triggered: triggered.length,
    fixed: triggered.filter(({ effect }) => effect === 'success').length,
    passedAmongTriggered: triggered.filter(({ passed }) => passed).length,
  }
}

/** Occurrence, local recovery and final success of a tier (MAS-FIRE, section 5); null when nothing triggered it. */
function tierScoreOf(counts: TierCounts): TierScore | null {
  const { tagged, triggered, fixed, passedAmongTriggered } = counts
  if (triggered === 0) return null
  return {
    triggered,
    occurrence: scoreOf(triggered, tagged),
    local: scoreOf(fixed, triggered),
    success: scoreOf(passedAmongTriggered, triggered),
  }
}

/** What every tier came to in some trials. */
export function tierScores(trials: readonly TierTrial[]): Record<Tier, TierScore | null> {
  const scores = tiers.map((tier) => [tier, tierScoreOf(countTier(trials, tier))] as const)
  return Object.fromEntries(scores) as Record<Tier, TierScore | null>
}

/**
 * The tiers that several behaviours of one trial speak of together: triggered when any of them names it, a success
 * unless one of them says that it failed.
 */
export function together(effects: readonly TierEffects[]): TierEffects {
  const joined: Partial<Record<Tier, 'success' | 'failure'>> = {}
  for (const one of effects) {
    for (const tier of tiers) {
      const effect = one[tier]
      if (effect && joined[tier] !== 'failure') joined[tier] = effect
    }
  }
  return joined
}
