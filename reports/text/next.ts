import type { FaultFacts } from '../../core/report.js'
import type { Summary } from '../../core/schemas/summary.js'
import { blocksOf } from './cells.js'
import type { Name } from './note.js'

/** What to type next: each command with what it is for. */
export function nextCommands(
  summary: Summary,
  faults: readonly FaultFacts[],
  name: Name,
): readonly (readonly [command: string, purpose: string])[] {
  const fault = toExplain(summary, faults)
  const run = name(summary.run.id)
  return [
    ...(fault
      ? [[`firedrill explain ${name(fault)}`, 'what it does and what may stop it'] as const]
      : []),
    ...(summary.run.imported ? [] : executed(summary, run)),
    [`firedrill report ${run} -r markdown`, 'the same to paste and to keep'],
  ]
}

/** What only makes sense of trials that were executed here. */
function executed(summary: Summary, run: string): ReturnType<typeof nextCommands> {
  return [
    ['firedrill replay <trial-id>', 'one trial beside its baseline'],
    ...(isUndetermined(summary)
      ? [[`firedrill detect ${run} --judge-model <model>`, 'decide what is undetermined'] as const]
      : []),
    ...(isUnverified(summary)
      ? [[`firedrill verify ${run}`, 'prove which defences saved trials'] as const]
      : []),
  ]
}

/** Whether a judge model may still say something. */
const isUndetermined = ({ run, cells }: Summary): boolean =>
  run.judge === null && cells.some(({ undetermined }) => undetermined > 0)

/** Whether something acted that can be taken out, and nobody did. What a model works out by itself cannot. */
const isUnverified = ({ systems }: Summary): boolean =>
  systems.every(({ verified }) => verified === null) &&
  systems.some(({ tiers }) => removable.some((tier) => (tiers[tier]?.success.mean ?? 0) > 0))

const removable = ['mechanism', 'rule', 'prompt'] as const

/** The fault that broke most trials: not a finding, just somewhere to begin. */
function toExplain(summary: Summary, faults: readonly FaultFacts[]): string | null {
  const rows = blocksOf(summary, faults).flatMap((block) => block.rows)
  const scored = rows.filter(({ standing }) => standing === 'scored')
  const [first] = scored.length > 0 ? scored : rows
  if (!first) return null
  return scored.reduce((a, b) => (b.cell.broke > a.cell.broke ? b : a), first).cell.fault
}
