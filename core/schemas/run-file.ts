import { z } from 'zod'
import { triggers } from '../fault.js'
import { categories, injectors } from '../taxonomy.js'
import { importedSchema } from './imported.js'
import { lookSchema, trialCallsSchema } from './summary.js'
import { unfitSchema } from './unfit.js'

/** A fault as a plan has it: with its parameters and when it shall fire. */
const plannedFaultSchema = z.strictObject({
  id: z.string(),
  parameters: z.record(z.string(), z.number()),
  trigger: z.enum(triggers),
  codeHash: z.string().optional().describe('of a fault of the user: a hash of its code'),
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
    z.strictObject({
      id: z.string(),
      tasks: z.array(z.string()),
      tasksHash: z.string(),
      attribution: z
        .string()
        .optional()
        .describe('where the material comes from; absent when it is not of others'),
    }),
  ),
  unfit: z
    .array(unfitSchema)
    .optional()
    .describe('which of the systems do not do which of the scenarios; absent when all do all'),
  faults: z.array(faultsOfTrialSchema),
  site: z.string(),
  seeds: z.array(z.int()),
  model: z.strictObject({
    id: z.string(),
    kind: z.enum(['simulated', 'provider', 'own']),
    hash: z.string(),
    sweep: z.literal(true).optional().describe('every seed is another temper of the model'),
  }),
  injector: z
    .strictObject({
      id: z.string(),
      url: z.string(),
      hash: z.string(),
      writes: z.array(z.string()).describe('faults whose changed text it writes'),
      leaves: z.array(z.string()).describe('faults that only a program can set'),
    })
    .optional()
    .describe('the injector model; absent when programs write all changes'),
  trialCalls: trialCallsSchema.optional(),
})

/** The faults that a configuration added to the catalogue, with all that reports say about them. */
const ownFaultsSchema = z.strictObject({
  config: z.string().describe('the configuration that has them; relative to the working folder'),
  faults: z.array(
    z.strictObject({
      id: z.string(),
      abbreviation: z.string(),
      category: z.enum(categories),
      injector: z.enum(injectors),
      summary: z.string(),
    }),
  ),
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
  ownFaults: ownFaultsSchema.optional(),
  imported: importedSchema.optional().describe('present when others executed the trials'),
  gates: z.array(z.string()).optional().describe('gates that were declared before the run'),
  stopping: z
    .array(
      z.strictObject({
        rule: z.string().describe('the gate with its zone'),
        looks: z.array(lookSchema),
      }),
    )
    .optional()
    .describe('present when the run may end early: the looks of each gate, computed beforehand'),
  versions: z.record(z.string(), z.string()),
  commit: z.string().nullable(),
  created: z.string(),
})
export type RunFile = Readonly<z.infer<typeof runFileSchema>>
