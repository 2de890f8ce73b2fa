import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { Removal, VerificationLine } from '../../core/schemas/verification.js'
import type { Tier } from '../../core/taxonomy.js'

/** The defences of the system of these tests. */
const tierOf: Readonly<Record<string, Tier>> = {
  dedupe: 'rule',
  limit: 'rule',
  pool: 'mechanism',
}

const tiersOf = (ids: readonly string[]) => [...new Set(ids.map((id) => tierOf[id] ?? 'prompt'))]

/** One repetition without some defences. */
function removal(
  ids: readonly string[],
  outcome: Removal['outcome'],
  because: Removal['because'] = outcome === 'untestable' ? 'site-gone' : null,
): Removal {
  const usage = { calls: 3, tokens: 100, baselineTokens: 90 }
  return {
    ids: [...ids],
    tiers: tiersOf(ids),
    trial: ids.join('~'),
    outcome,
    because,
    behaviours: [],
    ...usage,
  }
}

/** The verification of a trial in which single removals came to these outcomes. */
export function verification(
  { key, attempt, id }: Pick<TrialLine, 'key' | 'attempt' | 'id'>,
  verdict: VerificationLine['verdict'],
  {
    saved = [],
    untestable = [],
    seen = {},
  }: Readonly<{
    saved?: readonly string[]
    untestable?: readonly string[]
    /** The behaviour without a defence. */
    seen?: Readonly<Record<string, string>>
  }> = {},
): VerificationLine {
  const sets = saved.map((one) => one.split('+'))
  const outcomeOf = (defence: string) => {
    if (untestable.includes(defence)) return 'untestable'
    return saved.includes(defence) ? 'broke' : 'held'
  }
  return {
    ...{ schema: 1, key, attempt, id, verdict, pairsLeftOut: 0 },
    defences: [
      ...Object.keys(tierOf).map((one) => ({
        ...removal([one], outcomeOf(one)),
        behaviours: seen[one] === undefined ? [] : [seen[one]],
      })),
      ...sets.filter((ids) => ids.length > 1).map((ids) => removal(ids, 'broke')),
    ],
    verified: sets.map((ids) => ({ defences: ids, tiers: tiersOf(ids) })),
    ...{ calls: 9, tokens: 300, costUsd: 0 },
  }
}
