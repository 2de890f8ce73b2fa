import type { Rng } from '../draw.js'

const words = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen twenty'
).split(' ')
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const scales: Readonly<Record<string, number>> = { hundred: 100, thousand: 1e3, million: 1e6 }

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
 * Source of the expression that finds numbers: sign, currency, thousands separators, decimals, unit; fractions; and
 * words, `one` alone left out, which is mostly a pronoun. Sixteen digits and more are identifiers, not quantities.
 */
export const numberSource = [
  String.raw`(?<![\p{L}\p{N}_.,/])[-−+]?(?:[$€£¥] ?)?(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,15})?`,
  `(?:[ \u00a0]?(?:${suffixes}))?`,
  String.raw`(?![\p{L}\p{N}_]|[.,/]\d)`,
  String.raw`|(?<![\p{L}\p{N}_.,/])\d{1,3}\/\d{1,3}(?![\p{L}\p{N}_/]|[.,]\d)`,
  `|(?<![\\p{L}\\p{N}_-])(?:${wordSource()})(?![\\p{L}\\p{N}_]|-(?!\\p{Ll}))`,
].join('')

function wordSource(): string {
  const anyCase = (word: string) => `[${word[0]?.toUpperCase()}${word[0]}]${word.slice(1)}`
  const ones = words.slice(1, 10).join('|')
  const small = [...words.slice(2), ...tens.slice(1)].map(anyCase).join('|')
  const compound = `(?:${tens.map(anyCase).join('|')})-(?:${ones})`
  const scale = `(?: (?:${Object.keys(scales).join('|')}))`
  const large = `(?:[Oo]ne|[Aa]|${small})${scale}(?: and (?:${compound}|${small}|one))?`
  return `${large}|${compound}|${small}`
}

type Quantity = Readonly<{ digits: string; size: number; negative: boolean; unit: string }>

function quantityOf(surface: string): Quantity {
  if (/^\p{L}/u.test(surface) && !/\d/.test(surface)) {
    return { digits: surface, size: sizeOf(surface), negative: false, unit: '' }
  }
  const [, above, below] = fraction.exec(surface) ?? []
  if (below) {
    return { digits: surface, size: Number(above) / Number(below), negative: false, unit: '' }
  }
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

const fraction = /^(\d+)\/(\d+)$/

/** The size of a number in words. */
function sizeOf(surface: string): number {
  let size = 0
  for (const word of surface.toLowerCase().split(/[ -]/)) {
    const ten = tens.indexOf(word)
    if (word in scales) size *= scales[word] ?? 1
    else if (ten >= 0) size += 10 * (ten + 2)
    else size += word === 'a' ? 1 : Math.max(0, words.indexOf(word))
  }
  return size
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
  if (fraction.test(surface)) return surface.replace(/\d+$/, String(size))
  if (!/\d/.test(digits)) {
    const word = inWords(size)
    return /^\p{Lu}/u.test(surface) ? `${word[0]?.toUpperCase()}${word.slice(1)}` : word
  }
  const [whole = '', decimals] = size.toFixed(decimalsOf(digits)).split('.')
  const grouped = digits.includes(',') ? whole.replace(/\B(?=(?:\d{3})+$)/g, ',') : whole
  return surface.replace(digits, () => (decimals ? `${grouped}.${decimals}` : grouped))
}

/** A number in words, as far as it has some; in digits otherwise. */
function inWords(size: number): string {
  if (words[size] !== undefined) return words[size]
  const ten = tens[Math.floor(size / 10) - 2]
  if (ten && size < 100) return size % 10 === 0 ? ten : `${ten}-${words[size % 10]}`
  return size === 100 ? 'one hundred' : String(size)
}

const decimalsOf = (digits: string) => digits.split('.')[1]?.length ?? 0

/** Other sizes that a number could falsely have: moved by about `shift` of itself; years by one to five. */
export function otherSizes(surface: string, shift: number, rng: Rng): readonly number[] {
  const { digits, size, unit } = quantityOf(surface)
  const [, above = '', below = ''] = fraction.exec(surface) ?? []
  // A fraction gets another denominator, so that it stays below one.
  if (below) return [1, 2, -1].map((more) => Number(below) + more).filter((d) => d > Number(above))
  if (unit === '' && /^(?:1[5-9]|20)\d\d$/.test(digits)) {
    return rng.shuffle([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]).map((years) => size + years)
  }
  const step = 10 ** -decimalsOf(digits)
  const moved = Math.max(step, Math.round((size * shift) / step) * step)
  const highest = unit === '%' && size <= 100 ? 100 : Number.MAX_SAFE_INTEGER
  const both = rng.next() < 0.5 ? [1, -1] : [-1, 1]
  const sizes = [0, 1, 2].flatMap((more) => both.map((sign) => size + sign * (moved + more * step)))
  return (
    sizes
      .map((other) => Number(other.toFixed(decimalsOf(digits))))
      .filter((other) => other > 0 && other <= highest && other !== size)
      // The noun behind it is most likely in the plural, so that one is the last choice.
      .sort((a, b) => +(a === 1) - +(b === 1))
  )
}
