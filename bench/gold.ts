import { readFileSync } from 'node:fs'

/** A stretch of a text. */
export type Span = Readonly<{ start: number; end: number }>

/** What is labelled in a text, and found by those who read it. */
export const kinds = ['numbers', 'dates', 'names', 'negations', 'comparisons'] as const

/** One kind of label. */
export type Kind = (typeof kinds)[number]

/** A text with what a competent agent would repeat of it later. */
export type Sample = Readonly<{
  id: string
  text: string
  later?: string
  protect?: readonly string[]
}>

/** A text with its labels, as places in it. */
export type Labelled = Readonly<{
  id: string
  text: string
  /** Where units begin: at their first letter, digit or quotation mark. */
  starts: readonly number[]
  /** Code, JSON and examples: what is in there is not labelled. */
  unlabelled: readonly Span[]
  spans: Readonly<Record<Kind, readonly Span[]>>
}>

type Gold = Readonly<{ id: string; units?: readonly string[] }> &
  Readonly<Partial<Record<Kind, readonly string[]>>>

const folder = new URL('../test/data/texts/', import.meta.url)

function linesOf<Line>(path: string): readonly Line[] {
  const text = readFileSync(new URL(path, folder), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}

/** The texts of one origin. */
export const samplesOf = (origin: string): readonly Sample[] => linesOf(`${origin}/texts.jsonl`)

/** The labelled texts of one origin: `gold`, or those that were `kept-aside` while rules were changed. */
export function labelledOf(
  origin: string,
  part: 'gold' | 'kept-aside' = 'gold',
): readonly Labelled[] {
  const texts = new Map(samplesOf(origin).map(({ id, text }) => [id, text]))
  return linesOf<Gold>(`${origin}/${part}.jsonl`).map((gold) =>
    placed(gold, texts.get(gold.id) ?? ''),
  )
}

function placed(gold: Gold, text: string): Labelled {
  const { units = [] } = gold
  const begins = inOrder(
    units.map((unit) => unit.replace(/^!/, '')),
    (unit, from) => {
      const start = text.indexOf(unit, from)
      return { start, end: start + unit.length }
    },
  )
  const unlabelled = begins.flatMap(({ start }, at) =>
    units[at]?.startsWith('!') ? [{ start, end: begins[at + 1]?.start ?? text.length }] : [],
  )
  const labels = kinds.map((kind) => [
    kind,
    inOrder(gold[kind] ?? [], (label, from) => wordsAt(text, label, from)),
  ])
  return {
    ...{ id: gold.id, text, unlabelled },
    starts: begins.map(({ start }) => firstMark(text, start)),
    spans: Object.fromEntries(labels) as Labelled['spans'],
  }
}

function inOrder(
  labels: readonly string[],
  find: (label: string, from: number) => Span,
): readonly Span[] {
  let from = 0
  return labels.map((label) => {
    const span = find(label, from)
    if (span.start < 0) throw new Error(`The label ${JSON.stringify(label)} is not in its text.`)
    from = span.end
    return span
  })
}

function wordsAt(text: string, label: string, from: number): Span {
  const isInside = (a = '', b = '') => /[\p{L}\p{N}]/u.test(a) && /[\p{L}\p{N}]/u.test(b)
  const start = text.indexOf(label, from)
  const end = start + label.length
  const isCut = isInside(text[start - 1], text[start]) || isInside(text[end - 1], text[end])
  return start >= 0 && isCut ? wordsAt(text, label, start + 1) : { start, end }
}

/** The first letter, digit or quotation mark at or behind a place: marks of lists and comments do not count. */
export function firstMark(text: string, from: number): number {
  const found = text.slice(from).search(/[\p{L}\p{N}"'`]/u)
  return found < 0 ? text.length : from + found
}

/** Hits among what was found and among what is labelled. */
export type Count = Readonly<{ right: number; found: number; hit: number; labelled: number }>

/** Compares what was found with the labels: what overlaps is a hit. `also` may be hit as well but is no false alarm. */
export function compare(
  labels: readonly Span[],
  found: readonly Span[],
  also: readonly Span[] = [],
): Count {
  const isHitBy = (spans: readonly Span[]) => (one: Span) =>
    spans.some(({ start, end }) => start < one.end && one.start < end)
  return {
    right: found.filter(isHitBy(labels)).length,
    found: found.length,
    hit: labels.filter(isHitBy([...found, ...also])).length,
    labelled: labels.length,
  }
}

/** Counts of several texts together. */
export function total(counts: readonly Count[]): Count {
  const add = (one: Count, other: Count) => ({
    right: one.right + other.right,
    found: one.found + other.found,
    hit: one.hit + other.hit,
    labelled: one.labelled + other.labelled,
  })
  return counts.reduce(add, { right: 0, found: 0, hit: 0, labelled: 0 })
}
