import type { Slots } from '../sentence-form.js'

/** What can be said about a trip, in the order in which it is settled. Draws are keyed by these words, never by a value. */
export const factTypes = [
  'from',
  'to',
  'date',
  'city',
  'nights',
  'passengers',
  'total',
  'departure',
  'stars',
  'breakfast',
  'choice',
] as const

/** One of the things that can be said about a trip. */
export type FactType = (typeof factTypes)[number]

/** One thing that a sentence says; an empty value is a hole: the place is there, the value is not. */
export type Fact = Readonly<{ type: FactType; value: string }>

/** What is wanted, by type. What is missing was never said, or was overlooked. */
export type Demands = Readonly<Partial<Record<FactType, string>>>

/** What a fact is called in a question or a note. */
export const nameOf: Readonly<Record<FactType, string>> = {
  from: 'place of departure',
  to: 'destination',
  date: 'date',
  city: 'city of the hotel',
  nights: 'number of nights',
  passengers: 'number of passengers',
  total: 'limit of the total',
  departure: 'time of departure',
  stars: 'number of stars',
  breakfast: 'breakfast',
  choice: 'choice among those that fit',
}

/** Facts with a bound and a size, which only say something together: `at least 4`. */
type Bounded = 'total' | 'departure' | 'stars'

const usualBound: Readonly<Record<Bounded, string>> = {
  total: 'at most',
  departure: 'at least',
  stars: 'at least',
}

const isBounded = (type: FactType): type is Bounded => Object.hasOwn(usualBound, type)

const isFactType = (name: string): name is FactType => factTypes.some((type) => type === name)

/** The facts in the slots of a sentence. A bound belongs to the size beside it, and is the usual one when it is lost. */
export function factsIn({ bound = '', ...slots }: Slots): readonly Fact[] {
  return Object.entries(slots).flatMap(([type, value]) => {
    if (!isFactType(type)) return []
    if (!isBounded(type) || value === '') return [{ type, value }]
    return [{ type, value: `${bound || usualBound[type]} ${value}` }]
  })
}

/** A value of a bounded fact in its two parts. */
export function boundOf(value: string): Readonly<{ isLeast: boolean; size: string }> {
  return { isLeast: value.startsWith('at least'), size: value.replace(/^at (?:least|most) /, '') }
}

/** The slots of a sentence that states facts. */
export function slotsOf(facts: readonly Fact[]): Slots {
  const slots = facts.map(({ type, value }) => [
    type,
    isBounded(type) ? boundOf(value).size : value,
  ])
  const bounded = facts.find(({ type }) => isBounded(type))
  const bound = bounded && !boundOf(bounded.value).isLeast ? 'at most' : 'at least'
  return { ...Object.fromEntries(slots), ...(bounded ? { bound } : {}) }
}

/** Whether any of these demands is about a flight. */
export const wantsFlight = (said: Demands): boolean =>
  [said.from, said.to, said.passengers, said.departure].some((value) => value !== undefined)

/** Whether any of these demands is about a hotel. */
export const wantsHotel = (said: Demands): boolean =>
  [said.city, said.nights, said.stars, said.breakfast].some((value) => value !== undefined)
