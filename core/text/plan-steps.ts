import type { PlacedUnit, Reading } from './facts.js'

/** One step of a plan: where it stands, and what it says without its mark. */
export type PlanStep = Readonly<{ unit: PlacedUnit; text: string }>

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
export function planSteps({ document, units }: Reading): readonly PlanStep[] {
  const steps = units.map((unit): PlanStep => {
    const text = document.leaves[unit.leaf]?.text.slice(unit.body, unit.end) ?? ''
    return { unit, text }
  })
  const kinds: readonly ((step: PlanStep) => boolean)[] = [
    ({ unit, text }) => isNumbered(unit, document) && isDoing(text),
    ({ unit, text }) => unit.kind === 'item' && isDoing(text),
    ({ unit, text }) => document.leaves[unit.leaf]?.offset === null && isDoing(text),
    ({ unit, text }) => unit.kind === 'sentence' && isDoing(text),
  ]
  for (const is of kinds) {
    const found = steps.filter(is)
    if (found.length > 1) return found
  }
  return []
}

const isDoing = (text: string): boolean => beginning.test(text) || ordered.test(text)

function isNumbered({ kind, leaf, start, body }: PlacedUnit, { leaves }: Reading['document']) {
  return kind === 'item' && /\d/.test(leaves[leaf]?.text.slice(start, body) ?? '')
}
