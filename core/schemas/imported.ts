import { z } from 'zod'

/** That the trials of a run were executed by others and published, and what has to be known of them. */
export const importedSchema = z.strictObject({
  from: z.string().describe('where they were published'),
  cite: z.string().describe('what to cite wherever they are shown'),
  hash: z.string().describe('of the tables that were read'),
  says: z.string().describe('how they were made, where that differs from a run of ours'),
  caveats: z
    .array(z.strictObject({ system: z.string(), fault: z.string(), says: z.string() }))
    .describe('cells whose outcome or label is doubtful'),
})
export type Imported = Readonly<z.infer<typeof importedSchema>>
