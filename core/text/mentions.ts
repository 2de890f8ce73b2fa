import { comparatorSource } from './comparators.js'
import { dateSource } from './dates.js'
import { type Fact, type FactType, normalOf } from './fact.js'
import { wordsOf } from './normalise.js'
import { numberSource } from './numbers.js'
import { ordinalSource } from './ordinals.js'
import { remembered } from './remembered.js'

/** What a fact is compared by. */
export type Comparable = Pick<Fact, 'type' | 'normal'>

const quantities = [
  ['date', dateSource],
  ['number', numberSource],
  ['ordinal', ordinalSource],
  ['comparator', comparatorSource],
] as const satisfies readonly (readonly [FactType, string])[]

const finder = new RegExp(quantities.map(([type, from]) => `(?<${type}>${from})`).join('|'), 'gu')

/** By what a fact is looked for: a number without its unit, since who repeats a price often leaves the currency out. */
export function searchKey({ type, normal }: Comparable): string {
  return `${type} ${type === 'number' ? normal.split(' ', 1)[0] : normal}`
}

function quantitiesIn(text: string): ReadonlySet<string> {
  const unnumbered = text.replace(/^[ \t]{0,40}\d{1,4}[.)](?= )/gm, '')
  const found = [...unnumbered.matchAll(finder)].map((match) => {
    const [type] = quantities.find(([name]) => match.groups?.[name] !== undefined) ?? ['number']
    return searchKey({ type, normal: normalOf(type, match[0]) })
  })
  return new Set(found)
}

function isQuantity(type: FactType): boolean {
  return quantities.some(([name]) => name === type)
}

/** Prepares a text for being asked which facts it mentions, in whatever form it writes them. */
export const mentions: (text: string) => (fact: Comparable) => boolean = remembered(mentionsOf)

function mentionsOf(text: string): (fact: Comparable) => boolean {
  const found = quantitiesIn(text)
  const words = wordsOf(text)
  const places = new Map<string, number[]>()
  for (const [at, word] of words.entries()) {
    const here = places.get(word)
    if (here) here.push(at)
    else places.set(word, [at])
  }
  const says = (phrase: readonly string[]) => {
    const all = phrase.map((word) => places.get(word) ?? [])
    const [rarest = []] = [...all].sort((a, b) => a.length - b.length)
    const offset = all.indexOf(rarest)
    return rarest.some((at) => phrase.every((word, next) => words[at - offset + next] === word))
  }
  return (fact) => {
    if (isQuantity(fact.type)) return found.has(searchKey(fact))
    const phrase = wordsOf(fact.normal)
    return phrase.length > 0 && says(phrase)
  }
}
