/** The time, handed down so that nothing below the cli reaches for it. */
export type Clock = Readonly<{
  /** Milliseconds since some fixed moment; only differences mean anything. */
  now(): number
  /** Does something later; the function returned calls it off. */
  after(milliseconds: number, action: () => void): () => void
}>

/** A clock that stands still and never rings. */
export const stoppedClock: Clock = { now: () => 0, after: () => () => undefined }
