import type { Fact } from './fact.js'

/** What goes when a fact goes: a stretch of text, and the words that take its place. */
export type Gap = Readonly<{ start: number; end: number; text: string }>

type Around = Readonly<{ before: string; after: string }>
type Place = Readonly<{ start: number; end: number }>
type Surfaced = Place & Readonly<{ surface: string }>

const leading = new RegExp(
  '(?<![\\p{L}\\p{N}])(?:(?:about|around|only|exactly|just|over|under|nearly|almost|up to)\\s)?' +
    '(?:in|at|by|for|within|on|per|into|than|after|before|of|with|from|since|until|during)\\s(?:(?:the|an?)\\s)?' +
    '(?:(?:about|around|only|exactly|just|over|under|nearly|almost|up to)\\s)?$',
  'iu',
)
const measures =
  /^[ -](?:minutes?|hours?|days?|weeks?|months?|years?|seconds?|miles?|feet|foot|inch(?:es)?|yards?|acres?|pounds?|ounces?|grams?|liters?|litres?|gallons?|cups?|kilometers?|kilometres?|meters?|metres?|times|percent|degrees?|dollars?|cents?|points?|pages?|words)\b/u
const rate =
  /^ (?:each|apiece|per \p{Ll}+|an? (?:hour|day|week|month|year|minute|second|page|piece|pound|night|person)|every (?:hour|day|week|month|year)|old|long|wide|tall|high)\b/u
const noun =
  /^ (?:\p{Ll}+ ){0,2}?(?!(?:is|was|has|does|as|its|this|plus|less|times|always)\b)\p{Ll}+(?:s|ren|men|people)\b/u
const word =
  /^ (?!(?:of|and|or|each|per|more|than|to|in|at|for|is|are|was|were|which|who|that|as|after|before|if|on|by|with|from|left|when|while|how|because|so|but|then|if)\b)\p{Ll}/u
const definite =
  /\b(?:the|next|last|first|past|these|those|his|her|its|their|our|my|your|other)\s$/iu
const quantified =
  /\b(?:every|each|another|all|no|any|between|and|or|to|by|=|\d|two|three|four|five|six|seven|eight|nine|ten)\s$/iu

/**
 * What to take out of a sentence so that a fact is gone and nobody sees that it was there; null when that leaves a hole.
 *
 * @example
 * Book a room for 40 EUR in Rome.  ->  Book a room in Rome.
 */
export function gapFor({ type, normal }: Fact, place: Place, text: string): Gap | null {
  const around = {
    before: text.slice(Math.max(0, place.start - 60), place.start),
    after: text.slice(place.end, place.end + 60),
  }
  switch (type) {
    case 'number':
      return numberGap({ ...place, surface: text.slice(place.start, place.end) }, around)
    case 'ordinal':
      return adjective(place, around)
    case 'comparator':
      return /\d/.test(text.slice(place.start, place.end))
        ? numberGap({ ...place, surface: text.slice(place.start, place.end) }, around)
        : comparatorGap(normal, place, around)
    case 'date':
    case 'quoted':
    case 'code':
    case 'path':
    case 'name':
    case 'cell':
      return wordGap(place, around)
    case 'polarity':
      return null
    default:
      return type satisfies never
  }
}

const length = (text: string, part: RegExp) => part.exec(text)?.[0].length ?? 0

