import { z } from 'zod'

/** What the oracle said of an answer. */
const markSchema = z.strictObject({
  correct: z.boolean(),
  result: z.string(),
  reward: z.number().optional(),
  note: z.string(),
})

/** Which limit of a trial was reached. */
const limits = ['steps', 'calls', 'tokens', 'time'] as const

/** How a trial ended. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answered'),
    answer: z.string(),
    correct: z.boolean(),
    mark: markSchema,
  }),
  z.strictObject({ kind: z.literal('no-answer') }),
  z.strictObject({ kind: z.literal('stalled'), limit: z.enum(limits) }),
  z.strictObject({ kind: z.literal('crashed'), error: z.string() }),
  z.strictObject({ kind: z.literal('void'), reason: z.string() }),
  // Planned, but there was no question to ask: the baseline failed, or it offers no site for the fault.
  z.strictObject({
    kind: z.literal('not-run'),
    reason: z.enum(['ineligible', 'baseline-void', 'no-site', 'no-effect']),
  }),
])
export type Outcome = Readonly<z.infer<typeof outcomeSchema>>
export type Limit = (typeof limits)[number]

/** Whether an outcome is a right answer. */
export const isRight = (outcome: Outcome): boolean => outcome.kind === 'answered' && outcome.correct
