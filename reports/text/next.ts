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
  return [
    ...(fault
      ? [[`firedrill explain ${name(fault)}`, 'what it does and what may stop it'] as const]
      : []),
    ['firedrill replay <trial-id>', 'one trial beside its baseline'],
    [`firedrill report ${name(summary.run.id)} -r markdown`, 'the same to paste and to keep'],
  ]
}

/** The fault that broke most trials: not a finding, just somewhere to begin. */
function toExplain(summary: Summary, faults: readonly FaultFacts[]): string | null {
  const rows = blocksOf(summary, faults).flatMap((block) => block.rows)
  const scored = rows.filter(({ standing }) => standing === 'scored')
  const [first] = scored.length > 0 ? scored : rows
  if (!first) return null
  return scored.reduce((a, b) => (b.cell.broke > a.cell.broke ? b : a), first).cell.fault
}
