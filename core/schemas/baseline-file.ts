import { z } from 'zod'

/**
 * Counts of a run that later runs are compared with: `firedrill.baseline.json`, made to be committed and reviewed.
 * Counts per task, never percentages: of a task list that changed, what both have is compared.
 */
export const baselineFileSchema = z.strictObject({
  schema: z.literal(1),
  run: z.string(),
  tool: z.string(),
  evidence: z.enum(['simulated', 'measured']),
  models: z.array(z.string()),
  configHash: z.string().describe('of the models and the site choice'),
  created: z.string(),
  tasksHashes: z.record(z.string(), z.string()).describe('of the tasks of each scenario'),
  cells: z
    .record(z.string(), z.record(z.string(), z.tuple([z.int().min(0), z.int().min(0)])))
    .describe('system/scenario/fault: by task, how many held of how many'),
})
export type BaselineFile = Readonly<z.infer<typeof baselineFileSchema>>
