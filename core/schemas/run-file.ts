import { z } from 'zod'
import { triggers } from '../fault.js'

/** A fault as a plan has it: with its parameters and when it shall fire. */
const plannedFaultSchema = z.strictObject({
  id: z.string(),
  parameters: z.record(z.string(), z.number()),
  trigger: z.enum(triggers),
})
export type PlannedFault = Readonly<z.infer<typeof plannedFaultSchema>>

/** What is set in one trial: a fault, and others beside it. */
const faultsOfTrialSchema = plannedFaultSchema.extend({
  also: z.array(plannedFaultSchema).optional().describe('other faults set in the same trial'),
})

/** The plan of a run: systems x scenarios x faults x tasks x seeds. */
const planSchema = z.strictObject({
  systems: z.array(
    z.strictObject({
      id: z.string(),
      without: z.array(z.string()),
      codeHash: z.string(),
      path: z
        .string()
        .nullable()
        .describe('for a system given by path; relative to the working folder'),
    }),
  ),
  scenarios: z.array(
    z.strictObject({ id: z.string(), tasks: z.array(z.string()), tasksHash: z.string() }),
  ),
  faults: z.array(faultsOfTrialSchema),
  site: z.string(),
  seeds: z.array(z.int()),
  model: z.strictObject({
    id: z.string(),
    kind: z.enum(['simulated', 'provider', 'own']),
    hash: z.string(),
  }),
})

/** What a run is: `run.json`, written before the first trial. */
export const runFileSchema = z.strictObject({
  schema: z.literal(1),
  tool: z.strictObject({ name: z.literal('firedrill'), version: z.string() }),
  id: z.string(),
  planId: z.string(),
  plan: planSchema,
  arguments: z
    .record(z.string(), z.unknown())
    .describe('what was asked for, to repeat or resume it'),
  versions: z.record(z.string(), z.string()),
  commit: z.string().nullable(),
  created: z.string(),
})
export type RunFile = Readonly<z.infer<typeof runFileSchema>>
