import type { Rng } from '../draw.js'
import { company } from './company.js'
import { isAsking, statementOf } from './contradiction.js'
import { type Edit, edited, isWord, type Place, placesOf } from './edits.js'
import type { Fact } from './fact.js'
import { type Reading, read } from './facts.js'
import { lost } from './lost.js'
import { keepsAll } from './occurrences.js'
import { changeable } from './rank.js'

/** Facts beyond these are not worth trying: the best come first. */
const enough = 20

/**
 * A text with up to `count` of its facts made vague, those of its demands first: every mention gives way to words of the same grammar that leave
 * several readings. Null when none of them can be.
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
    .flatMap((fact) => ranked(fact, reading))
    .sort((a, b) => a.rank - b.rank)
    .map(({ fact }) => fact)
  let chosen: readonly Fact[] = []
  for (const fact of candidates.slice(0, enough)) {
    if (chosen.length >= count) break
    const more = [...chosen, fact]
    const after = vague(reading, more)
    const isGone = lost(text, after).some(({ normal }) => normal === fact.normal)
    if (isGone && keepsAll(text, after, protect)) chosen = more
  }
  return chosen.length > 0 ? vague(reading, chosen) : null
}

const blurrable: readonly Fact['type'][] = ['number', 'date', 'quoted', 'name', 'cell', 'code']

/** Names of things in code are what code is made of; only prose can be vague. */
const isBlurrable =
  ({ units }: Reading) =>
  ({ type, unit }: Fact): boolean => {
    const kind = units[unit]?.kind
    if (kind === 'code' || kind === 'row' || kind === 'header' || kind === 'value') return false
    return blurrable.includes(type)
  }

/** Facts of demands come first: a mere description may be of no consequence. Evidence stays as it is. */
function ranked(fact: Fact, reading: Reading): readonly Readonly<{ fact: Fact; rank: number }>[] {
  const statement = statementOf(fact.unit, reading)
  if (statement === null) return []
  const isListed = company(fact, reading).some((other) => other.unit !== fact.unit)
  // Somebody's name is what a text is about; without it the rest reads oddly.
  const isName = fact.type === 'name' ? 4 : 0
  return [{ fact, rank: (isAsking(statement) ? 0 : 2) + (isListed ? 0 : 1) + isName }]
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

type Vague = Readonly<{ back: number; forth: number; words: string }>

const bound =
  /\b(?:at least|at most|more than|less than|no more than|no less than|up to|exactly) $/i
const determined =
  /(?:^|\s)(?:the|a|an|its|their|each|every|no|one|same|this|that|(?:[\p{L}]+est)|most|least|higher|lower|larger|smaller|second|third|fourth|fifth|first|last|total) $/iu

function vagueWords(fact: Fact, before: string, after: string): Vague {
  if (fact.type === 'date') return vagueDate(before)
  return fact.type === 'number' ? vagueNumber(fact, before, after) : vagueName(fact, before, after)
}

function vagueDate(before: string): Vague {
  const back = /\b(?:on|at|in|by) $/i.exec(before)?.[0].length ?? 0
  return { back, forth: 0, words: back > 0 ? 'in due time' : 'some time' }
}

function vagueNumber({ text }: Fact, before: string, after: string): Vague {
  const counts = /^[- ]\p{Ll}/u.test(after) && /^\d+$|^\p{L}+$/u.test(text)
  if (!counts) return { back: 0, forth: 0, words: 'a certain amount' }
  // A dash that bound the number to its noun goes with it.
  const [forth, gap] = after[0] === '-' ? [1, ' '] : [0, '']
  if (
    /\b(?:the|its|his|her|their|our|my|your|these|those|every|first|last|next|other) $/i.test(
      before,
    )
  ) {
    return { back: 0, forth, words: `few${gap}` }
  }
  const back = bound.exec(before)?.[0].length ?? 0
  return { back, forth, words: (back > 0 ? 'enough' : 'a few') + gap }
}

function vagueName(fact: Fact, before: string, after: string): Vague {
  const open = /["“«'‘`]$/.exec(before)?.[0].length ?? 0
  const isQuoted = open > 0 && /^["”»'’`]/.test(after)
  const lead = isQuoted ? before.slice(0, -open) : before
  const marks = isQuoted ? { back: open, forth: 1 } : { back: 0, forth: 0 }
  if (asking.test(lead) || determined.test(lead)) return { ...marks, words: 'one' }
  const isPlace = !isQuoted && isWord(fact) && /\b(?:in|at|to|from) $/i.test(lead)
  return { ...marks, words: isPlace ? 'the usual place' : 'the usual one' }
}

const asking = /(?:^|\s)(?:which|what|whose) $/i
