/** The time, handed down so that nothing below the cli reaches for it. */
export type Clock = Readonly<{
  /** Milliseconds since some fixed moment; only differences mean anything. */
  now(): number
}>

/** A clock that stands still, for trials whose bytes may not depend on time. */
export const stoppedClock: Clock = { now: () => 0 }
