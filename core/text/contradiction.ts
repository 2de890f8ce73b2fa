import type { Rng } from '../draw.js'
import { type Alternative, alternatives } from './alternatives.js'
import { company } from './company.js'
import { isProperty } from './comparators.js'
import { withEdits } from './edits.js'
import type { Fact, FactType } from './fact.js'
import { type PlacedUnit, type Reading, read } from './facts.js'
import { placeAfter } from './insertion.js'
import { occurrences } from './occurrences.js'
import { polarities } from './polarity.js'
import { changeable, isFormatRule } from './rank.js'

/** A statement of a text, a second one that excludes it, and where the second one goes with what separates it. */
export type Contradiction = Readonly<{
  statement: string
  added: string
  at: number
  lead: string
  /** What the statement is about: its facts. */
  facts: readonly Fact[]
}>

type Wish = Readonly<{ protect: readonly string[]; rng: Rng; count: number }>
type Turned = Readonly<{ unit: number; added: string }>

/** Demands beyond these are not worth trying: the best come first. */
const enough = 20

/** Statements that exclude some of a text's own demands, best first: comparisons, then words, then numbers. */
export function contradictions(
  text: string,
  { protect, rng, count }: Wish,
): readonly Contradiction[] {
  const reading = read(text)
  const ranked = rng
    .shuffle(changeable(reading, protect))
    .flatMap((fact) => demandOf(fact, reading))
    .sort((a, b) => a.order - b.order)
  const turned = ranked.slice(0, enough).flatMap(({ fact }) => opposed(fact, reading, rng))
  const negations = rng.shuffle(negated(reading, protect)).slice(0, enough)
  const taken = new Set<number>()
  return [...turned, ...negations]
    .filter(({ unit }) => !taken.has(unit) && taken.add(unit))
    .flatMap(({ unit, added }) => placed(unit, added, reading, text))
    .slice(0, count)
}

/** A fact with its rank among the demands, if it belongs to one; a mere description comes after a demand. */
function demandOf(
  fact: Fact,
  reading: Reading,
): readonly Readonly<{ fact: Fact; order: number }>[] {
  const statement = statementOf(fact.unit, reading)
  if (statement === null) return []
  const isListed = company(fact, reading).some((other) => other.unit !== fact.unit)
  const isBound = fact.type === 'comparator' && !isProperty(fact.normal)
  const order = isProperty(fact.normal) ? orders.number : orders[fact.type]
  const kind = order + (isListed ? 0 : 0.5)
  return [{ fact, order: isBound || isAsking(statement) ? kind : kind + 10 }]
}

const orders: Readonly<Record<FactType, number>> = {
  comparator: 0,
  ordinal: 1,
  quoted: 2,
  code: 2,
  path: 2,
  name: 2,
  cell: 2,
  number: 3,
  date: 3,
  polarity: 4,
}

const statementKinds: readonly PlacedUnit['kind'][] = ['sentence', 'item', 'field']

/** What a unit states, if it is a demand or a description; null for examples, code, and rules about form. */
export function statementOf(at: number, { document, units }: Reading): string | null {
  const unit = units[at]
  const leaf = document.leaves[unit?.leaf ?? -1]
  if (!unit || !leaf || leaf.offset === null) return null
  // Examples and facts about the world are evidence; only demands can contradict each other.
  const isDemand = statementKinds.includes(unit.kind) && !/\bexamples?\b/i.test(unit.section)
  const text = leaf.text.slice(bodyOf(unit), unit.end)
  return isDemand && !isFormatRule(text) ? text : null
}

/** A field is repeated with its key, an item without its mark, which may be a number. */
const bodyOf = ({ kind, start, body }: PlacedUnit) => (kind === 'item' ? body : start)

function opposed(fact: Fact, reading: Reading, rng: Rng): readonly Turned[] {
  const unit = reading.units[fact.unit]
  const statement = statementOf(fact.unit, reading)
  if (!unit || statement === null) return []
  const known = new Set(reading.facts.map(({ normal }) => normal))
  const [own, others] = [true, false].map((isOwn) =>
    reading.facts.filter((other) => (other.unit === fact.unit) === isOwn),
  )
  // Who asks "before or after" does not demand either.
  const near = new Set(own?.map(({ normal }) => normal))
  const [alternative] = alternatives(fact, {
    pools: [company(fact, reading), others ?? []],
    shift: 0.3,
    rng,
  })
    .filter(({ normal }) => !near.has(normal))
    .sort((a, b) => +known.has(a.normal) - +known.has(b.normal))
  if (!alternative) return []
  const edits = editsOf(fact, alternative, reading, rng)
  const added = withEdits(
    statement,
    edits.map(({ start, end, text }) => ({
      start: start - bodyOf(unit),
      end: end - bodyOf(unit),
      text,
    })),
  )
  return [{ unit: fact.unit, added }]
}

/** Whether a statement demands something, as far as its form tells. */
export function isAsking(statement: string): boolean {
  const describes = /^(?:the|an?|it|its|this|that|these|there|all|each|every|today|now)\b/i.test(
    statement,
  )
  return !describes || statement.endsWith('?') || /\b(?:must|should|needs?)\b/.test(statement)
}

/** Where the statement changes. A bound that is turned round also gets another value, or both could hold at once. */
function editsOf(fact: Fact, { write }: Alternative, { facts }: Reading, rng: Rng) {
  const own = facts.filter(({ unit }) => unit === fact.unit)
  const edits = own
    .filter(({ normal }) => normal === fact.normal)
    .map(({ start, end, text }) => ({ start, end, text: write(text) }))
  const bound = { '~at least': -1, '~at most': 1 }[fact.normal]
  const value = own.find(({ type, start }) => type === 'number' && start >= fact.end)
  if (bound === undefined || !value || value.start - fact.end > 3) return edits
  const size = (normal: string) => Number.parseFloat(normal)
  const beyond = alternatives(value, { pools: [], shift: 0.3, rng }).find(
    ({ normal }) => Math.sign(size(normal) - size(value.normal)) === bound,
  )
  if (!beyond) return edits
  return [...edits, { start: value.start, end: value.end, text: beyond.write(value.text) }]
}

function negated(reading: Reading, protect: readonly string[]): readonly Turned[] {
  return reading.units.flatMap((_, unit) => {
    const statement = statementOf(unit, reading)
    if (statement === null || statement.endsWith('?')) return []
    if (protect.some((string) => occurrences(statement, string).length > 0)) return []
    return polarities(statement).map(({ start, end, turned }) => ({
      unit,
      added: withEdits(statement, [{ start, end, text: turned }]),
    }))
  })
}

function placed(
  at: number,
  added: string,
  reading: Reading,
  text: string,
): readonly Contradiction[] {
  const statement = statementOf(at, reading)
  const place = placeAfter(at, reading, text)
  if (!place || statement === null || text.includes(added)) return []
  return [{ statement, added, ...place, facts: reading.facts.filter(({ unit }) => unit === at) }]
}
