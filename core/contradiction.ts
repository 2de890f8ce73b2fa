import type { Tier } from './taxonomy.js'

/**
 * Why what was seen and what removal proved differ.
 *
 * `not-needed`: without a defence of the tier another behaviour is seen, so the defence had acted, and the trial holds all
 * the same. `beside`: the behaviour credits another tier as well, which removal cannot exclude. `other-tier`: what saved the
 * trial was declared with another tier. `undeclared`: the same behaviour is seen without all defences, so that what acted is a
 * part of the system that is no declared defence. `silent`: the behaviour does not speak of the tier at all, removal shows
 * what it rested on. `unknown`: none of these.
 */
export const disagreements = [
  'not-needed',
  'beside',
  'other-tier',
  'undeclared',
  'silent',
  'unknown',
] as const
export type Disagreement = (typeof disagreements)[number]

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
  because: Disagreement
  count: number
  /** Id of one of the trials. */
  example: string
}>
