import type { Slots } from '../sentence-form.js'

/** What can be said about a purchase, in the order in which it is settled. */
export const factTypes = ['thing', 'attribute', 'option', 'price'] as const

/** One of the things that can be said about a purchase. */
export type FactType = (typeof factTypes)[number]

/**
 * One thing that a sentence says. `name` is that of an option, else empty. An empty value is a hole: the place is there,
 * the value is not. What shall not be so begins with `not`: `not waterproof`.
 */
export type Fact = Readonly<{ type: FactType; name: string; value: string }>

/**
 * One thing that is wanted. Draws hang on its key: its type and its place among its kind, never its words.
 * `guess` stands in for a value that nobody has told.
 */
export type Demand = Fact & Readonly<{ key: string; guess?: number }>

/** All that is wanted, in the order in which it is settled. */
export type Demands = readonly Demand[]

/** What a fact is called in a question or a note. */
export const nameOf = ({ type, name }: Fact): string =>
  ({
    thing: 'product',
    attribute: 'attribute',
    option: name || 'option',
    price: 'limit of the price',
  })[type]

const negated = (value: string, isSo: string | undefined) =>
  isSo === 'no' && value !== '' ? `not ${value}` : value

/** The facts in the slots of a sentence. A bound belongs to the price beside it, and is the usual one when it is lost. */
export function factsIn(slots: Slots): readonly Fact[] {
  const { thing, attribute, name, value, price, bound, isSo } = slots
  if (thing !== undefined) return [{ type: 'thing', name: '', value: thing }]
  if (attribute !== undefined) {
    return [{ type: 'attribute', name: '', value: negated(attribute, isSo) }]
  }
  if (value !== undefined) {
    return [{ type: 'option', name: (name ?? '').toLowerCase(), value: negated(value, isSo) }]
  }
  if (price === undefined) return []
  return [{ type: 'price', name: '', value: price && `${bound || 'at most'} ${price}` }]
}

/** The slots of a sentence that states a fact. */
export function slotsOf({ type, name, value }: Fact): Slots {
  const isSo = value.startsWith('not ') ? 'no' : 'yes'
  const bare = bareOf(value)
  if (type === 'thing') return { thing: value }
  if (type === 'attribute') return { attribute: bare, isSo }
  if (type === 'option') return { name, value: bare, isSo }
  const { isLeast, size } = boundOf(value)
  return { price: size, bound: isLeast ? 'at least' : 'at most' }
}

/** A value without the word that turns it round. */
export const bareOf = (value: string): string => value.replace(/^not /, '')

/** The bound of a price in its two parts. */
export function boundOf(value: string): Readonly<{ isLeast: boolean; size: string }> {
  return { isLeast: value.startsWith('at least'), size: value.replace(/^at (?:least|most) /, '') }
}

/** The demands of one type. */
export const demandsOf = (demands: Demands, type: FactType): Demands =>
  demands.filter((demand) => demand.type === type)

/** What is looked for; empty when it is not known, undefined when nobody looks for anything. */
export const thingIn = (demands: Demands): string | undefined =>
  demandsOf(demands, 'thing')[0]?.value
