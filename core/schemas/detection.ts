import { z } from 'zod'
import { unnamed } from './judgement.js'
import { judgeUsageSchema, scoreSchema } from './summary.js'

const count = z.int().min(0)

/** How the behaviours of one fault were decided. All shares are of the same n: trials in which the fault acted. */
const decidedFaultSchema = z.strictObject({
  fault: z.string(),
  n: count,
  program: scoreSchema.describe('a program said which behaviour it is'),
  heuristic: scoreSchema.describe('a program with expected errors said it'),
  judge: scoreSchema.describe('a judge model said it'),
  undetermined: scoreSchema.describe('only a judge model could tell'),
  unclassified: scoreSchema.describe('none of the behaviours that are known'),
  doubtful: scoreSchema.describe(
    'decided, although only a judge model can tell whether a behaviour that comes first is seen as well',
  ),
})
export type DecidedFault = Readonly<z.infer<typeof decidedFaultSchema>>

/** What `detect` says of a run. */
export const detectionSchema = z.strictObject({
  schema: z.literal(1),
  tool: z.strictObject({ name: z.literal('firedrill'), version: z.string() }),
  run: z.strictObject({ id: z.string(), evidence: z.enum(['simulated', 'measured']) }),
  trials: count.describe('trials with a fault that were looked at again'),
  changed: count.describe('of these, the trials that are seen otherwise than when they were run'),
  withoutTrace: count.describe('trials in which a fault acted and whose trace was not kept'),
  faults: z.array(decidedFaultSchema),
  judge: judgeUsageSchema.nullable().describe('null when no judge model was asked'),
  unanswered: z
    .partialRecord(z.enum(unnamed), count)
    .describe('why the judge model named no behaviour, and how often'),
})
export type Detection = Readonly<z.infer<typeof detectionSchema>>