/** A word before another one can go alone, with the space behind it. */
function adjective({ start, end }: Place, { before, after }: Around): Gap | null {
  if (!/^ [\p{L}"“'`]/u.test(after) || !word.test(after.replace(/^ ["“'`\p{Lu}]/u, ' a')))
    return null
  if (/(?:^|[.?!]\s+)$/.test(before)) return null
  return { start, end: end + 1, text: '' }
}

const governing =
  /\b(?:in|of|at|by|for|from|to|with|than|on|into|an?|is|are|was|were|be|as|and|or)\s$/i

/** Comparators without which their sentence would fall apart: verbs, nouns and prepositions. */
const indispensable =
  /^~=?(?:above|below|before|after|including|excluding|higher|lower|\w+ with|won|lost|wins|losses|true|false|sum|product|median|mean|inside|outside|(?:pre|suf)fix(?:es)?|vowels?|consonants?|regardless of|depending on|(?:all|none|half|.*third|.*quarter)s? .*)$/

function comparatorGap(normal: string, place: Place, around: Around): Gap | null {
  const { before, after } = around
  if (/^ of\b/.test(after) || indispensable.test(normal)) return null
  if (/^(?:~at least|~at most|~exactly|~only)$/.test(normal)) return adjective(place, around)
  if (/^(?:[.,;?!]|$| from\b| by\b)/.test(after)) {
    if (!/\S $/.test(before) || definite.test(before) || governing.test(before)) return null
    return { start: place.start - 1, end: place.end, text: '' }
  }
  return adjective(place, around)
}

const bound =
  /^(?:above|below|over|under|before|after|since|until|more than|less than|fewer than)\b/i
const ends =
  /^(?:[.,;?!)]|$| (?:and|or|if|when|while|to|in|on|at|for|with|by|before|after|from|each|how)\b)/
const paying =
  /\b(?:costs?|pays?|paid|earns?|earned|saves?|saved|spends?|spent|has|have|had|makes?|made|gave|gets?|got|receives?|received|owes?|charges?|needs?)\s$/

function numberGap(place: Surfaced, around: Around): Gap | null {
  const { start, end, surface } = place
  const { before, after } = around
  const compound = length(after, /^-\p{Ll}+(?:-\p{Ll}+)?(?= \p{Ll})/u)
  if (compound > 0) return { start, end: end + compound + 1, text: '' }
  const measured = length(after, measures)
  const tail = measured + length(after.slice(measured), rate)
  const isAdjunct = ends.test(after.slice(tail))
  if (bound.test(surface) && isAdjunct) return { start: start - 1, end: end + tail, text: '' }
  if (/^ (?:out )?of\b/.test(after)) return isHeld(before) ? null : { start, end, text: 'some' }
  if (goesBefore(place, around, measured > 0)) return { start, end: end + 1, text: '' }
  const lead = length(before, leading)
  if (lead > 0 && isAdjunct && !quantified.test(before)) {
    return { start: start - lead, end: end + tail, text: '' }
  }
  return isHeld(before) || lead > 0 ? null : vague(place, around, { measured, tail })
}

/** Whether a number can go and leave the noun behind it: apples, the hours, a discount. */
function goesBefore(
  { surface }: Surfaced,
  { before, after }: Around,
  isMeasured: boolean,
): boolean {
  const hasUnit = /\d/.test(surface) && /[^\d.,/\s-]/.test(surface)
  if (!isMeasured && !hasUnit && noun.test(after)) return !quantified.test(before)
  if (isMeasured && definite.test(before)) return true
  return (hasUnit || /\ban? $/i.test(before)) && word.test(after)
}

/** Words that say that there is an amount, and not which. */
function vague(
  { start, end, surface }: Surfaced,
  { before, after }: Around,
  { measured, tail }: Readonly<{ measured: number; tail: number }>,
): Gap | null {
  if (paying.test(before) && money.test(surface)) {
    return { start, end: end + tail, text: 'some money' }
  }
  if (/\b(?:is|was|are|were)\s$/.test(before) && /^(?:[.!]|$)/.test(after)) {
    return { start, end, text: 'known' }
  }
  const isMany = /^\d+$/.test(surface) ? Number(surface) > 1 : /^\p{L}+$/u.test(surface)
  return measured > 0 && isMany ? { start, end, text: 'several' } : null
}

const money = /[$€£¥]|[A-Z]{3}$|dollars|euros|pounds/

const isHeld = (before: string) => quantified.test(before) || definite.test(before)

function wordGap({ start, end }: Place, { before, after }: Around): Gap | null {
  const isMarked = /["“«'‘`(]$/.test(before) && /^["”»'’`)]/.test(after)
  const left = isMarked ? before.slice(0, -1) : before
  const right = isMarked ? after.slice(1) : after
  const lead = length(left, leading)
  if (/^['’]s?\b|^['’](?=\s)|^ (?:and|or|to|through|\p{Lu})/u.test(right) || /^[-/]/.test(right))
    return null
  const from = start - (isMarked ? 1 : 0)
  const to = end + (isMarked ? 1 : 0)
  const stranded =
    /\b(?:rest|part|end|one|each|all|most|some|half|third|out|number|kind|because|instead)\s$/
  if (lead === 0 || stranded.test(left.slice(0, -lead))) return null
  return { start: from - lead, end: to, text: '' }
}

/** A gap with the spaces, the comma, the article and the capital around it put right. */
export function closed(
  { start, end, text: filler }: Gap,
  { body, end: last }: Readonly<{ body: number; end: number }>,
  text: string,
): Gap {
  const [left, right] = [text.slice(Math.max(body, start - 4), start), text.slice(end, last)]
  if (filler !== '') {
    const isStart = start === body && /^[\p{Lu}\d]/u.test(text.slice(start))
    return { start, end, text: isStart ? capital(filler) : filler }
  }
  if (start === body) {
    const skipped = length(right, /^[,\s]*/)
    const next = right.charAt(skipped)
    const isUpper = /^[\p{Lu}\d$€£]/u.test(text.slice(start))
    return { start, end: end + skipped + 1, text: isUpper ? next.toUpperCase() : next }
  }
  const article = /(?<!\p{L})([Aa])n? $/u.exec(left)
  if (article) {
    const next = /^ ?(.)/u.exec(right)?.[1] ?? ''
    const written = `${article[1]}${/[aeio]/i.test(next) ? 'n' : ''} `
    return { start: start - article[0].length, end: end + length(right, /^ /), text: written }
  }
  const spaces = length(left, /\s+$/)
  return { start: /^(?:[\s.,;:?!)]|$)/.test(right) ? start - spaces : start, end, text: '' }
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
