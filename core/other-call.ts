import type { Rng } from './draw.js'
import type { HeldCall } from './held-calls.js'
import { fits, type JsonSchema } from './json-schema.js'
import { isNonEmpty } from './lists.js'
import type { Site, ToolFacts } from './site.js'
import { dateSource } from './text/dates.js'
import { facts } from './text/facts.js'

type Args = Readonly<Record<string, unknown>>

/** Tools that end the work or leave it to somebody: calling them by mistake is another kind of error. */
const leaving =
  /(?:^|_|-)(?:ask|answer|done|end|escalate|final|finish|human|reply|respond|submit)(?:$|_|-)/i
const handingOver = /^(?:transfer|handoff|hand_off|delegate)(?:$|_|-)/i

/**
 * A call of another tool in place of a given one: that which shares most of its arguments, the rest filled with values of
 * the same kind from the call, from what was read, or from the schema. Null when no other tool can be called.
 */
export function otherCall(
  { name, args, tool }: HeldCall<unknown>,
  site: Pick<Site, 'tools' | 'elsewhere' | 'taskText' | 'rng'>,
): Readonly<{ name: string; args: Args }> | null {
  const isAlike = (other: ToolFacts) =>
    other.name !== name &&
    !leaving.test(snake(other.name)) &&
    handingOver.test(snake(other.name)) === handingOver.test(snake(name))
  const chance = site.rng.fork('tool', name)
  const ranked = chance
    .shuffle(site.tools.filter(isAlike))
    .map((other) => ({ other, shared: sharedArguments(other, tool, args) }))
    .sort((a, b) => b.shared - a.shared)
  for (const { other } of ranked) {
    const filled = fill(other, args, { ...site, rng: chance.fork(other.name) })
    if (filled) return { name: other.name, args: filled }
  }
  return null
}

const snake = (name: string): string => name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, '_')

const partsOf = ({ schema }: ToolFacts): JsonSchema => schema as JsonSchema

function sharedArguments(other: ToolFacts, tool: ToolFacts | null, args: Args): number {
  const own = Object.keys(tool ? (partsOf(tool).properties ?? {}) : args)
  return (partsOf(other).required ?? []).filter((key) => own.includes(key)).length
}

type Knowledge = Pick<Site, 'elsewhere' | 'taskText' | 'rng'>

/** Values for all that a tool requires; null when one of them cannot be found. */
function fill(tool: ToolFacts, args: Args, site: Knowledge): Args | null {
  const { required = [], properties = {} } = partsOf(tool)
  const entries: [string, unknown][] = []
  for (const key of required) {
    const schema = properties[key] ?? {}
    const value = valueFor(key, schema, { args, site })
    if (value === undefined) return null
    entries.push([key, value])
  }
  const filled = Object.fromEntries(entries)
  return fits(partsOf(tool), filled) ? filled : null
}

function valueFor(
  key: string,
  schema: JsonSchema,
  { args, site }: Readonly<{ args: Args; site: Knowledge }>,
): unknown {
  const takes = (value: unknown) => fits(schema, value)
  if (key in args && takes(args[key])) return args[key]
  const rng = site.rng.fork(key)
  if (schema.enum) return isNonEmpty(schema.enum) ? rng.pick(schema.enum) : undefined
  const own = Object.values(args).filter(takes)
  const found = [...own, ...valuesRead(schema, site, rng), ...ofSchema(schema, rng)]
  return found.find(takes)
}

const dates = new RegExp(dateSource, 'gu')

/** Values of the kind of a schema among all that was read. */
function valuesRead({ type, pattern }: JsonSchema, site: Knowledge, rng: Rng): readonly unknown[] {
  const text = `${site.taskText}\n${site.elsewhere}`
  const stated = facts(text)
  if (type === 'integer' || type === 'number') {
    return rng.shuffle(
      stated
        .filter((fact) => fact.type === 'number')
        .map(({ normal }) => Number.parseFloat(normal)),
    )
  }
  if (type !== 'string') return []
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}_#:.-]*[\p{L}\p{N}]/gu) ?? []
  if (pattern) return rng.shuffle([...new Set([...(text.match(dates) ?? []), ...words])])
  const names = stated.filter((fact) => ['quoted', 'name', 'cell'].includes(fact.type))
  return rng.shuffle([...new Set(names.map((fact) => fact.text))])
}

/** Values that a schema takes when nothing was read that would do. */
function ofSchema({ type, minimum, maximum }: JsonSchema, rng: Rng): readonly unknown[] {
  const [low, high] = [minimum ?? 1, maximum ?? Math.max(minimum ?? 1, 9)]
  if (type === 'integer' || type === 'number')
    return [rng.integer(Math.ceil(low), Math.min(high, low + 9))]
  if (type === 'boolean') return [rng.next() < 0.5]
  return type === 'array' ? [[]] : []
}
