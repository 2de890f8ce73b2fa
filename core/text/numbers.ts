import type { Rng } from '../draw.js'

const words = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** What a unit is called whichever way it is written; units that are not listed belong to the sentence. */
const units: Readonly<Record<string, string>> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  dollars: 'USD',
  euros: 'EUR',
  pounds: 'GBP',
  percent: '%',
  hour: 'h',
  hours: 'h',
  minutes: 'min',
  seconds: 's',
  metres: 'm',
  meters: 'm',
}

const suffixes = [
  '%|€|£|percent|USD|EUR|GBP|JPY|dollars|euros|pounds',
  'kg|km|cm|mm|mg|GB|MB|kB|min|hours?|minutes|seconds|metres|meters|°C|°F|g|m|s|h',
].join('|')

/**
 * Source of the expression that finds numbers: sign, currency, thousands separators, decimals, unit; and the words from
 * two to twelve (`one` is mostly a pronoun). Sixteen digits and more are identifiers, not quantities.
 */
export const numberSource = [
  String.raw`(?<![\p{L}\p{N}_.,/])[-−+]?(?:[$€£¥] ?)?(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,15})?`,
  `(?:[ \u00a0]?(?:${suffixes}))?`,
  String.raw`(?![\p{L}\p{N}_]|[.,/]\d)`,
  `|(?<![\\p{L}\\p{N}_-])(?:${words
    .slice(2)
    .map((word) => `[${word[0]?.toUpperCase()}${word[0]}]${word.slice(1)}`)
    .join('|')})(?![\\p{L}\\p{N}_-])`,
].join('')

type Quantity = Readonly<{ digits: string; size: number; negative: boolean; unit: string }>

function quantityOf(surface: string): Quantity {
  const word = words.indexOf(surface.toLowerCase())
  if (word >= 0) return { digits: surface, size: word, negative: false, unit: '' }
  const digits = /\d[\d,]*(?:\.\d+)?/.exec(surface)?.[0] ?? ''
  const [before = '', after = ''] = surface.split(digits).map((part) => part.trim())
  const unit = after || before.replace(/^[-−+]\s*/, '')
  return {
    digits,
    size: Number(digits.replaceAll(',', '')),
    negative: /^[-−]/.test(before),
    unit: units[unit] ?? unit,
  }
}

/**
 * The normal form of a number: its value, then its unit.
 *
 * @example
 * €1,000  ->  1000 EUR
 */
export function numberNormal(surface: string): string {
  const { size, negative, unit } = quantityOf(surface)
  const value = `${negative && size > 0 ? '-' : ''}${size}`
  return unit ? `${value} ${unit}` : value
}

/** The same number with another size, in the same writing: sign, separators, decimals and unit stay. */
export function withSize(surface: string, size: number): string {
  const { digits } = quantityOf(surface)
  if (!/\d/.test(digits)) {
    const word = words[size] ?? String(size)
    return /^\p{Lu}/u.test(surface) ? `${word[0]?.toUpperCase()}${word.slice(1)}` : word
  }
  const [whole = '', decimals] = size.toFixed(decimalsOf(digits)).split('.')
  const grouped = digits.includes(',') ? whole.replace(/\B(?=(?:\d{3})+$)/g, ',') : whole
  return surface.replace(digits, () => (decimals ? `${grouped}.${decimals}` : grouped))
}

const decimalsOf = (digits: string) => digits.split('.')[1]?.length ?? 0

/** Other sizes that a number could falsely have: moved by about `shift` of itself; years by one to five. */
export function otherSizes(surface: string, shift: number, rng: Rng): readonly number[] {
  const { digits, size, unit } = quantityOf(surface)
  if (unit === '' && /^(?:1[5-9]|20)\d\d$/.test(digits)) {
    return rng.shuffle([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]).map((years) => size + years)
  }
  const step = 10 ** -decimalsOf(digits)
  const moved = Math.max(step, Math.round((size * shift) / step) * step)
  const highest = unit === '%' && size <= 100 ? 100 : Number.MAX_SAFE_INTEGER
  const both = rng.next() < 0.5 ? [1, -1] : [-1, 1]
  const sizes = [0, 1, 2].flatMap((more) => both.map((sign) => size + sign * (moved + more * step)))
  return sizes
    .map((other) => Number(other.toFixed(decimalsOf(digits))))
    .filter((other) => other > 0 && other <= highest && other !== size)
}
