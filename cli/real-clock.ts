import type { Clock } from '../core/clock.js'

/** The clock of the machine. */
export const realClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** Today, as runs are dated. */
export const now = (): Date => new Date()
