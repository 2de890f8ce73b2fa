import { z } from 'zod'

const hash = z.string()

/**
 * Counts of a run that later runs are compared with: `firedrill.baseline.json`, made to be committed and reviewed.
 * Counts per task, never percentages: of a task list that changed, what both have is compared.
 */
export const baselineFileSchema = z.strictObject({
  schema: z.literal(1),
  run: z.string(),
  tool: z.string(),
  created: z.string(),
  evidence: z.enum(['simulated', 'measured']),
  models: z.array(z.strictObject({ id: z.string(), hash })),
  configHash: hash.describe('of what decides where and how faults are set'),
  scenarios: z.record(
    z.string(),
    z.strictObject({ names: hash.describe('of the ids of the tasks'), tasks: hash }),
  ),
  cells: z
    .record(z.string(), z.record(z.string(), z.tuple([z.int().min(0), z.int().min(0)])))
    .describe('system/scenario/fault: by task, how many held of how many'),
})
export type BaselineFile = Readonly<z.infer<typeof baselineFileSchema>>
