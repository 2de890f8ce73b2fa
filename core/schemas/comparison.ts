import { z } from 'zod'
import { estimateSchema, scoreSchema } from './summary.js'

const count = z.int().min(0)
const chance = z.number().min(0).max(1).nullable()

/** One of the two that are compared: a system in a run. */
const sideSchema = z.strictObject({
  run: z.string(),
  system: z.string(),
  without: z.array(z.string()).describe('defences that are taken out'),
  models: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      hash: z.string(),
      sweep: z.literal(true).optional(),
    }),
  ),
})
export type ComparedSide = Readonly<z.infer<typeof sideSchema>>

const taskSchema = z.strictObject({ scenario: z.string(), task: z.string() })

/** One fault on the trials that both sides have. */
const comparedFaultSchema = z.strictObject({
  fault: z.string(),
  tasks: count,
  a: scoreSchema.describe('on these tasks'),
  b: scoreSchema.describe('on these tasks'),
  difference: estimateSchema.describe('b minus a, mean over tasks; n counts tasks'),
  p: chance,
  q: chance.describe('adjusted by Benjamini and Hochberg over all faults of all comparisons'),
  onlyA: count.describe('trials that only a held'),
  onlyB: count.describe('trials that only b held'),
  look: z.boolean().describe('worth a look: q at most 0.1, and the interval is beside 0'),
})
export type ComparedFault = Readonly<z.infer<typeof comparedFaultSchema>>

const mean = z.number().nullable()
const costSchema = z.strictObject({
  calls: mean.describe('model calls of a trial, mean'),
  tokens: mean.describe('tokens of a trial, mean'),
  supersteps: mean.describe('supersteps of a trial, mean'),
  callsPerHeld: mean.describe('calls of all trials for each that held; null when none held'),
  tokensPerHeld: mean.describe('tokens of all trials for each that held; null when none held'),
})
export type ComparedCost = Readonly<z.infer<typeof costSchema>>

/** Two systems on the trials that both have: same scenario, fault, task and seed, counted on both sides. */
const comparedSchema = z.strictObject({
  a: sideSchema,
  b: sideSchema,
  removed: z.array(z.string()).describe('defences that b lacks and a has'),
  restored: z.array(z.string()).describe('defences that a lacks and b has'),
  scenarios: z.array(z.string()),
  tasks: count,
  seeds: z.array(z.int()),
  trials: count.describe('trials of faults that each side has'),
  faults: z.array(comparedFaultSchema),
  notCompared: z
    .array(
      z.strictObject({
        scenario: z.string(),
        fault: z.string(),
        because: z.enum(['only a', 'only b', 'neither', 'no trial in common']),
      }),
    )
    .describe('cells without a score on one side or both'),
  robustness: z.strictObject({
    a: scoreSchema,
    b: scoreSchema,
    difference: estimateSchema.describe('b minus a, mean over tasks; n counts tasks'),
    p: chance,
  }),
  score: z.strictObject({
    a: estimateSchema,
    b: estimateSchema,
    difference: estimateSchema.describe('b minus a; n counts tasks'),
    faults: count,
    p: chance,
    adjusted: chance.describe('p corrected by Holm over all comparisons'),
  }),
  better: z
    .enum(['a', 'b'])
    .nullable()
    .describe('by score; null: no difference was found, or fewer than 6 tasks'),
  cost: z.strictObject({
    a: costSchema,
    b: costSchema,
    change: costSchema.describe('b over a, minus 1'),
  }),
  onlyA: z.array(taskSchema).describe('tasks of which only a has trials that count'),
  onlyB: z.array(taskSchema).describe('tasks of which only b has trials that count'),
})
export type Compared = Readonly<z.infer<typeof comparedSchema>>

/** What `firedrill compare` prints with --json. */
export const comparisonSchema = z.strictObject({
  schema: z.literal(1),
  tool: z.strictObject({ name: z.literal('firedrill'), version: z.string() }),
  evidence: z.enum(['simulated', 'measured']),
  by: z.enum(['system', 'defence', 'run']),
  notices: z.array(z.string()).describe('what differs besides what is compared'),
  comparisons: z.array(comparedSchema),
})
export type Comparison = Readonly<z.infer<typeof comparisonSchema>>
