import { z } from 'zod'

const plainMessageSchema = z.strictObject({
  role: z.string(),
  name: z.string().optional(),
  text: z.string(),
  toolCalls: z
    .array(
      z.strictObject({
        id: z.string().optional(),
        name: z.string(),
        args: z.record(z.string(), z.unknown()),
      }),
    )
    .optional(),
  invalidToolCalls: z.array(z.strictObject({ name: z.string(), args: z.string() })).optional(),
  toolCallId: z.string().optional(),
  status: z.literal('error').optional(),
})

const index = z.int().min(0).describe('position in `messages`')
const place = { key: z.string(), agent: z.string() }

/** One entry of a trace. Messages are kept once per trace and referred to by position. */
const stepSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...place,
    kind: z.literal('start'),
    attempt: z.int(),
    triggers: z.array(z.string()),
    input: z.array(index).describe('messages that the execution started with'),
  }),
  z.strictObject({
    ...place,
    kind: z.literal('call'),
    prompt: z.array(index),
    reply: index,
    tools: z.array(z.string()),
    tokens: z.int(),
    notes: z.array(z.string()).describe('what a simulated model says about how it came to this'),
    unread: z.array(z.string()),
  }),
  z.strictObject({
    ...place,
    kind: z.literal('write'),
    messages: z.array(index),
    routes: z.array(z.string()),
  }),
  z.strictObject({ ...place, kind: z.literal('error'), error: z.string() }),
  z.strictObject({
    ...place,
    kind: z.literal('injection'),
    fault: z.string(),
    site: z.string(),
    by: z.enum(['program', 'model']).default('program'),
    before: z.array(z.string()),
    after: z.array(z.string()),
  }),
  z.strictObject({
    ...place,
    kind: z.literal('end'),
    outcome: z.string(),
    answer: z.string().nullable(),
  }),
])
export type Step = Readonly<z.infer<typeof stepSchema>>

/** The trace of one trial: a line of `traces.jsonl`. */
export const traceLineSchema = z.strictObject({
  schema: z.literal(1),
  key: z.string(),
  attempt: z.int().min(1),
  id: z.string(),
  canAsk: z
    .enum(['nobody', 'peer', 'person'])
    .default('nobody')
    .describe('whom the system lets an agent ask'),
  messages: z.array(plainMessageSchema),
  steps: z.array(stepSchema),
})
export type TraceLine = Readonly<z.infer<typeof traceLineSchema>>
