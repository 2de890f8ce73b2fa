import type { Limit } from '../core/schemas/outcome.js'
import type { TrialCalls } from '../core/trial-calls.js'
import { Deliberate } from './seams/context.js'

/**
 * What one trial may use. `steps` are supersteps of one graph, `routes` what nodes have sent on in all of them, and
 * `seconds` wall time.
 */
export type Budget = Usage & Readonly<{ seconds: number }>

/** What a baseline may use, about which nothing is known yet. */
export const baselineBudget: Budget = {
  ...{ steps: 100, routes: 5_000, calls: 200, tokens: 2_000_000, seconds: 120 },
}

/** What was used. */
export type Usage = Readonly<{ steps: number; routes: number; calls: number; tokens: number }>

/** What a baseline may use under a limit of calls; one that is a multiple of its own calls does not bind it. */
export const baselineWithin = (limit: TrialCalls | null, budget = baselineBudget): Budget =>
  limit?.kind === 'most' ? { ...budget, calls: limit.most } : budget

/**
 * What a trial may use when its baseline used so much: four times that and a little more, so that a fault can cost
 * extra steps but an endless loop ends; as many calls as its own limit says, if it has one. `swelling`: tokens that a
 * fault puts into every call, which are not the system's.
 */
export function budgetFrom(
  used: Usage,
  { limit = null, swelling = 0 }: Readonly<{ limit?: TrialCalls | null; swelling?: number }> = {},
): Budget {
  const calls = limit ? callsWithin(limit, used.calls) : 4 * used.calls + 60
  return {
    steps: 4 * used.steps + 25,
    // Room for some thousand copies of a message. Where everybody wakes everybody, a few supersteps would take hours and
    // all memory, long before they are used up.
    routes: 20 * used.routes + baselineBudget.routes,
    calls,
    tokens: 10 * used.tokens + 100_000 + calls * swelling,
    seconds: baselineBudget.seconds,
  }
}

const callsWithin = (limit: TrialCalls, ofBaseline: number): number =>
  limit.kind === 'most' ? limit.most : Math.ceil((limit.tenths * ofBaseline) / 10)

/** Thrown inside a system when its trial has used up its budget; the outcome is `stalled`, whoever catches it. */
class LimitReached extends Deliberate {
  override readonly name = 'LimitReached'
  readonly limit: Limit
  constructor(limit: Limit) {
    super(`The trial's limit of ${limit} is reached.`)
    this.limit = limit
  }
}

/** Counts what a trial uses and throws when it is too much. */
export type Meter = Readonly<{
  used: () => Usage
  /** The limit that was reached first, kept even if the system swallows the error. */
  reached: () => Limit | null
  step: (superstep: number) => void
  /** Too many routes are too many steps: it is the same loop, in width. */
  route: (count: number) => void
  call: () => void
  tokens: (count: number) => void
  /** Ends the trial for a reason that is not counted here. */
  stop: (limit: Limit) => void
}>

/** A meter for one trial. */
export function createMeter(budget: Budget): Meter {
  let used: Usage = { steps: 0, routes: 0, calls: 0, tokens: 0 }
  let reached: Limit | null = null
  const check = (limit: Exclude<Limit, 'time'>, of: keyof Usage = limit) => {
    if (used[of] > budget[of]) reached ??= limit
    if (reached) throw new LimitReached(reached)
  }
  return {
    used: () => used,
    reached: () => reached,
    step(superstep) {
      used = { ...used, steps: Math.max(used.steps, superstep) }
      check('steps')
    },
    route(count) {
      used = { ...used, routes: used.routes + count }
      check('steps', 'routes')
    },
    call() {
      used = { ...used, calls: used.calls + 1 }
      check('calls')
    },
    tokens(count) {
      used = { ...used, tokens: used.tokens + count }
      check('tokens')
    },
    stop(limit) {
      reached ??= limit
    },
  }
}
