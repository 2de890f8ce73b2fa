import { suffixOf } from './ordinals.js'

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const month = [
  'January|February|March|April|May|June|July|August|September|October|November|December',
  'january|february|march|april|may|june|july|august|september|october|november|december',
  'Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec',
].join('|')
const weekdays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')
/** Months that are no other word. */
const plainMonths =
  'January|February|April|June|July|August|September|October|November|December|' +
  'january|february|april|june|july|september|october|november|december'
const day = String.raw`\d{1,2}(?:st|nd|rd|th)?`

/** Source of the expression that finds dates and times of day. */
export const dateSource = `(?<![\\p{L}\\p{N}_./:-])(?:${[
  String.raw`\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?`,
  String.raw`${day} (?:of )?(?:${month})(?:,? \d{4})?`,
  String.raw`(?:${month})\.? ${day}(?:,? \d{4})?`,
  String.raw`(?:${month})\.? \d{4}`,
  String.raw`\d{1,2}\/\d{1,2}\/\d{2,4}`,
  String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?(?: ?(?:[ap]m|[AP]M|[ap]\.m\.))?`,
  String.raw`\d{1,2} ?(?:[ap]m|[AP]M|[ap]\.m\.)`,
  `(?:${weekdays.join('|')})`,
  plainMonths,
].join('|')})(?![\\p{L}\\p{N}_])`

/** The parts of a date or time that can be moved, as expressions whose only group is the number; first match wins. */
const movable: readonly Readonly<{ part: RegExp; low: number; high: number; most?: number }>[] = [
  { part: /^\d{4}-\d{2}-(\d{2})/, low: 1, high: 28 },
  { part: /^\d{1,2}:(\d{2})/, low: 0, high: 59 },
  { part: /^(\d{1,2})\/\d{1,2}\/\d{2,4}$/, low: 1, high: 12 },
  { part: /^(\d{1,2})(?!\d)/, low: 1, high: 28 },
  { part: /^\p{L}+\.? (\d{1,2})(?!\d)/u, low: 1, high: 28 },
  { part: /(\d{4})$/, low: 1000, high: 2999, most: 5 },
]

/**
 * The normal form of a date; anything that does not name a month is only put into lower case.
 *
 * @example
 * March 12th, 1996  ->  1996-03-12
 */
export function dateNormal(surface: string): string {
  if (!/\d/.test(surface)) return surface.toLowerCase()
  const name = months.findIndex((short) => new RegExp(`\\b${short}`, 'i').test(surface))
  if (name < 0) return surface.toLowerCase()
  const year = /\d{4}/.exec(surface)?.[0] ?? '????'
  const date = /(?<!\d)(\d{1,2})(?!\d)/.exec(surface.replace(/(?:st|nd|rd|th)\b/, ''))?.[1] ?? '??'
  return `${year}-${String(name + 1).padStart(2, '0')}-${date.padStart(2, '0')}`
}

/**
 * A date or time some steps later, in the same writing: days stay in their month, minutes in their hour, and years move by
 * five at most.
 */
export function moved(surface: string, steps: number): string {
  if (!/\d/.test(surface)) return movedName(surface, steps)
  for (const { part, low, high, most = high } of movable) {
    const found = part.exec(surface)
    if (!found?.[1]) continue
    const at = found.index + found[0].lastIndexOf(found[1])
    const span = high - low + 1
    const number = ((Number(found[1]) - low + Math.min(steps, most)) % span) + low
    const written = String(number).padStart(found[1].length, '0')
    const text = surface.slice(0, at) + written + surface.slice(at + found[1].length)
    return text.replace(/(\d{1,2})(?:st|nd|rd|th)\b/, (_, d: string) => d + suffixOf(Number(d)))
  }
  return surface
}

/** Another weekday or month, in the same writing. */
function movedName(surface: string, steps: number): string {
  const isUpper = /^\p{Lu}/u.test(surface)
  const list = weekdays.includes(surface) ? weekdays : plainMonths.split('|').slice(0, 10)
  const at = list.findIndex((name) => name.toLowerCase() === surface.toLowerCase())
  const name = list[(at + steps) % list.length] ?? surface
  return isUpper ? name : name.toLowerCase()
}
