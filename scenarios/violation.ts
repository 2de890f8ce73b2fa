import { z } from 'zod'

/**
 * What is wrong with a tool's arguments, the first thing in the order of the schema; null when they fit.
 *
 * @example
 * { column: 7 }  ->  'column must be a non-empty string'
 */
export function violation(parser: z.ZodObject, args: unknown): string | null {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) {
    return 'the arguments are not valid JSON'
  }
  const issue = parser.safeParse(args).error?.issues[0]
  if (!issue) return null
  if (issue.code === 'unrecognized_keys') return `${issue.keys[0]} is unknown`
  const field = String(issue.path[0])
  const schema = parser.shape[field]
  if (!Object.hasOwn(args, field) || !schema) return `${field} is missing`
  return `${field} must be ${kindOf(z.toJSONSchema(schema as z.ZodType))}`
}

function kindOf(schema: z.core.JSONSchema.JSONSchema): string {
  const { type, minimum, maximum, pattern, enum: members } = schema
  if (members) return `one of ${members.map((member) => `"${String(member)}"`).join(', ')}`
  if (type === 'integer') return `an integer from ${minimum} to ${maximum}`
  if (pattern) return `a string that matches "${pattern}"`
  return 'a non-empty string'
}
