/** The sentence that has a booking taken back. */
export const cancelling = (id: string): string => `Cancel booking ${id}.`

/** The booking that a sentence has taken back; null when it is about something else. */
export const bookingToCancel = (sentence: string): string | null =>
  /^Cancel booking (\S+?)\.?$/.exec(sentence)?.[1] ?? null
