import type { Rng } from './draw.js'
import { fits, type JsonSchema } from './json-schema.js'
import { isNonEmpty, type NonEmpty } from './lists.js'
import type { Site } from './site.js'
import { alternatives } from './text/alternatives.js'
import { company } from './text/company.js'
import { dateSource, moved } from './text/dates.js'
import type { Fact } from './text/fact.js'
import { read } from './text/facts.js'
import { otherSizes } from './text/numbers.js'

/** The schema of one argument; empty when the tool says nothing of it. */
export const schemaOf = (schema: JsonSchema, name: string): JsonSchema =>
  schema.properties?.[name] ?? {}

/**
 * Other values that an argument could have by mistake, best first: of the same kind, valid by its schema, and never the
 * value itself. Empty when nothing of its kind is known.
 *
 * @example
 * 'F218' where F412 was offered  ->  'F412'
 */
export function wrongValues(
  value: unknown,
  schema: JsonSchema,
  site: Pick<Site, 'elsewhere' | 'taskText' | 'rng'>,
): readonly unknown[] {
  const found = candidates(value, schema, site)
  return found.filter((other) => !isSame(other, value) && fits(schema, other))
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

type Knowledge = Pick<Site, 'elsewhere' | 'taskText' | 'rng'>

function candidates(value: unknown, schema: JsonSchema, site: Knowledge): readonly unknown[] {
  const { rng } = site
  if (schema.enum) return rng.shuffle(schema.enum)
  if (typeof value === 'boolean') return [!value]
  if (typeof value === 'number') return otherNumbers(value, rng)
  if (typeof value === 'string') return otherTexts(value, schema, site)
  if (Array.isArray(value) && value.length > 1) {
    return rng.shuffle(value.map((_, at) => value.filter((__, other) => other !== at)))
  }
  return []
}

function otherNumbers(value: number, rng: Rng): readonly number[] {
  const text = String(Math.abs(value))
  if (!/^\d+(?:\.\d+)?$/.test(text)) return []
  const sizes = Math.abs(value) < 10 ? rng.shuffle([1, -1, 2]).map((step) => value + step) : []
  const sign = Math.sign(value) || 1
  return [...sizes, ...otherSizes(text, 0.3, rng).map((size) => sign * size)]
}

const onlyDate = new RegExp(`^(?:${dateSource})$`, 'u')
const identifier = /^(?=.*\d)[\p{L}\d]+(?:[-_#:][\p{L}\d]+)*$/u

function otherTexts(value: string, schema: JsonSchema, site: Knowledge): readonly string[] {
  const { rng } = site
  if (onlyDate.test(value)) return rng.shuffle([1, 2, 3, 5, 7]).map((days) => moved(value, days))
  if (/^-?\d+(?:\.\d+)?$/.test(value)) {
    return otherSizes(value, 0.3, rng).map((size) => String(size))
  }
  if (identifier.test(value)) return [...sameShape(value, site), ...nextDoor(value, rng)]
  const words = otherWords(value, site)
  if (words.length > 0 || schema.pattern) return words
  return withoutWord(value)
}

/** Other identifiers of the same shape that somebody has read before. */
function sameShape(value: string, { elsewhere, taskText, rng }: Knowledge): readonly string[] {
  // An identifier has no letter that means something in a pattern, so nothing is escaped.
  const shape = value.replace(/\d/g, '\\d').replace(/\p{Lu}(?=\\d|$)/gu, '\\p{Lu}')
  const form = new RegExp(`(?<![\\p{L}\\p{N}_-])${shape}(?![\\p{L}\\p{N}_-])`, 'gu')
  const read = `${elsewhere}\n${taskText}`.match(form) ?? []
  return rng.shuffle([...new Set(read)].filter((other) => other !== value).sort())
}

/** Identifiers whose number is one beside: nobody may have heard of them, but they look right. */
function nextDoor(value: string, rng: Rng): readonly string[] {
  const digits = /\d+(?!.*\d)/.exec(value)
  if (!digits) return []
  const [number] = digits
  return rng.shuffle([1, -1, 2]).flatMap((step) => {
    const other = Number(number) + step
    if (other < 0 || !Number.isSafeInteger(other)) return []
    const written = String(other).padStart(number.length, '0')
    return [value.slice(0, digits.index) + written + value.slice(digits.index + number.length)]
  })
}

/** Names and words that stand beside this one in what was read: the other columns, the other cities. */
function otherWords(value: string, { elsewhere, taskText, rng }: Knowledge): readonly string[] {
  const all = read(`${taskText}\n\n${elsewhere}`)
  const normal = value.normalize('NFKC').toLowerCase().trim()
  const own = all.facts.filter((fact) => fact.normal === normal)
  const [known] = own
  if (!known) return []
  const near = new Set(own.map(({ unit }) => unit))
  const others = all.facts.filter(({ unit }) => !near.has(unit))
  const pools: readonly (readonly Fact[])[] = [company(known, all), others]
  return alternatives(known, { pools, shift: 0.3, rng }).map(({ write }) => write(value))
}

/** A search, or words to somebody, without the most particular word; lines stay lines. */
function withoutWord(value: string): readonly string[] {
  const lines = value.split('\n').map((line) => line.split(/\s+/).filter(Boolean))
  const words = lines.flat()
  if (words.length < 2) return []
  const longest = words.reduce((a, b) => (b.length > a.length ? b : a))
  const left = lines.map((line) => line.filter((word) => word !== longest).join(' '))
  return [left.join('\n').trim()].filter(Boolean)
}

/**
 * Values that a schema rejects, in the form in which models get them wrong: a misspelt member, a number out of its bounds,
 * a text in place of a number, nothing at all. Empty when the schema takes everything.
 */
export function rejectedValues(value: unknown, schema: JsonSchema, rng: Rng): readonly unknown[] {
  const all: NonEmpty<unknown> = [
    ...(schema.enum ?? []).map((member) => String(member).slice(0, -1)),
    ...(schema.maximum === undefined ? [] : [schema.maximum + 1]),
    ...(schema.minimum === undefined ? [] : [schema.minimum - 1]),
    ...(typeof value === 'string' && schema.pattern ? [value.slice(1)] : []),
    ...(typeof value === 'number' ? [`about ${value}`] : []),
    ...(typeof value === 'boolean' ? ['maybe'] : []),
    '',
    null,
  ] as unknown as NonEmpty<unknown>
  const rejected = all.filter((other) => !fits(schema, other))
  const [first, ...rest] = rejected
  return isNonEmpty(rejected) ? [first, ...rng.shuffle(rest)] : []
}
