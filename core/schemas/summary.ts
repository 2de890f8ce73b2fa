import { z } from 'zod'
import { categories, tiers } from '../taxonomy.js'
import { injectorUsageSchema } from './injection-line.js'

const count = z.int().min(0)

/** A proportion, never without its n and its interval. `mean` is null when n is 0. */
const scoreSchema = z.strictObject({
  mean: z.number().nullable(),
  low: z.number(),
  high: z.number(),
  n: count,
})
export type Score = Readonly<z.infer<typeof scoreSchema>>

/**
 * A difference or a mean of proportions, which may leave 0 to 1; `n` counts tasks. Null bounds when too few tasks allow
 * none.
 */
const estimateSchema = z.strictObject({
  mean: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: count,
})
export type Estimate = Readonly<z.infer<typeof estimateSchema>>

const tierScoreSchema = z
  .strictObject({
    occurrence: z.number(),
    local: z.number(),
    success: z.number(),
    triggered: count,
  })
  .nullable()

/** One system x scenario x fault. */
const cellSchema = z.strictObject({
  system: z.string(),
  scenario: z.string(),
  fault: z.string(),
  tasks: count.describe('tasks with at least one counted trial'),
  n: count.describe('held + broke'),
  held: count,
  broke: count,
  dormant: count,
  void: count,
  applicable: z.boolean().describe('false when no baseline offers a site'),
  recoverable: z
    .boolean()
    .describe('false when only luck can reach a right answer: shown apart, in no system score'),
  coverage: z
    .number()
    .nullable()
    .describe('counted / (counted + not reached + not written + void)'),
  measured: z
    .boolean()
    .describe(
      'false when coverage is below 0.9 or over 5 % of the run is void: no score may be drawn from it',
    ),
  robustness: scoreSchema.describe('on these tasks'),
  robustnessOnTasksLikeThese: estimateSchema,
  placebo: scoreSchema,
  damage: estimateSchema.describe('placebo minus robustness, as fractions'),
  relative: estimateSchema.describe('robustness over placebo'),
  tiers: z.record(z.enum(tiers), tierScoreSchema),
  detection: z.number().nullable().describe('null when behaviours were not looked for'),
  behaviours: z.record(z.string(), count),
  verified: z.record(z.string(), count),
  leftOut: z.strictObject({
    ineligible: count,
    noSite: count,
    notReached: count,
    notWritten: count.describe('reached, but the injector model wrote nothing that could be used'),
    noEffect: count,
    notRecoverable: count,
  }),
})
export type Cell = Readonly<z.infer<typeof cellSchema>>

/** One system over all its cells. */
const systemSummarySchema = z.strictObject({
  system: z.string(),
  score: estimateSchema.describe(
    'relative robustness per fault, mean per category, mean over categories',
  ),
  worst: z.strictObject({ category: z.enum(categories), score: estimateSchema }).nullable(),
  baseline: scoreSchema,
  faultsMeasured: count,
  faultsPlanned: count,
  calls: z.number().nullable().describe('model calls of a baseline trial, mean'),
})
export type SystemSummary = Readonly<z.infer<typeof systemSummarySchema>>

/** Everything that reports show: `summary.json`. */
export const summarySchema = z.strictObject({
  schema: z.literal(1),
  tool: z.strictObject({ name: z.literal('firedrill'), version: z.string() }),
  run: z.strictObject({
    id: z.string(),
    evidence: z.enum(['simulated', 'measured']),
    models: z.array(
      z.strictObject({
        id: z.string(),
        kind: z.enum(['simulated', 'provider', 'own']),
        hash: z.string(),
      }),
    ),
    seeds: z.array(z.int()),
    injector: z
      .strictObject({
        id: z.string(),
        writes: z.array(z.string()),
        leaves: z.array(z.string()),
      })
      .nullable()
      .describe('the injector model and its faults; null when programs write all changes'),
  }),
  totals: z.strictObject({
    trials: count.describe('trials with a line, those included for which there was nothing to run'),
    planned: count.describe('trials of the plan; more than `trials` while a run is not finished'),
    notRun: count.describe(
      'trials for which there was nothing to run: ineligible, no site, no effect',
    ),
    held: count,
    broke: count,
    dormant: count,
    void: count,
    calls: count,
    tokens: count,
    costUsd: z.number().nullable().describe('null when the cost of any trial is not known'),
    injector: injectorUsageSchema.describe('the injector model; in none of the numbers above'),
    seconds: z
      .number()
      .nullable()
      .describe('null for simulated runs, whose trials have no duration'),
    unread: count,
    placeboDiffers: count.describe('placebo trials whose trace differs from the baseline'),
  }),
  cells: z.array(cellSchema),
  systems: z.array(systemSummarySchema),
  gates: z.array(
    z.strictObject({
      rule: z.string(),
      actual: scoreSchema,
      verdict: z.enum(['passed', 'failed', 'undecided']),
    }),
  ),
  verdict: z.enum(['passed', 'failed', 'undecided', 'none']),
})
export type Summary = Readonly<z.infer<typeof summarySchema>>
