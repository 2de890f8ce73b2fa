import type { Clock } from '../core/clock.js'
import { type Limits, reachedBy, type Spent, type Used, usedBy } from './limits.js'

/** Watches what a run uses. */
export type Budget = Readonly<{
  /** Aborted as soon as a limit is reached: no further trial is begun. */
  signal: AbortSignal
  /** One more trial is finished. */
  add: (line: Spent) => void
  /** Which limit was reached at which value, and how to go on; null when none was. */
  reached: () => Readonly<{ says: string; goOn: string }> | null
  end: () => void
}>

/**
 * Opens the budget of a session. Tokens and cost count for the whole run, its stored trials included; time is that of
 * this session.
 */
export function openBudget(limits: Limits, stored: readonly Spent[], clock: Clock): Budget {
  const controller = new AbortController()
  const started = clock.now()
  let used: Used = usedBy(stored)
  let first: keyof Limits | null = null
  const reach = (limit: keyof Limits | null) => {
    if (limit === null || first !== null) return
    first = limit
    controller.abort()
  }
  reach(reachedBy(limits, used))
  const callOff =
    limits.milliseconds === null
      ? () => undefined
      : clock.after(limits.milliseconds, () => reach('milliseconds'))
  return {
    signal: controller.signal,
    add(line) {
      const more = usedBy([line])
      used = { tokens: used.tokens + more.tokens, cost: used.cost + more.cost }
      reach(reachedBy(limits, used))
      // A run that never waits leaves timers no turn; what they would have said is said here.
      const { milliseconds } = limits
      if (milliseconds !== null && clock.now() - started >= milliseconds) reach('milliseconds')
    },
    reached: () =>
      first === null ? null : notice(first, limits, { used, ms: clock.now() - started }),
    end: callOff,
  }
}

function notice(
  limit: keyof Limits,
  { tokens, milliseconds, cost }: Limits,
  { used, ms }: Readonly<{ used: Used; ms: number }>,
): Readonly<{ says: string; goOn: string }> {
  const number = (value: number) => value.toLocaleString('en-US')
  const seconds = (value: number) => `${number(Math.round(value) / 1000)} s`
  switch (limit) {
    case 'tokens':
      return {
        says: `The limit of tokens is reached: ${number(used.tokens)} of ${number(tokens ?? 0)}.`,
        goOn: '--max-tokens MORE',
      }
    case 'milliseconds':
      return {
        says: `The limit of time is reached: ${seconds(ms)} of ${seconds(milliseconds ?? 0)}.`,
        goOn: '--max-time MORE',
      }
    case 'cost':
      return {
        says: `The limit of cost is reached: $${used.cost.toFixed(2)} of $${(cost ?? 0).toFixed(2)}.`,
        goOn: '--max-cost MORE',
      }
    default:
      return limit satisfies never
  }
}
