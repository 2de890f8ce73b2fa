import { z } from 'zod'
import { behaviourSchema, spreadSchema } from './behaviour.js'

/**
 * What a later version has recognised in the stored trace of a trial: a line of `behaviours.jsonl`. It takes the place of what
 * the line of the trial says, which stays as the record of what was executed.
 */
export const behavioursLineSchema = z.strictObject({
  schema: z.literal(1),
  key: z.string().describe('key of the trial'),
  attempt: z.int().min(1).describe('that of the trial'),
  tool: z.string().describe('the version of Firedrill whose rules decided'),
  behaviours: z.array(behaviourSchema),
  noticed: z.int().nullable(),
  spread: spreadSchema.nullable(),
})
export type BehavioursLine = Readonly<z.infer<typeof behavioursLineSchema>>
