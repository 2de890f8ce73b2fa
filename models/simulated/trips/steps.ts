import { type SentenceForm, type Slots, sentenceForm } from '../sentence-form.js'
import {
  type Demands,
  type Fact,
  type FactType,
  factsIn,
  slotsOf,
  wantsFlight,
  wantsHotel,
} from './facts.js'

/** What one step of a plan does. */
type Operation =
  | 'search-flights'
  | 'search-hotels'
  | 'keep-departure'
  | 'keep-stars'
  | 'keep-breakfast'
  | 'keep-total'
  | 'choose'
  | 'book-flight'
  | 'book-hotel'
  | 'confirm'

/** One step of a plan with the facts that it states. */
export type Step = Readonly<{ op: Operation; facts: readonly Fact[] }>

type Described = Readonly<{ form: SentenceForm; types: readonly FactType[] }>

const described = (text: string, ...types: readonly FactType[]): Described => ({
  form: sentenceForm(text),
  types,
})

const forms: Readonly<Record<Operation, Described>> = {
  'search-flights': described(
    'Search flights from {from:place} to {to:place} on {date:date}.',
    ...(['from', 'to', 'date'] as const),
  ),
  'search-hotels': described(
    'Search hotels in {city:place} for {nights:nights}.',
    'city',
    'nights',
  ),
  'keep-departure': described(
    'Keep flights that leave at {departure:time} {bound:later}.',
    'departure',
  ),
  'keep-stars': described('Keep hotels with {bound:bound} {stars:stars}.', 'stars'),
  'keep-breakfast': described('Keep hotels {breakfast:offering}.', 'breakfast'),
  'keep-total': described('Keep pairs with a total of {bound:bound} {total:euros}.', 'total'),
  choose: described('Take the {choice:price} pair.', 'choice'),
  'book-flight': described('Book the flight for {passengers:passengers}.', 'passengers'),
  'book-hotel': described('Book the hotel from {date:date} for {nights:nights}.', 'date', 'nights'),
  confirm: described('Confirm the bookings.'),
}

const operations = Object.keys(forms) as readonly Operation[]

/** The step that a sentence states, holes and all; null when the sentence is no step. */
export function readStep(sentence: string): Step | null {
  const whole = stepsWith(({ read }) => read(sentence))
  const torn = whole.length > 0 ? whole : stepsWith(({ readTorn }) => readTorn(sentence))
  return torn.toSorted((a, b) => holesIn(a) - holesIn(b))[0] ?? null
}

const stepsWith = (reading: (form: SentenceForm) => Slots | null): readonly Step[] =>
  operations.flatMap((op) => {
    const slots = reading(forms[op].form)
    return slots ? [{ op, facts: factsIn(slots) }] : []
  })

const holesIn = ({ facts }: Step) => facts.filter(({ value }) => value === '').length

/** The sentence that states a step. */
export const sentenceOf = ({ op, facts }: Step): string => forms[op].form.write(slotsOf(facts))

/** The steps that fulfil demands, in the one order in which they are always written. */
export function stepsFor(demands: Demands): readonly Step[] {
  const parts: Readonly<Record<Operation, boolean>> = {
    'search-flights': wantsFlight(demands),
    'search-hotels': wantsHotel(demands),
    'keep-departure': demands.departure !== undefined,
    'keep-stars': demands.stars !== undefined,
    'keep-breakfast': demands.breakfast !== undefined,
    'keep-total': demands.total !== undefined,
    choose: demands.choice !== undefined,
    'book-flight': wantsFlight(demands),
    'book-hotel': wantsHotel(demands),
    confirm: true,
  }
  return operations
    .filter((op) => parts[op])
    .map((op) => ({
      op,
      facts: forms[op].types.map((type) => ({ type, value: demands[type] ?? '' })),
    }))
}

/** The number of the first step in which two plans differ, from 1, and the fact in which it does; null when they agree. */
export function firstDifference(
  own: readonly Step[],
  other: readonly Step[],
): Readonly<{ number: number; type: FactType | null }> | null {
  for (let at = 0; at < Math.max(own.length, other.length); at++) {
    const [mine, theirs] = [own[at], other[at]]
    if (!mine || !theirs || mine.op !== theirs.op) return { number: at + 1, type: null }
    const type = mine.facts.find((fact, place) => fact.value !== theirs.facts[place]?.value)?.type
    if (type !== undefined) return { number: at + 1, type }
  }
  return null
}
