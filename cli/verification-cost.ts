import { mostRepetitions } from '../engine/defence-search.js'
import { type Plan, systemName, type TrialGroup } from '../engine/plan.js'
import { presentIn } from '../engine/verify.js'
import type { SampleSize } from './verification.js'

/** How many trials the verification of a plan may take. */
export type VerificationCost = Readonly<{
  /** Held trials that are verified, at most. */
  held: number
  /** Trials without defences, their baselines included, at most. */
  most: number
  /** About so many when as many trials hold as in the example of precision, and as usual by any of several defences. */
  expected: number
}>

/** The share of trials that hold in an expectation; the precision of a plan is said for the same. */
const usuallyHeld = 0.8

/** What the verification of a plan may cost; which trials hold is known after the run. */
export function verificationCost(
  plan: Plan,
  groups: readonly TrialGroup[],
  { size }: SampleSize,
): VerificationCost {
  const systems = plan.systems.flatMap((planned) => {
    const defences = presentIn(planned).length
    const own = groups.filter(({ name }) => name === systemName(planned))
    const faulted = own.flatMap(({ trials }) => trials).filter(({ arm }) => arm === 'fault').length
    return defences > 0 ? [{ defences, faulted, groups: own.length }] : []
  })
  const sum = (of: (system: (typeof systems)[number]) => number) =>
    systems.reduce((all, system) => all + of(system), 0)
  const faulted = sum((system) => system.faulted)
  const held = Math.min(faulted, size ?? faulted)
  const dearest = Math.max(0, ...systems.map(({ defences }) => mostRepetitions(defences)))
  // Every repetition may need a baseline of its own, and a task and seed has no more of them than repetitions.
  const most = sum((one) => mostRepetitions(one.defences) * (one.faulted + one.groups))
  const share = faulted === 0 ? 0 : Math.min(1, held / (usuallyHeld * faulted))
  const expected = sum((one) => {
    const own = usuallyHeld * one.faulted * share
    return usuallyRepeated(one.defences) * (own + Math.min(own, one.groups))
  })
  const bound = Math.min(most, 2 * held * dearest)
  return { held, most: bound, expected: Math.min(bound, Math.round(expected)) }
}

/** The share of held trials for which several defences suffice; in our own systems it was one in six. */
const usuallyRedundant = 1 / 6

/** Each defence alone and all of them together, and the search for several where it comes to that. */
function usuallyRepeated(defences: number): number {
  const always = defences + (defences > 1 ? 1 : 0)
  return always + usuallyRedundant * (mostRepetitions(defences) - always)
}
