import { type SentenceForm, type Slots, sentenceForm } from '../sentence-form.js'
import { type Fact, factsIn } from './facts.js'

const forms: readonly SentenceForm[] = [
  'I am looking for a {thing:place}.',
  'Please find me a {thing:place}.',
  'I am looking for {thing:place}.',
  'Please find me {thing:place}.',
  'It {isSo:need} be {attribute:place}.',
  'I need it to be {attribute:place}.',
  'The {name:label} {isSo:should} be {value:choice}.',
  'I want {name:label} {value:choice}.',
  'The price must be {bound:bound} {price:money}.',
  'I can spend {bound:spend} {price:money}.',
].map(sentenceForm)

/** The facts that a sentence of a request states, holes and all; null when it states none. */
export function readRequest(sentence: string): readonly Fact[] | null {
  const whole = factsWith(({ read }) => read(sentence))[0]
  if (whole) return whole
  // Of all forms that fit a damaged sentence, the one of which least is missing.
  const holes = (facts: readonly Fact[]) => facts.filter(({ value }) => value === '').length
  const torn = factsWith(({ readTorn }) => readTorn(sentence))
  return torn.toSorted((a, b) => holes(a) - holes(b))[0] ?? null
}

const factsWith = (reading: (form: SentenceForm) => Slots | null) =>
  forms.flatMap((form) => {
    const slots = reading(form)
    return slots ? [factsIn(slots)] : []
  })

/** Whether a sentence only accompanies a request: what it says holds for every one of them. */
export const isCompanion = (sentence: string): boolean =>
  /^(?:Buy one product|What a product is like stands on [^.]*|A purchase can(?:not)? be taken back|Finish with a short confirmation [^.]*)\.?$/i.test(
    sentence,
  )
