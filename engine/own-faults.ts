import { canonicalJson, hashOf } from '../core/canonical-json.js'
import { FiredrillError } from '../core/errors.js'
import type { Fault } from '../core/fault.js'
import { categories, scopes } from '../core/taxonomy.js'
import { baselineArm } from '../core/trial-id.js'
import { flawOnExample, madeOfExample } from './fault-on-example.js'
import { type Flaw, flawInShape } from './fault-shape.js'

/**
 * Checks faults of the user's as the contract tests check those of Firedrill: their shape, their names, and what they
 * do to their own examples. Returns them with the hash of their code; throws `bad-config` at the first flaw.
 */
export function checkedFaults(
  given: readonly unknown[],
  taken: readonly Fault[],
  origin: string,
): readonly Fault[] {
  const own: Fault[] = []
  for (const [at, value] of given.entries()) {
    const flaw = flawInShape(value) ?? flawAmong(value as Fault, [...taken, ...own])
    if (flaw) throw refused(value, flaw, `${origin}, ownFaults[${at}]`)
    const fault = value as Fault
    own.push({ ...fault, codeHash: codeHashOf(fault) })
  }
  return own
}

const flawAmong = (fault: Fault, others: readonly Fault[]): Flaw | null =>
  flawOfNames(fault, others) ?? flawOnExample(fault)

function refused(value: unknown, { wrong, next }: Flaw, place: string): FiredrillError {
  const { id } = (value ?? {}) as Readonly<{ id?: unknown }>
  const name = typeof id === 'string' && /^[\w-]{1,60}$/.test(id) ? `"${id}"` : 'without an id'
  return new FiredrillError('bad-config', `The fault ${name} (${place}): ${wrong}.`, { hint: next })
}

/** Everything that chooses faults is one space of names: ids, abbreviations, categories, scopes, and the other arms. */
function flawOfNames({ id, abbreviation }: Fault, others: readonly Fault[]): Flaw | null {
  const next = 'Choose another one; firedrill list faults --no-config shows those of Firedrill.'
  const words = [...categories, ...scopes, baselineArm, 'placebo']
  const names = new Map([
    ...words.map((word) => [word, 'another meaning'] as const),
    ...others.flatMap((other) =>
      [other.id, other.abbreviation].map((name) => [name.toLowerCase(), other.id] as const),
    ),
  ])
  for (const [member, name] of Object.entries({ id, abbreviation })) {
    const owner = names.get(name.toLowerCase())
    if (owner) return { wrong: `its ${member} "${name}" is taken by ${owner}`, next }
  }
  return id.startsWith('placebo-') ? { wrong: `its id begins with "placebo-"`, next } : null
}

/**
 * Changes when the functions or the data of a fault change, or what it makes of its example: functions that it calls,
 * and what it closes over, are not in its own text.
 */
function codeHashOf(fault: Fault): string {
  return hashOf(canonicalJson([sourceOf(fault), madeOfExample(fault)]))
}

function sourceOf(value: unknown): unknown {
  if (typeof value === 'function') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sourceOf)
  const { payload: _, ...rest } = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, sourceOf(member)]))
}
