import type { Rng } from '../draw.js'
import { opposite } from './comparators.js'
import { moved } from './dates.js'
import { type Fact, type FactType, normalOf } from './fact.js'
import { otherSizes, withSize } from './numbers.js'
import { otherRanks, withRank } from './ordinals.js'

/** A false form of a fact: its normal form, and how to write it in place of a true one. */
export type Alternative = Readonly<{ normal: string; write: (surface: string) => string }>

/** What false forms are made from. */
export type Sources = Readonly<{
  /** Facts that a word can be taken from; the first pool that has some is preferred. */
  pools: readonly (readonly Fact[])[]
  /** How far a number moves, relative to itself. */
  shift: number
  rng: Rng
}>

/** Types whose words can stand for each other, best first. */
const kin: Readonly<Partial<Record<FactType, readonly FactType[]>>> = {
  name: ['name', 'cell'],
  cell: ['cell', 'name'],
  quoted: ['quoted'],
  code: ['code'],
  path: ['path'],
}

/** False forms of a fact, best first; none if nothing of its kind is known. */
export function alternatives(fact: Fact, sources: Sources): readonly Alternative[] {
  return writers(fact, { ...sources, rng: sources.rng.fork('other', fact.normal) })
    .map((write) => ({ normal: normalOf(fact.type, write(fact.text)), write }))
    .filter(({ normal }) => normal !== fact.normal)
}

type Write = (surface: string) => string

function writers(fact: Fact, { pools, shift, rng }: Sources): readonly Write[] {
  switch (fact.type) {
    case 'number':
      return otherSizes(fact.text, shift, rng).map((size) => (surface) => withSize(surface, size))
    case 'ordinal':
      return rng.shuffle(otherRanks(fact.text)).map((rank) => (surface) => withRank(surface, rank))
    case 'date':
      return rng
        .shuffle([1, 2, 3, 5, 8, 13, 17, 21])
        .map((steps) => (surface) => moved(surface, steps))
    case 'comparator':
      return opposite(fact.text) === null ? [] : [(surface) => opposite(surface) ?? surface]
    case 'name':
    case 'cell':
    case 'quoted':
    case 'code':
    case 'path':
      return wordsFrom(pools, fact, rng).map((word) => () => word)
    case 'polarity':
      return []
    default:
      return fact.type satisfies never
  }
}

const enough = 30

function wordsFrom(pools: readonly (readonly Fact[])[], fact: Fact, rng: Rng): readonly string[] {
  const isAlike = ({ column }: Fact) => column === fact.column
  const alike = pools.flatMap((pool) => wordsLike(fact, pool.filter(isAlike), rng))
  // A value of another column would be nonsense rather than false, so it is only a last resort.
  return alike.length > 0 ? alike : pools.flatMap((pool) => wordsLike(fact, pool, rng))
}

function wordsLike(fact: Fact, pool: readonly Fact[], rng: Rng): readonly string[] {
  const types = kin[fact.type] ?? []
  const fitting = new Map<string, Fact>()
  for (const other of pool) {
    // An identifier is no name, even where it stands before one, and neither is a word in capitals.
    const isAlike = classOf(other.text) === classOf(fact.text)
    const fits = types.includes(other.type) && isAlike && other.normal !== fact.normal
    if (fits && !fitting.has(other.normal)) fitting.set(other.normal, other)
  }
  return rng
    .shuffle([...fitting.values()])
    .map(({ text, type }) => ({ text, distance: types.indexOf(type) + lengthApart(text, fact) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, enough)
    .map(({ text }) => text)
}

/** What a word looks like: with a digit, in capitals, or plain. */
function classOf(text: string): 'digit' | 'capitals' | 'plain' {
  if (/\d/.test(text)) return 'digit'
  return /^[\p{Lu}\s_-]{3,}$/u.test(text) ? 'capitals' : 'plain'
}

/** Half a step for words of another number: a city for a city rather than the name of a hotel. */
const lengthApart = (text: string, fact: Fact): number =>
  text.split(/\s+/).length === fact.text.split(/\s+/).length ? 0 : 0.5
