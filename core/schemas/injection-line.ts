import { z } from 'zod'

/** What an injector model was asked and took; it never counts towards what the system used. */
export const injectorUsageSchema = z.strictObject({
  calls: z.int().min(0).describe('requests to the injector model, those that failed included'),
  tokens: z.number().nullable().describe('null when the server of any call did not say'),
  costUsd: z.number().nullable().describe('null when it is not known'),
})
export type InjectorUsage = Readonly<z.infer<typeof injectorUsageSchema>>

/** Nobody was asked. */
export const noInjectorUsage: InjectorUsage = { calls: 0, tokens: 0, costUsd: 0 }

/** What an injector model says it has changed. */
export const editSchema = z.strictObject({
  before: z.string(),
  after: z.string(),
  kind: z.string(),
})

/** One text that an injector model was asked for: a line of `injections.jsonl`. Same key, same text, all run long. */
export const injectionLineSchema = z.strictObject({
  schema: z.literal(1),
  key: z
    .string()
    .describe(
      'hash of the fault, its version and parameters, the instruction, the text, the model',
    ),
  attempt: z.int().min(1),
  fault: z.string(),
  injector: z.string().describe('id of the injector model'),
  answeredBy: z.string().nullable().describe('the model that the server says has answered'),
  trial: z.string().describe('key of the trial that asked first; its line has the usage'),
  text: z.string().nullable().describe('the changed text; null when no answer could be used'),
  edits: z.array(editSchema),
  because: z.string().nullable().describe('why no answer could be used'),
  calls: z.int().min(0),
  tokens: z.int().min(0).nullable(),
})
export type InjectionLine = Readonly<z.infer<typeof injectionLineSchema>>
