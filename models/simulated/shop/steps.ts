import { type SentenceForm, type Slots, sentenceForm } from '../sentence-form.js'
import { type Demands, demandsOf, type Fact, type FactType, factsIn, slotsOf } from './facts.js'

/** What one step of a plan does. `click` is no part of plans: which button comes next hangs on the page. */
type Operation = 'search' | 'check' | 'select' | 'keep' | 'buy' | 'confirm' | 'click'

/** One step with the fact that it states; `target` is what a click goes to. */
export type Step = Readonly<{ op: Operation; fact?: Fact; target?: string }>

const forms: Readonly<Record<Operation, SentenceForm>> = {
  search: sentenceForm('Search for {thing:quoted}.'),
  check: sentenceForm('Check that it {isSo:being} {attribute:quoted}.'),
  select: sentenceForm('Select {value:quoted} as {name:quoted}.'),
  keep: sentenceForm('Keep to a price of {bound:bound} {price:money}.'),
  buy: sentenceForm('Buy it.'),
  confirm: sentenceForm('Confirm the purchase.'),
  click: sentenceForm('Click {target:quoted}.'),
}

const opFor: Readonly<Record<FactType, Operation>> = {
  thing: 'search',
  attribute: 'check',
  option: 'select',
  price: 'keep',
}

const operations = Object.keys(forms) as readonly Operation[]

/** The step that a sentence states, holes and all; null when the sentence is no step. */
export function readStep(sentence: string): Step | null {
  const whole = stepsWith(({ read }) => read(sentence))
  return whole[0] ?? stepsWith(({ readTorn }) => readTorn(sentence))[0] ?? null
}

const stepsWith = (reading: (form: SentenceForm) => Slots | null): readonly Step[] =>
  operations.flatMap((op): readonly Step[] => {
    const slots = reading(forms[op])
    if (!slots) return []
    if (op === 'click') return [{ op, target: slots['target'] ?? '' }]
    const [fact] = factsIn(slots)
    return [fact ? { op, fact } : { op }]
  })

/** The sentence that states a step. */
export const sentenceOf = ({ op, fact, target = '' }: Step): string =>
  // An option whose name is lost is said to be the usual one: that says nothing, and is read so.
  forms[op].write(fact ? slotsOf(fact) : { target })

/** The steps that meet demands, in the one order in which they are always written. */
export function stepsFor(demands: Demands): readonly Step[] {
  const stating = (type: FactType): readonly Step[] =>
    demandsOf(demands, type).map(({ name, value }) => ({
      op: opFor[type],
      fact: { type, name, value },
    }))
  return [
    ...stating('thing'),
    ...stating('attribute'),
    ...stating('option'),
    ...stating('price'),
    { op: 'buy' },
    { op: 'confirm' },
  ]
}
