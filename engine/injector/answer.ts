import { z } from 'zod'
import { editSchema, type InjectionLine } from '../../core/schemas/injection-line.js'
import { brief, jsonIn } from '../said-json.js'

/** What an injector model's answer comes to: a text, or why it is none. */
export type Answer =
  | Readonly<{ text: string; edits: InjectionLine['edits'] }>
  | Readonly<{ text: null; because: string }>

const answerSchema = z.union([
  z.strictObject({ changed: z.string(), edits: z.array(editSchema).max(200) }),
  z.strictObject({ changed: z.null(), why: z.string() }),
])

/** Reads an answer: one JSON object, alone or in one fence, of exactly the form that was asked for. */
export function answerOf(said: string): Answer {
  const parsed = jsonIn(said)
  if (parsed === undefined) return { text: null, because: 'its answer is not JSON' }
  const answer = answerSchema.safeParse(parsed)
  if (!answer.success) return { text: null, because: 'its answer has not the form asked for' }
  const { data } = answer
  if (data.changed === null) return { text: null, because: `it declined: ${brief(data.why)}` }
  return { text: data.changed, edits: data.edits }
}
