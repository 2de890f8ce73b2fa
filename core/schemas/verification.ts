import { z } from 'zod'
import { tiers } from '../taxonomy.js'

const count = z.int().min(0)

/** Why a trial could not be repeated without some defences. */
export const untestableReasons = [
  'site-gone',
  'baseline-broke',
  'not-run',
  'dormant',
  'void',
] as const
export type UntestableReason = (typeof untestableReasons)[number]

/** A held trial repeated once: same task, seed and sites, without some of the defences of its system. */
const removalSchema = z.strictObject({
  ids: z.array(z.string()).min(1).describe('defences that were left out'),
  tiers: z.array(z.enum(tiers)).describe('their tiers, each once'),
  trial: z.string().describe('id of the repeated trial, which `replay` takes'),
  outcome: z.enum(['broke', 'held', 'untestable']),
  because: z
    .enum(untestableReasons)
    .nullable()
    .describe(
      'why it says nothing: the sites are gone, the task fails unharmed, no such trial, the fault does not act, or the testbed failed',
    ),
  behaviours: z
    .array(z.string().nullable())
    .default([])
    .describe('what was recognised in the repeated trial, one for each fault that acted'),
  calls: count,
  tokens: count,
  baselineTokens: count.describe('of the baseline without them, which repeated trials share'),
})
export type Removal = Readonly<z.infer<typeof removalSchema>>

/** What came of taking the defences out: one saved the trial, one of several did, none did, or nobody knows. */
export const verificationVerdicts = ['necessary', 'redundant', 'unexplained', 'untestable'] as const

const savedBySchema = z.strictObject({
  defences: z.array(z.string()).min(1).describe('without all of these the trial broke'),
  tiers: z.array(z.enum(tiers)).describe('their tiers, each once'),
})

/** The proof by removal of one held trial: a line of `verifications.jsonl`. */
export const verificationLineSchema = z.strictObject({
  schema: z.literal(1),
  key: z.string().describe('of the held trial'),
  attempt: z.int().min(1).describe('of the held trial'),
  id: z.string().describe('of the held trial'),
  verdict: z.enum(verificationVerdicts),
  defences: z.array(removalSchema).describe('what was left out, in the order in which it was'),
  pairsLeftOut: count.describe('pairs of defences that were not tried, since there are too many'),
  verified: z
    .array(savedBySchema)
    .describe('necessary: each defence that was; redundant: the several that sufficed'),
  calls: count.describe('model calls of the repeated trials, their baselines aside'),
  tokens: count.describe('of the repeated trials, their baselines aside'),
  costUsd: z.number().nullable().describe('null when it is not known'),
})
export type VerificationLine = Readonly<z.infer<typeof verificationLineSchema>>
