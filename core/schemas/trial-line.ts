import { z } from 'zod'
import { behaviourSchema, spreadSchema } from './behaviour.js'
import { injectorUsageSchema, noInjectorUsage } from './injection-line.js'
import { outcomeSchema } from './outcome.js'

/** What a trial says about the system; null for arms that ask no question (baseline, placebo, not scored). */
const verdicts = ['held', 'broke', 'dormant', 'void'] as const
export type Verdict = (typeof verdicts)[number]

/** One occurrence of a fault: where, and what became of it. */
const injectionSchema = z.strictObject({
  fault: z.string(),
  site: z.string().describe('address of the site, for instance call:engineer#0/model#0.0'),
  agent: z.string(),
  changed: z.boolean().describe('the payload after is not the payload before, normalised'),
  delivered: z.boolean().describe('the changed payload reached its receiver'),
  effective: z.boolean().describe('delivered, and what was changed mattered to the baseline'),
  recoverable: z.boolean().describe('a right answer could still be reached otherwise than by luck'),
  by: z.enum(['program', 'model']).describe('who wrote the change: a program or an injector model'),
  note: z.string().nullable().describe('what else is to be known of it'),
})
export type Injection = Readonly<z.infer<typeof injectionSchema>>

/** One finished trial: a line of `trials.jsonl`. */
export const trialLineSchema = z.strictObject({
  schema: z.literal(1),
  key: z.string().describe('hash of everything that decides the trial'),
  attempt: z.int().min(1),
  id: z.string(),
  arm: z.enum(['baseline', 'placebo', 'fault']),
  system: z.string(),
  scenario: z.string(),
  fault: z.string(),
  task: z.string(),
  seed: z.int(),
  outcome: outcomeSchema,
  verdict: z.enum(verdicts).nullable(),
  dormantBecause: z
    .enum(['no-site', 'not-reached', 'not-written', 'no-effect'])
    .nullable()
    .describe('not-written: the injector model wrote nothing usable, so that the program did'),
  sameAsBaseline: z.boolean().nullable().describe('trace equal to the baseline, byte for byte'),
  injections: z
    .array(injectionSchema)
    .describe('at most six, those that mattered first; the trace has all'),
  behaviours: z
    .array(behaviourSchema)
    .describe('one for each fault that acted; none where no fault was set or none acted'),
  noticed: z
    .int()
    .nullable()
    .default(null)
    .describe('step at which somebody doubted, asked or rejected because of the fault'),
  spread: spreadSchema.nullable().default(null),
  supersteps: z.int(),
  calls: z.int(),
  tokens: z.int(),
  costUsd: z.number().nullable().describe('null when it is not known'),
  injector: injectorUsageSchema
    .default(noInjectorUsage)
    .describe('what was asked of the injector model for this trial; in none of the numbers above'),
  unread: z.int().describe('sentences that the simulated model could not read'),
  duration: z.number().nullable().describe('seconds; null for simulated trials, which have none'),
})
export type TrialLine = Readonly<z.infer<typeof trialLineSchema>>
