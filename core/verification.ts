import type { Contradiction } from './contradiction.js'
import type { UntestableReason } from './schemas/verification.js'
import type { Tier } from './taxonomy.js'

/** What taking one defence out of a system came to, counted in held trials. */
export type VerifiedDefence = Readonly<{
  id: string
  tier: Tier
  /** Broke without it alone. */
  needed: number
  /** Broke without it and others: one of several that suffice. */
  among: number
  /** Held without it alone. */
  spared: number
  untestable: Readonly<Partial<Record<UntestableReason, number>>>
}>

/** What proof by removal says of one system. */
export type SystemVerification = Readonly<{
  system: string
  /** Held trials that can be verified. */
  candidates: number
  tried: number
  necessary: number
  redundant: number
  unexplained: number
  untestable: number
  /** Unexplained trials in which some defence could not be taken out. */
  partly: number
  /** In declared order. */
  defences: readonly VerifiedDefence[]
  /** Sets of defences that sufficed, with how many trials they saved. */
  sets: Readonly<Record<string, number>>
}>

/** What proof by removal says of a run. */
export type RunVerification = Readonly<{
  run: string
  evidence: 'simulated' | 'measured'
  systems: readonly SystemVerification[]
  contradictions: readonly Contradiction[]
}>
