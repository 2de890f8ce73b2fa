import type { NonEmpty } from '../core/lists.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { Removal, UntestableReason, VerificationLine } from '../core/schemas/verification.js'
import type { Defence } from '../core/system.js'
import { type Found, searchDefences } from './defence-search.js'
import type { PlannedSystem, PlannedTrial, TrialGroup } from './plan.js'
import { groupWithout, repeated } from './removed-trial.js'
import { openTwins, type Twins } from './twins.js'
import type { Execution } from './work.js'
import { forEach } from './workers.js'

/** What is verified and how; the groups are those of the whole plan. */
export type Verification = Omit<Execution, 'done' | 'onTrial'> &
  Readonly<{
    /** Held trials of the plan's systems that have defences. */
    held: readonly TrialLine[]
    /** Called for every trial that was executed, baselines included. */
    onTrial: (line: TrialLine) => void
    onVerified: (line: VerificationLine) => void
  }>

/** Repeats held trials without defences, until all are verified or the signal says to stop. */
export async function verify(verification: Verification): Promise<void> {
  const { groups, held, onTrial, onVerified, ...execution } = verification
  const byKey = new Map(held.map((line) => [line.key, line]))
  const baselineTokens = new Map<string, number>()
  const twins = openTwins({
    ...execution,
    groups: [],
    done: new Map(),
    onTrial({ line }) {
      if (line.arm === 'baseline') baselineTokens.set(line.key, line.tokens)
      onTrial(line)
    },
  })
  const without = keptGroups(verification)
  // Trials of one baseline stand together, so that baselines without defences are used while they are kept.
  const work = groups.flatMap((group) =>
    group.trials.flatMap((trial) => {
      const line = byKey.get(trial.key)
      return line ? [{ group, trial, line }] : []
    }),
  )
  await forEach(work, execution, async (one) => {
    const repeat = (ids: NonEmpty<string>) =>
      removal(one, ids, { ...verification, twins, without, baselineTokens })
    const found = await searchDefences(defencesOf(one), repeat)
    if (found) onVerified(verificationOf(one, found))
  })
}

/** A held trial that is being verified. */
type Held = Readonly<{ group: TrialGroup; trial: PlannedTrial; line: TrialLine }>

/** The defences that a trial's system has, and those that its behaviours speak for. */
function defencesOf({ group, line }: Held) {
  const present = presentIn(group.planned)
  const seen = new Set(line.behaviours.flatMap(({ tiers }) => Object.keys(tiers)))
  return {
    defences: present.map(({ id }) => id),
    first: new Set(present.filter(({ tier }) => seen.has(tier)).map(({ id }) => id)),
  }
}

/** The declared defences of a system that are not left out of it. */
export const presentIn = ({ system, without }: PlannedSystem): readonly Defence[] =>
  (system.defences ?? []).filter(({ id }) => !without.includes(id))

/** Groups without defences, each made once, so that their baselines are found again. */
function keptGroups({ plan }: Pick<Execution, 'plan'>) {
  const kept = new Map<string, TrialGroup>()
  return (group: TrialGroup, ids: readonly string[]): TrialGroup => {
    const key = [group.trials[0]?.key, ...ids].join('~')
    const known = kept.get(key) ?? groupWithout(plan, group, ids)
    kept.set(key, known)
    return known
  }
}

type Workshop = Readonly<{
  twins: Twins
  without: ReturnType<typeof keptGroups>
  baselineTokens: ReadonlyMap<string, number>
}> &
  Pick<Verification, 'plan' | 'signal'>

type Repetition = Removal & Pick<TrialLine, 'costUsd'>

/** Repeats a trial once without some defences; null when the signal came before. */
async function removal(
  { group, trial, line: { injections } }: Held,
  ids: NonEmpty<string>,
  { plan, signal, twins, without, baselineTokens }: Workshop,
): Promise<Repetition | null> {
  if (signal.aborted) return null
  const less = without(group, ids)
  const again = repeated(plan, less, { trial, injections })
  const line = await twins.execute(less, again)
  return (
    line && {
      ids: [...ids],
      tiers: tiersOf(group, ids),
      trial: again.id,
      ...outcomeOf(line),
      behaviours: line.behaviours.map((one) => one.id),
      calls: line.calls,
      tokens: line.tokens,
      baselineTokens: baselineTokens.get(less.trials[0]?.key ?? '') ?? 0,
      costUsd: line.costUsd,
    }
  )
}

const tiersOf = ({ planned: { system } }: TrialGroup, ids: readonly string[]) => [
  ...new Set((system.defences ?? []).filter(({ id }) => ids.includes(id)).map(({ tier }) => tier)),
]

/** What a repeated trial says of the defences that were left out. */
export function outcomeOf(line: TrialLine): Pick<Removal, 'outcome' | 'because'> {
  const { verdict } = line
  if (verdict === 'broke' || verdict === 'held') return { outcome: verdict, because: null }
  return { outcome: 'untestable', because: reasonOf(line) }
}

function reasonOf({ verdict, outcome, dormantBecause }: TrialLine): UntestableReason {
  if (verdict === 'void') return 'void'
  if (verdict === 'dormant') return dormantBecause === 'no-site' ? 'site-gone' : 'dormant'
  const isIneligible = outcome.kind === 'not-run' && outcome.reason === 'ineligible'
  return isIneligible ? 'baseline-broke' : 'not-run'
}

function verificationOf(
  { group, line: { key, attempt, id } }: Held,
  { verdict, tried, pairsLeftOut, saved }: Found<Repetition>,
): VerificationLine {
  const sum = (of: (one: Repetition) => number) => tried.reduce((all, one) => all + of(one), 0)
  return {
    schema: 1,
    ...{ key, attempt, id, verdict },
    defences: tried.map(({ costUsd: _, ...one }) => one),
    pairsLeftOut,
    verified: saved.map((ids) => ({ defences: [...ids], tiers: tiersOf(group, ids) })),
    calls: sum(({ calls }) => calls),
    tokens: sum(({ tokens }) => tokens),
    costUsd: tried.some(({ costUsd }) => costUsd === null)
      ? null
      : sum(({ costUsd }) => costUsd ?? 0),
  }
}
