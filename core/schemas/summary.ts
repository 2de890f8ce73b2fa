import { z } from 'zod'
import { gateVerdicts } from '../gate.js'
import { categories, tiers } from '../taxonomy.js'
import { deciders } from './behaviour.js'
import { importedSchema } from './imported.js'
import { injectorUsageSchema } from './injection-line.js'
import { unfitSchema } from './unfit.js'

const count = z.int().min(0)

/** A proportion, never without its n and its interval. `mean` is null when n is 0. */
export const scoreSchema = z.strictObject({
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
export const estimateSchema = z.strictObject({
  mean: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: count,
})
export type Estimate = Readonly<z.infer<typeof estimateSchema>>

/** What a tier of defences came to; null when no trial triggered it, never 0 (MAS-FIRE, section 5). */
const tierScoreSchema = z
  .strictObject({
    triggered: count.describe('trials whose behaviour speaks of the tier'),
    occurrence: scoreSchema.describe('triggered, of the trials with a recognised behaviour'),
    local: scoreSchema.describe('triggered with success, of the triggered: recovered here'),
    success: scoreSchema.describe('right in the end, of the triggered'),
  })
  .nullable()
export type TierScore = NonNullable<Readonly<z.infer<typeof tierScoreSchema>>>

/** What became of held trials when defences were taken out: proof, not interpretation. */
const verifiedSchema = z.strictObject({
  tried: count.describe('held trials that were repeated without defences'),
  defences: z
    .record(z.string(), count)
    .describe('trials that broke without this defence alone, or without this pair (a+b)'),
  tiers: z
    .partialRecord(z.enum(tiers), count)
    .describe('trials that a defence of the tier saved; not named: none of it was taken out'),
  redundant: count.describe('broke only when a pair was taken out: several suffice'),
  unexplained: count.describe('held without any of the declared defences'),
  untestable: count.describe('could not be repeated: site gone, or the task fails without them'),
})
export type Verified = Readonly<z.infer<typeof verifiedSchema>>

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
  everyTime: estimateSchema.describe('chance that three seeds of a task all hold'),
  decidedEarly: z
    .boolean()
    .describe('true when a gate was decided before all planned trials were executed'),
  tiers: z.record(z.enum(tiers), tierScoreSchema),
  detection: scoreSchema.describe(
    'trials in which somebody noticed, of the counted ones that were watched',
  ),
  behaviours: z
    .array(
      z.strictObject({
        id: z.string().nullable().describe('null: none that is known'),
        n: count,
        held: count,
        by: z.partialRecord(z.enum(deciders), count),
        undecided: count.describe('only a judge model could have said whether it is another'),
      }),
    )
    .describe('what was recognised in the counted trials, in the order of the rules'),
  undetermined: count.describe('counted trials in which only a judge model could tell'),
  spread: z
    .strictObject({
      agents: estimateSchema.describe('agents that passed the fault on, mean'),
      containment: estimateSchema.describe(
        'steps from the injection to what stopped it, mean; where a line does not say when it was injected, from the first divergent call',
      ),
      contained: count,
      n: count.describe('trials whose spread is known'),
    })
    .nullable(),
  verified: verifiedSchema.nullable().describe('null when no defence was taken out'),
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
  robustness: scoreSchema.describe('all counted trials together, on these tasks'),
  everyTime: estimateSchema.describe('chance that three seeds of a task all hold'),
  baseline: scoreSchema,
  tiers: z
    .record(z.enum(tiers), tierScoreSchema)
    .describe('over the counted trials of all cells that have a rate of their own'),
  detection: scoreSchema.describe('over the same trials, those that were watched'),
  undetermined: count.describe(
    'of the watched trials those in which only a judge model could tell',
  ),
  verified: verifiedSchema
    .nullable()
    .describe('of the same trials; null: no defence was taken out'),
  faultsMeasured: count,
  faultsPlanned: count,
  calls: z.number().nullable().describe('model calls of a baseline trial, mean'),
})
export type SystemSummary = Readonly<z.infer<typeof systemSummarySchema>>

/** A stop rule's look: at so many counted trials it fails, passes or goes on. */
export const lookSchema = z.strictObject({
  n: count,
  failAt: z.int().describe('fails with so many held or fewer; -1: cannot fail yet'),
  passAt: z.int().describe('passes with so many held or more; n + 1: cannot pass yet'),
})
export type Look = Readonly<z.infer<typeof lookSchema>>

/** What a gate asks of one system, or of the whole run. */
const subjectSchema = z.strictObject({
  system: z.string().nullable().describe('null: the whole run'),
  part: z.string().nullable().describe('the category or fault of a worst.* gate'),
  unit: z.enum(['trials', 'tasks']).describe('what n and `more` count'),
  actual: estimateSchema.describe('counts of what happened have no interval'),
  verdict: z
    .enum([...gateVerdicts, 'no site', 'only luck'])
    .describe('no site, only luck: no trial of this system could count'),
  p: z.number().nullable().describe('of failing by chance, corrected by Holm; null if not tested'),
  because: z
    .enum([
      'not measured',
      'no trials',
      'too few tasks',
      'no interval',
      'no baseline file',
      'unknown',
      'unfinished',
      'too close',
    ])
    .nullable()
    .describe('why there is no verdict'),
  lost: z.array(z.string()).describe('faults whose cells were not measured'),
  more: count.nullable().describe('about so many more trials or tasks at this rate would decide'),
  early: z
    .strictObject({ after: count, longest: count })
    .nullable()
    .describe('decided by a stop rule after so many of at most so many trials'),
})
export type GateSubject = Readonly<z.infer<typeof subjectSchema>>

