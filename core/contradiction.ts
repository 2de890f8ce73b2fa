import type { Tier } from './taxonomy.js'

/** Trials of one fault in which what was seen and what removal proved do not agree. */
export type Contradiction = Readonly<{
  /** A tier succeeded to the eye that no removal confirms, or removal proves one that no behaviour names. */
  kind: 'seen-not-verified' | 'verified-not-seen'
  tier: Tier
  /** Without its parameters. */
  fault: string
  /** The behaviours that were recognised and say so. */
  behaviour: string
  /** What saved the trials: defences, or the verdict where there is none. */
  verified: string
  count: number
  /** Id of one of the trials. */
  example: string
}>
