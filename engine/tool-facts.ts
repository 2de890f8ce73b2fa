import { toJsonSchema } from '@langchain/core/utils/json_schema'
import type { ToolFacts } from '../core/site.js'

/** What a model sees of the tools that were bound, whoever's form they have; what has no name is left out. */
export function toolFactsOf(offered: readonly unknown[]): readonly ToolFacts[] {
  return offered.flatMap((tool) => {
    const facts = factsOf(tool)
    return facts ? [facts] : []
  })
}

type Loose = Readonly<Record<string, unknown>>

function factsOf(tool: unknown): ToolFacts | null {
  if (typeof tool !== 'object' || tool === null) return null
  const outer = tool as Loose
  const inner = (outer['function'] ?? outer) as Loose // OpenAI wraps what others say directly.
  const { name } = inner
  if (typeof name !== 'string') return null
  const description = inner['description']
  return {
    name,
    description: typeof description === 'string' ? description : '',
    schema: schemaOf(inner['schema'] ?? inner['parameters'] ?? inner['input_schema']),
  }
}

function schemaOf(schema: unknown): Readonly<Record<string, unknown>> {
  if (typeof schema !== 'object' || schema === null) return {}
  try {
    return toJsonSchema(schema as Parameters<typeof toJsonSchema>[0]) as Record<string, unknown>
  } catch {
    return {} // A schema of a kind that nobody can print still leaves the tool's name and description.
  }
}
