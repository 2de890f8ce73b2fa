import { z } from 'zod'

/** The part of a JSON Schema that tools describe their arguments with. */
export type JsonSchema = Readonly<{
  type?: string | readonly string[]
  description?: string
  properties?: Readonly<Record<string, JsonSchema>>
  required?: readonly string[]
  enum?: readonly unknown[]
  items?: JsonSchema
  pattern?: string
  minimum?: number
  maximum?: number
}>

/** Whether a value is what a schema describes. A schema that nobody can read excludes nothing. */
export function fits(schema: JsonSchema, value: unknown): boolean {
  const parser = parserOf(schema)
  return parser === null || parser.safeParse(value).success
}

const parsers = new WeakMap<object, z.ZodType | null>()

function parserOf(schema: JsonSchema): z.ZodType | null {
  const known = parsers.get(schema)
  if (known !== undefined) return known
  const made = read(schema)
  parsers.set(schema, made)
  return made
}

function read(schema: JsonSchema): z.ZodType | null {
  try {
    return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
  } catch {
    return null // A keyword that zod does not know: then nothing can be said about values.
  }
}
