import { type SentenceForm, type Slots, sentenceForm } from '../sentence-form.js'
import { stepsBlock } from '../wording.js'

/** What one step of a plan does. */
export type Operation =
  | 'find'
  | 'sort'
  | 'count'
  | 'total'
  | 'pick'
  | 'give-count'
  | 'give-total'
  | 'minus'
  | 'higher'

/** One step of a plan. A slot that is missing was never stated; one that is empty is a hole. */
export type Step = Readonly<{ op: Operation; slots: Slots }>

const forms: Readonly<Record<Operation, SentenceForm>> = {
  find: sentenceForm('Find rows where {column:quoted} {comparison:comparison} {value:quoted}.'),
  sort: sentenceForm('Sort rows by {column:quoted} from {order:order}.'),
  count: sentenceForm('Count rows where {column:quoted} {comparison:comparison} {value:quoted}.'),
  total: sentenceForm('Compute the total of {column:quoted}.'),
  'give-count': sentenceForm('Answer with the count.'),
  'give-total': sentenceForm('Answer with the total.'),
  minus: sentenceForm(
    'Answer with {column:quoted} of step {left:number} minus {column2:quoted} of step {right:number}.',
  ),
  higher: sentenceForm(
    'Answer with {key:quoted} of the step with the {which:which} {column:quoted}.',
  ),
  pick: sentenceForm('Answer with {column:quoted} of row {row:number}.'),
}

const operations = Object.keys(forms) as readonly Operation[]

/** The step that a sentence states, holes and all; null when the sentence is no step. */
export function readStep(sentence: string): Step | null {
  return readWhole(sentence) ?? readTorn(sentence)
}

function readWhole(sentence: string): Step | null {
  for (const op of operations) {
    const slots = forms[op].read(sentence)
    if (slots) return { op, slots }
  }
  return null
}

/** Of all forms that fit a damaged step, the one of which least is missing. */
function readTorn(sentence: string): Step | null {
  const fits = operations.flatMap((op) => {
    const slots = forms[op].readTorn(sentence)
    return slots ? [{ step: { op, slots }, holes: holesIn(slots) }] : []
  })
  const least = Math.min(...fits.map(({ holes }) => holes))
  return fits.find(({ holes }) => holes === least)?.step ?? null
}

const holesIn = (slots: Slots) => Object.values(slots).filter((value) => value === '').length

/** Whether a step gives the answer; it needs no tool. */
export const isLast = ({ op }: Step): boolean =>
  op === 'pick' || op === 'minus' || op === 'higher' || op === 'give-count' || op === 'give-total'

/** The sentence that states a step. */
export const sentenceOf = ({ op, slots }: Step): string => forms[op].write(slots)

/** A plan as the fenced block that colleagues read. */
export const opsBlock = (steps: readonly Step[]): string => stepsBlock(steps.map(sentenceOf))

const columnSlots: readonly string[] = ['column', 'column2', 'key']

/** Whether a slot holds the name of a column. */
export const isColumnSlot = (slot: string): boolean => columnSlots.includes(slot)

/** The steps with one column in the place of another. */
export function withColumn(steps: readonly Step[], from: string, to: string): readonly Step[] {
  return steps.map(({ op, slots }) => ({
    op,
    slots: Object.fromEntries(
      Object.entries(slots).map(([slot, value]) => [
        slot,
        isColumnSlot(slot) && value === from ? to : value,
      ]),
    ),
  }))
}

/** The number of the first step in which two plans differ, from 1; null when they agree in all that both state. */
export function firstDifference(
  own: readonly Step[],
  other: readonly Step[],
): Readonly<{ number: number; slot: string | null }> | null {
  for (let at = 0; at < Math.max(own.length, other.length); at++) {
    const [mine, theirs] = [own[at], other[at]]
    if (!mine || !theirs || mine.op !== theirs.op) return { number: at + 1, slot: null }
    const slot = Object.keys(mine.slots).find(
      (name) => theirs.slots[name] !== undefined && mine.slots[name] !== theirs.slots[name],
    )
    if (slot !== undefined) return { number: at + 1, slot }
  }
  return null
}
