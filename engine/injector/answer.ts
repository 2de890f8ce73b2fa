import { z } from 'zod'
import { editSchema, type InjectionLine } from '../../core/schemas/injection-line.js'

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
  const parsed = jsonOf(unfenced(said))
  if (parsed === undefined) return { text: null, because: 'its answer is not JSON' }
  const answer = answerSchema.safeParse(parsed)
  if (!answer.success) return { text: null, because: 'its answer has not the form asked for' }
  const { data } = answer
  if (data.changed === null) return { text: null, because: `it declined: ${brief(data.why)}` }
  return { text: data.changed, edits: data.edits }
}

/** A text of others on one line, short enough for a note. */
export const brief = (text: string): string => {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 160)}…` : line
}

function unfenced(said: string): string {
  const trimmed = said.trim()
  const [, mark = '', body = ''] = /^(`{3,})(?:json)?[ \t]*\r?\n([\s\S]*)$/i.exec(trimmed) ?? []
  if (mark === '' || !body.endsWith(`\n${mark}`)) return trimmed
  return body.slice(0, -mark.length)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined // Prose, or a JSON text with prose around it.
  }
}
