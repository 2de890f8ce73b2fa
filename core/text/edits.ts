import { groupBy } from '../lists.js'
import type { Document } from './document.js'
import type { Fact } from './fact.js'
import type { PlacedUnit, Reading } from './facts.js'
import { occurrences } from './occurrences.js'

/** A piece of a leaf that gets another text. */
export type Edit = Readonly<{ leaf: number; start: number; end: number; text: string }>

/** Where a fact stands in a text, and in which writing. */
export type Place = Readonly<{
  leaf: number
  start: number
  end: number
  unit: number
  surface: string
}>

/** Whether a fact is words that can be repeated anywhere, rather than a quantity or a comparison. */
export const isWord = ({ type }: Fact): boolean =>
  ['quoted', 'code', 'path', 'name', 'cell'].includes(type)

/**
 * Every place where a text states a fact: wherever the same normal form is recognised, and for names and other words
 * wherever they are repeated outside of other facts. The header of a table names columns and is no place of a fact.
 */
export function placesOf(fact: Fact, reading: Reading): readonly Place[] {
  const stated = reading.facts
    .filter(({ normal }) => normal === fact.normal)
    .map(({ leaf, start, end, unit, text }) => ({ leaf, start, end, unit, surface: text }))
  // One letter in quotation marks is not the article that a sentence begins with.
  if (!isWord(fact) || fact.text.length < 3) return stated
  const factsOf = groupBy(reading.facts, ({ unit }) => unit)
  const repeated = reading.units.flatMap((unit, at) =>
    repeatsIn(unit, at, fact, reading).filter((place) => isFree(place, factsOf.get(at) ?? [])),
  )
  return [...stated, ...repeated]
}

/** Whether a place is outside of some facts, which stand in order and do not overlap. */
function isFree({ start, end }: Place, facts: readonly Fact[]): boolean {
  let low = 0
  let high = facts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((facts[middle]?.start ?? end) < end) low = middle + 1
    else high = middle
  }
  return (facts[low - 1]?.end ?? 0) <= start
}

function repeatsIn(
  unit: PlacedUnit,
  at: number,
  { text: surface }: Fact,
  { document }: Reading,
): readonly Place[] {
  if (unit.kind === 'header') return []
  const { leaf } = unit
  const from = unit.kind === 'field' ? unit.start : unit.body
  const text = document.leaves[leaf]?.text.slice(from, unit.end) ?? ''
  return occurrences(text, surface).map((found) => {
    const start = from + found
    return { leaf, start, end: start + surface.length, unit: at, surface }
  })
}

/** Prints a document with edits; leaves in `removed` go, with their keys if they are JSON. */
export function edited(
  { leaves, print }: Document,
  edits: readonly Edit[],
  removed: ReadonlySet<number> = new Set(),
): string {
  const editsOf = groupBy(edits, ({ leaf }) => leaf)
  return print(
    leaves.map(({ text }, at) => (removed.has(at) ? null : withEdits(text, editsOf.get(at) ?? []))),
  )
}

/**
 * A text with edits; of edits that overlap, the one that starts first counts, and of these the longest. An `a` or `an`
 * before a word that changes follows its sound.
 */
export function withEdits(text: string, edits: readonly Omit<Edit, 'leaf'>[]): string {
  const parts: string[] = []
  let at = 0
  for (const edit of [...edits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    // Two lines that go may both take the break between them.
    const isShared = edit.start === at - 1 && edit.text === '' && text[edit.start] === '\n'
    if (edit.start < at && !isShared) continue
    const start = Math.max(at, edit.start)
    parts.push(withArticle(text.slice(at, start), text.slice(start, edit.end), edit.text))
    parts.push(edit.text)
    at = edit.end
  }
  return parts.join('') + text.slice(at)
}

const vowel = /^["'“‘`(]?[$€£¥]?(?:[aeio](?!ne\b)|u(?!ni|s[ae])|8|11(?!\d)|18(?!\d)|hour)/i

/** What stands before a changed word, with the article that it needs. */
function withArticle(lead: string, before: string, after: string): string {
  if (after === '' || before === '' || vowel.test(before) === vowel.test(after)) return lead
  return lead.replace(/(?<![\p{L}\p{N}])([Aa])n?( ["'“‘`]?)$/u, (_, a: string, gap: string) =>
    vowel.test(after) ? `${a}n${gap}` : `${a}${gap}`,
  )
}
