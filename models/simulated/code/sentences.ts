import { type SentenceForm, type Slots, sentenceForm } from '../sentence-form.js'
import { holesIn, type Rule, type RuleType, ruleOf } from './rules.js'

type Described = Readonly<{ type: RuleType; form: SentenceForm }>

/** The sentences that state a rule of each kind; the first one is how the model itself states a requirement. */
const forms: Readonly<Record<RuleType, readonly [SentenceForm, ...SentenceForm[]]>> = {
  base: [
    sentenceForm('Start from a base of {amount:number}.'),
    sentenceForm('The base value is {amount:number}.'),
  ],
  per: [
    sentenceForm('Add {amount:number} for each unit of {variable:variable}.'),
    sentenceForm('Each unit of {variable:variable} costs {amount:number}.'),
    sentenceForm('Every unit of {variable:variable} adds {amount:number}.'),
  ],
  flat: [
    sentenceForm(
      'Add {amount:number} once if {variable:variable} is {bound:than} {threshold:number}.',
    ),
    sentenceForm(
      'If {variable:variable} is {bound:than} {threshold:number}, add {amount:number} once.',
    ),
    sentenceForm(
      'When {variable:variable} {bound:passing} {threshold:number}, a flat surcharge of {amount:number} is added.',
    ),
  ],
  each: [
    // Said twice, so that what is left is no other rule when the limit is lost.
    sentenceForm(
      'If {variable:variable} is {bound:than} {threshold:number}, add {amount:number} for each unit {bound2:than} {threshold2:number}.',
    ),
    sentenceForm(
      'Add {amount:number} for each unit of {variable:variable} {bound:than} {threshold:number}.',
    ),
    sentenceForm(
      'Every unit of {variable:variable} {bound:beyond} {threshold:number} adds {amount:number}.',
    ),
  ],
  times: [
    sentenceForm(
      'Multiply the result by {amount:number} if {variable:variable} is {bound:than} {threshold:number}.',
    ),
    sentenceForm(
      'If {variable:variable} is {bound:than} {threshold:number}, multiply the result by {amount:number}.',
    ),
    sentenceForm(
      'From {threshold:number} {variable:variable} on, the result is multiplied by {amount:number}.',
    ),
    // What is left when the beginning is lost.
    sentenceForm('On, the result is multiplied by {amount:number}.'),
  ],
  cap: [
    sentenceForm('Keep the result at most {amount:number}.'),
    sentenceForm('The result is never more than {amount:number}.'),
    sentenceForm('The result is capped at {amount:number}.'),
    sentenceForm('The maximum result is {amount:number}.'),
  ],
  floor: [
    sentenceForm('Keep the result at least {amount:number}.'),
    sentenceForm('The result is never less than {amount:number}.'),
    sentenceForm('The minimum result is {amount:number}.'),
  ],
  round: [
    sentenceForm('Return the result rounded {direction:direction} to a whole number.'),
    sentenceForm('Round the result {direction:direction} to a whole number.'),
    sentenceForm('The result is rounded {direction:direction} to a whole number.'),
  ],
}

const all: readonly Described[] = Object.entries(forms).flatMap(([type, ways]) =>
  ways.map((form) => ({ type: type as RuleType, form })),
)

/** The rule that a sentence states, holes and all; null when it states none. */
export function readRule(sentence: string): Rule | null {
  // Where a limit was lost, words that say nothing may stand in its place.
  const bare = sentence.replace(/ is known\b/, ' is')
  const whole = rulesBy(({ read }) => read(bare))
  const found = whole.length > 0 ? whole : rulesBy(({ readTorn }) => readTorn(bare))
  return found.toSorted((a, b) => holesIn(a).length - holesIn(b).length)[0] ?? null
}

const rulesBy = (reading: (form: SentenceForm) => Slots | null): readonly Rule[] =>
  all.flatMap(({ type, form }) => {
    const slots = reading(form)
    return slots ? [ruleOf(type, slots)] : []
  })

/** The sentence that states a rule. */
export function sentenceOf({ type, slots }: Rule): string {
  const { bound = '', threshold = '' } = slots
  return forms[type][0].write({ ...slots, bound2: bound, threshold2: threshold })
}

/** Whether a sentence only accompanies rules: what it says holds for every one of them. */
export const isCompanion = (sentence: string): boolean =>
  /^(?:Apply additions first\b.*|Write a JavaScript function\b.*|Function: .*|Reply with exactly one .*)$/i.test(
    sentence,
  )
