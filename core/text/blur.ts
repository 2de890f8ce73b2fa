import type { Rng } from '../draw.js'
import { company } from './company.js'
import { isAsking, statementOf } from './contradiction.js'
import { type Edit, edited, type Place, placesOf } from './edits.js'
import type { Fact } from './fact.js'
import { type Reading, read } from './facts.js'
import { lost } from './lost.js'
import { keepsAll } from './occurrences.js'
import { isCode } from './paragraphs.js'
import { changeable } from './rank.js'
import { canBeVague, vagueWords } from './vague.js'

/** Facts beyond these are not worth trying: the best come first. */
const enough = 20

/**
 * A text with up to `count` of its facts made vague, those of its demands first: every mention gives way to words of the
 * same grammar that leave several readings. Null when none of them can be.
 *
 * @example
 * A room for 3 nights in Rome.  ->  A room for a few nights in the usual place.
 */
export function blurred(
  text: string,
  { protect, count, rng }: Readonly<{ protect: readonly string[]; count: number; rng: Rng }>,
): string | null {
  const reading = read(text)
  const candidates = rng
    .shuffle(changeable(reading, protect).filter(isBlurrable(reading)))
    .filter((fact) => placesOf(fact, reading).every((place) => !isInCode(place, reading)))
    .flatMap((fact) => ranked(fact, reading))
    .sort((a, b) => a.rank - b.rank)
    .map(({ fact }) => fact)
  let chosen: readonly Fact[] = []
  for (const fact of candidates.slice(0, enough)) {
    if (chosen.length >= count) break
    const more = [...chosen, fact]
    const after = vague(reading, more)
    const isGone = lost(text, after).some(({ normal }) => normal === fact.normal)
    if (isGone && reads(text, after) && keepsAll(text, after, protect)) chosen = more
  }
  return chosen.length > 0 ? vague(reading, chosen) : null
}

/** Names of things in code are what code is made of; only prose can be vague. */
const isBlurrable =
  ({ units }: Reading) =>
  ({ type, text, unit }: Fact): boolean => {
    const kind = units[unit]?.kind
    if (kind === 'code' || kind === 'row' || kind === 'header' || kind === 'value') return false
    return canBeVague({ type, text })
  }

/** Whether no word is said twice in a row that was not before, and nothing is common only in part. */
function reads(before: string, after: string): boolean {
  const odd =
    /\b(\p{L}+) \1\b|\b(?:great|low|small|high|larg)e? common\b|\ba (?:certain|few) (?:a|the)\b/giu
  return (after.match(odd)?.length ?? 0) <= (before.match(odd)?.length ?? 0)
}

/** Whether a place is part of code or of what code returns: it would not run with vague words in it. */
function isInCode({ unit, leaf, start, end }: Place, { document, units }: Reading): boolean {
  if (units[unit]?.kind === 'code') return true
  const text = document.leaves[leaf]?.text ?? ''
  const next = text.indexOf('\n', end)
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, next < 0 ? undefined : next)
  return isCode(line) || /^[^\p{L}]*>>>|[[(]\s*-?\d|\d\s*[\])]/u.test(line)
}

/** Facts of demands come first: a mere description may be of no consequence. Evidence stays as it is. */
function ranked(fact: Fact, reading: Reading): readonly Readonly<{ fact: Fact; rank: number }>[] {
  const statement = statementOf(fact.unit, reading)
  if (statement === null) return []
  const isListed = company(fact, reading).some((other) => other.unit !== fact.unit)
  // Somebody's name is what a text is about; without it the rest reads oddly.
  const kind = fact.type === 'comparator' ? 4 : fact.type === 'name' ? 8 : 0
  return [{ fact, rank: (isAsking(statement) ? 0 : 2) + (isListed ? 0 : 1) + kind }]
}

function vague(reading: Reading, facts: readonly Fact[]): string {
  const edits = facts.flatMap((fact) =>
    placesOf(fact, reading).flatMap((place) => editAt(place, fact, reading)),
  )
  return edited(reading.document, edits)
}

function editAt(place: Place, fact: Fact, { document, units }: Reading): readonly Edit[] {
  const text = document.leaves[place.leaf]?.text ?? ''
  const from = units[place.unit]?.body ?? 0
  const before = text.slice(Math.max(from, place.start - 40), place.start)
  const after = text.slice(place.end, place.end + 40)
  const { back, forth, words } = vagueWords(fact, before, after)
  const start = place.start - back
  const isStart = start <= from || /[.?!:]\s*$/.test(text.slice(from, start))
  const written = isStart && /^\p{Lu}/u.test(text.slice(start)) ? capital(words) : words
  return [{ leaf: place.leaf, start, end: place.end + forth, text: written }]
}

const capital = (words: string) => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`