const gateResultSchema = z.strictObject({
  rule: z.string(),
  metric: z.string(),
  comparison: z.enum(['>=', '<=']),
  bound: z.number(),
  fail: z.number().nullable().describe('the other end of a zone'),
  scenarios: z.array(z.string()).describe('whose cells it asks about'),
  faults: z.array(z.string()).describe('whose cells it asks about'),
  declared: z.boolean().describe('false when it was asked for after the run'),
  verdict: z.enum(gateVerdicts),
  subjects: z.array(subjectSchema),
})
export type GateResult = Readonly<z.infer<typeof gateResultSchema>>

/** Two systems of a run on the score of the faults and tasks that both have. */
const pairSchema = z.strictObject({
  a: z.string(),
  b: z.string(),
  tasks: count,
  faults: count,
  difference: estimateSchema.describe('b minus a'),
  p: z.number().nullable(),
  adjusted: z.number().nullable().describe('p corrected by Holm over all pairs'),
  better: z.string().nullable().describe('null: no difference was found'),
})

/** What of a run holds whatever the temper of the model is. */
const sweepSchema = z.strictObject({
  tempers: count.describe('tempers of the run: its seeds'),
  cells: z
    .array(
      z.strictObject({
        system: z.string(),
        scenario: z.string(),
        fault: z.string(),
        tag: z
          .enum(['wiring', 'assumption', 'too few'])
          .describe('wiring: the graph decides, not the temper; too few: tempers for a word'),
        tempers: count.describe('tempers with a counted trial'),
        n: count.describe('counted trials'),
        most: count.describe('those with the more frequent result'),
      }),
    )
    .describe('cells that have a score'),
  contrasts: z
    .array(
      z.strictObject({
        a: z.string(),
        b: z.string(),
        scenario: z.string().nullable().describe('null: over all that both have'),
        fault: z.string().nullable().describe('null: the score of all faults that both have'),
        tag: z
          .enum(['wiring', 'stable', 'assumption', 'too few'])
          .describe('stable: one sign in nearly all tempers'),
        aHigher: count,
        bHigher: count,
        even: count,
        higher: z.string().nullable().describe('null where no order may be told'),
      }),
    )
    .describe('systems compared with each other, temper by temper'),
})
export type Sweep = Readonly<z.infer<typeof sweepSchema>>

/** A limit of calls as runs keep it. */
export const trialCallsSchema = z
  .string()
  .regex(/^[1-9]\d*((\.[1-9])?x)?$/)
  .describe('at most so many calls in a trial, or 2x those of its baseline; absent when not given')

/** What a judge model was asked and took; it is in none of the numbers of the run. */
export const judgeUsageSchema = z.strictObject({
  id: z.string(),
  asked: count.describe(
    'questions: behaviours that only a judge can tell, of one fault of a trial',
  ),
  decided: count.describe('with a behaviour, or because it says that it is none of them'),
  undetermined: count.describe('asked without an answer that could be used'),
  tokens: z.number().nullable().describe('null when the server of any call did not say'),
  costUsd: z.number().nullable().describe('null when it is not known'),
})
export type JudgeUsage = Readonly<z.infer<typeof judgeUsageSchema>>

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
        sweep: z.literal(true).optional(),
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
    judge: judgeUsageSchema.nullable().describe('the judge model; null when none was asked'),
    trialCalls: trialCallsSchema.optional(),
    unfit: z
      .array(unfitSchema)
      .optional()
      .describe('systems that do not do a work of the run, and why; absent when all do all'),
    attributions: z
      .array(z.strictObject({ scenario: z.string(), text: z.string() }))
      .optional()
      .describe('where the material of scenarios comes from; absent when none is of others'),
    imported: importedSchema.optional().describe('present when others executed the trials'),
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
  pairs: z.array(pairSchema).describe('systems compared with each other'),
  look: z
    .array(
      z.strictObject({
        system: z.string(),
        scenario: z.string(),
        fault: z.string(),
        damage: estimateSchema,
        q: z.number().describe('adjusted by Benjamini and Hochberg over all cells'),
      }),
    )
    .describe('cells worth a look; decides nothing'),
  sweep: sweepSchema.optional().describe('present when every seed was another temper of the model'),
  weights: z
    .strictObject({ name: z.string(), of: z.record(z.string(), z.number()) })
    .nullable()
    .describe('weights of categories in scores; null: all weigh the same'),
  stopping: z
    .strictObject({ saved: count, decided: count, givenUp: count, of: count })
    .nullable()
    .describe(
      'trials that were saved, and how many questions were decided early or given up since none of their trials counted',
    ),
  baselineFile: z
    .strictObject({
      run: z.string(),
      created: z.string(),
      notices: z.array(z.string()),
    })
    .nullable(),
  gates: z.array(gateResultSchema),
  verdict: z.enum(['passed', 'failed', 'undecided', 'none']),
})
export type Summary = Readonly<z.infer<typeof summarySchema>>
