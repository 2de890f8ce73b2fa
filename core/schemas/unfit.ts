import { z } from 'zod'

/** A system and a work of a plan that are not set on each other, and why. */
export const unfitSchema = z.strictObject({
  system: z.string(),
  scenario: z.string(),
  because: z.string(),
})
export type Unfit = Readonly<z.infer<typeof unfitSchema>>
