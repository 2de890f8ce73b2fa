import { type SentenceForm, sentenceForm } from '../sentence-form.js'
import { type Fact, factsIn } from './facts.js'

const forms: readonly SentenceForm[] = [
  'Book a flight from {from:place} to {to:place} on {date:date}.',
  'I need a flight from {from:place} to {to:place} on {date:date}.',
  'Book a hotel in {city:place} for {nights:nights}.',
  'I also need a hotel there for {nights:nights}.',
  'The flight is for {passengers:passengers}.',
  'We are {passengers:passengers}.',
  'The total must {bound:spending} {total:euros}.',
  'I can spend {total:euros} {bound:bound}.',
  'The flight must {bound:leaving} {departure:time}.',
  'I {bound:able} {departure:time}.',
  'The hotel needs {bound:bound} {stars:stars}.',
  'Only hotels with {stars:stars} {bound:more}.',
  'Hotels with {stars:stars} {bound:more}.',
  'Breakfast {breakfast:need} be included.',
  'I want breakfast {breakfast:included}.',
  'If several fit, take the {choice:price}.',
].map(sentenceForm)

const alone: readonly Fact[] = [{ type: 'passengers', value: '1' }]

/** The facts that a sentence of a request states, holes and all; null when it states none. */
export function readRequest(sentence: string): readonly Fact[] | null {
  if (/^I travel alone\.?$/i.test(sentence)) return alone
  for (const form of forms) {
    const slots = form.read(sentence)
    if (slots) return factsIn(slots)
  }
  return readTorn(sentence)
}

/** Of all forms that fit a damaged sentence, the one of which least is missing. */
function readTorn(sentence: string): readonly Fact[] | null {
  const fits = forms.flatMap((form) => {
    const slots = form.readTorn(sentence)
    return slots ? [factsIn(slots)] : []
  })
  const holes = (facts: readonly Fact[]) => facts.filter(({ value }) => value === '').length
  return fits.toSorted((a, b) => holes(a) - holes(b))[0] ?? null
}

/** Whether a sentence only accompanies a request: what it says holds for every one of them. */
export const isCompanion = (sentence: string): boolean =>
  /^(?:Book a trip|The total is the price of [^.]*|The hotel stay begins [^.]*|Finish with a short confirmation [^.]*)\.?$/i.test(
    sentence,
  )
