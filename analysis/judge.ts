import { isRight, type Outcome } from '../core/schemas/outcome.js'
import type { Injection, TrialLine } from '../core/schemas/trial-line.js'

/** Why a trial is dormant. */
type Dormancy = NonNullable<TrialLine['dormantBecause']>

/** What a trial says about its system; null when it asks no question. */
type Judgement =
  | Readonly<{ verdict: 'held' | 'broke' | 'void' | null; dormantBecause: null }>
  | Readonly<{ verdict: 'dormant'; dormantBecause: Dormancy }>

/** All that a verdict depends on. */
type TrialFacts = Readonly<{
  arm: TrialLine['arm']
  outcome: Outcome
  injections: readonly Injection[]
  /** Names of the faults that were set. */
  faults: readonly string[]
}>

/**
 * The verdict of a trial. The injections are asked before the outcome: a right answer says nothing about a fault that
 * never acted, so a dormant trial is never held. Where several were set, each of them has to have acted.
 */
export function judge({ arm, outcome, injections, faults }: TrialFacts): Judgement {
  if (isVoid(outcome)) return { verdict: 'void', dormantBecause: null }
  if (arm !== 'fault') return { verdict: null, dormantBecause: null }
  if (outcome.kind === 'not-run') {
    return outcome.reason === 'no-site' || outcome.reason === 'no-effect'
      ? dormant(outcome.reason)
      : { verdict: null, dormantBecause: null }
  }
  const of = (name: string) => injections.filter(({ fault }) => fault === name)
  const arrived = faults.map((name) => of(name).filter((one) => one.changed && one.delivered))
  if (arrived.some((some) => some.length === 0)) return dormant('not-reached')
  if (arrived.some((some) => !some.some((one) => one.effective))) return dormant('no-effect')
  return { verdict: isRight(outcome) ? 'held' : 'broke', dormantBecause: null }
}

const dormant = (dormantBecause: Dormancy): Judgement => ({ verdict: 'dormant', dormantBecause })

// Without a baseline nothing can be asked, and it is the testbed that lost it.
const isVoid = (outcome: Outcome) =>
  outcome.kind === 'void' || (outcome.kind === 'not-run' && outcome.reason === 'baseline-void')
