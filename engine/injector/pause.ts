import type { Clock } from '../../core/clock.js'

/** The time of a trial in which its system waits for a text of the injector model: it is none of the system's. */
export type Pause = Readonly<{
  during: <Result>(work: Promise<Result>) => Promise<Result>
  /** Milliseconds so far; several waits at the same time count once. */
  total: () => number
}>

/** A pause of one trial. */
export function createPause(clock: Clock): Pause {
  let waiting = 0
  let since = 0
  let sum = 0
  return {
    async during(work) {
      if (waiting++ === 0) since = clock.now()
      try {
        return await work
      } finally {
        if (--waiting === 0) sum += clock.now() - since
      }
    },
    total: () => sum + (waiting > 0 ? clock.now() - since : 0),
  }
}
