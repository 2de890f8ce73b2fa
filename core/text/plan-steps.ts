import type { PlacedUnit, Reading } from './facts.js'

/** One step of a plan: where it stands, what it says without its mark, and the number that others know it by. */
export type PlanStep = Readonly<{ unit: PlacedUnit; text: string; number: number }>

type Step = Omit<PlanStep, 'number'> & Readonly<{ mark: number | null }>

const verbs =
  'add|analyse|analyze|apply|ask|book|build|buy|calculate|call|cancel|check|choose|click|collect|combine|compare|compile|compute|confirm|convert|count|create|deduct|define|delete|deliver|determine|divide|draft|estimate|evaluate|extract|fetch|fill|filter|find|fix|format|gather|generate|get|give|group|hand|identify|implement|insert|keep|list|load|locate|look|make|map|measure|merge|move|multiply|open|order|parse|pick|plan|prepare|print|process|produce|publish|query|read|record|reduce|remove|report|request|reserve|return|review|run|save|search|select|send|set|show|sort|split|start|store|submit|subtract|sum|summarise|summarize|take|test|total|track|translate|turn|update|use|validate|verify|visit|wait|work|write'
const beginning = new RegExp(
  `^(?:(?:first|then|next|finally|after that|lastly|second|third)\\b,?\\s+)?(?:${verbs}|answer)\\b`,
  'i',
)
const ordered = /^(?:first|then|next|finally|after that|lastly)\b/i

/**
 * The steps that a text lays down: the items of a list, or the members of a JSON list, or sentences that say what to do in
 * order. Fewer than two are no plan.
 */
export function planSteps(reading: Reading): readonly PlanStep[] {
  const { document, units } = reading
  const steps = units.map((unit): Step => {
    const text = document.leaves[unit.leaf]?.text.slice(unit.body, unit.end) ?? ''
    return { unit, text, mark: itemNumber(unit, reading) }
  })
  const kinds: readonly ((step: Step) => boolean)[] = [
    ({ mark, text }) => mark !== null && isDoing(text),
    ({ unit, text }) => unit.kind === 'item' && isDoing(text),
    ({ unit, text }) => document.leaves[unit.leaf]?.offset === null && isDoing(text),
    ({ unit, text }) => unit.kind === 'sentence' && isDoing(text),
  ]
  for (const is of kinds) {
    const found = steps.filter(is)
    if (found.length < 2) continue
    return found.map(({ unit, text, mark }, at) => ({ unit, text, number: mark ?? at + 1 }))
  }
  return []
}

const isDoing = (text: string): boolean => beginning.test(text) || ordered.test(text)

/** The number that a unit has as an item of a list; null when it has none. */
export function itemNumber(
  { kind, leaf, start, body }: PlacedUnit,
  { document }: Reading,
): number | null {
  const mark = document.leaves[leaf]?.text.slice(start, body) ?? ''
  const number = kind === 'item' ? /\d+/.exec(mark) : null
  return number && Number(number[0])
}
