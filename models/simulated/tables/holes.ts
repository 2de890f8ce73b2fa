import type { Mind } from '../chance.js'
import { isColumnSlot, type Operation, type Step } from './steps.js'
import type { Column } from './table.js'

/** What an agent takes its work to be. */
export type Settled = Readonly<{
  steps: readonly Step[]
  /** What it says about conflicts and guesses. */
  notes: readonly string[]
  /** What it would ask if it may. */
  doubts: readonly string[]
}>

// What people mean when they do not say it.
const usual: Readonly<Record<string, string>> = {
  order: 'high to low',
  which: 'higher',
  row: '1',
  left: '1',
  right: '2',
}

const usualComparison = (op: Operation) => (op === 'count' ? 'above' : 'is')

/** Which columns come into question for a slot, the likely ones first. */
function candidates(op: Operation, slot: string, columns: readonly Column[]): readonly string[] {
  const wanted = op === 'pick' || op === 'find' || slot === 'key' ? 'text' : 'number'
  const fitting = columns.filter(({ type }) => type === wanted)
  return (fitting.length > 0 ? fitting : columns).map(({ name }) => name)
}

/** Puts a value into every slot that none of the accounts fills: the usual one, or a guess that is drawn. */
export function fillHoles(settled: Settled, mind: Mind, columns: readonly Column[]): Settled {
  const notes = [...settled.notes]
  const doubts = [...settled.doubts]
  const fill = (op: Operation, slot: string, number: number) => {
    const ordinal = `${number}.${slot}`
    const guess = guessFor(op, slot, columns, mind.chance('guess', ordinal))
    if (guess) mind.note(`guess: ${ordinal}`)
    if (!mind.happens('notice', `hole ${ordinal}`, mind.profile.notice)) return guess
    mind.note(`noticed a gap: ${ordinal}`)
    doubts.push(`Which ${slot} is meant in step ${number}?`)
    if (guess) notes.push(`I take "${guess}" as the ${slot} of step ${number}.`)
    return guess
  }
  const steps = settled.steps.map(({ op, slots }, at): Step => {
    const filled = Object.entries(slots).map(([slot, value]) => [
      slot,
      value === '' ? fill(op, slot, at + 1) : value,
    ])
    return { op, slots: Object.fromEntries(filled) }
  })
  return { steps: withKeyColumn(steps, columns), notes, doubts }
}

function guessFor(op: Operation, slot: string, columns: readonly Column[], chance: number): string {
  if (slot === 'comparison') return usualComparison(op)
  if (!isColumnSlot(slot)) return usual[slot] ?? ''
  const names = candidates(op, slot, columns)
  return names[Math.floor(chance * names.length)] ?? ''
}

/**
 * Chooses the column in which the two names of a comparison are looked up, when nobody has stated it: the first of
 * text. That is no gap, since the question is complete without it; a wrong choice shows when no row matches.
 */
function withKeyColumn(steps: readonly Step[], columns: readonly Column[]): readonly Step[] {
  const stated = steps.find(({ op, slots }) => op === 'find' && slots['column'])?.slots['column']
  const key = stated ?? candidates('find', 'key', columns)[0]
  if (key === undefined) return steps
  return steps.map(({ op, slots }): Step => {
    if (op === 'find') return { op, slots: { column: key, ...slots } }
    return op === 'higher' ? { op, slots: { key, ...slots } } : { op, slots }
  })
}
