import type { FaultFacts } from '../../core/report.js'
import type { Cell, GateResult, GateSubject, Summary } from '../../core/schemas/summary.js'
import { standingOf } from './cells.js'

/** What the gates of a run make of one cell. */
export type CellVerdict = Readonly<{
  kind: 'passed' | 'failed' | 'undecided' | 'not measured' | 'no site' | 'apart'
  /** The gate that decides, with its question about this cell. */
  by: Readonly<{ gate: GateResult; subject: GateSubject }> | null
}>

/**
 * What the gates of a run make of one cell. A cell fails with a gate that asks about it alone, or about its category; of
 * a gate over many cells it fails if its own interval is beyond the bound, so that it pulls the gate down.
 */
export function cellVerdict(
  cell: Cell,
  { gates }: Summary,
  faults: readonly FaultFacts[],
): CellVerdict {
  const standing = standingOf(cell)
  if (standing !== 'scored') return { kind: standing, by: null }
  const asked = gates.flatMap((gate) =>
    gate.subjects
      .filter((subject) => isAbout(cell, gate, subject, faults))
      .map((subject) => ({ gate, subject })),
  )
  const failed = asked.find((by) => by.subject.verdict === 'failed' && isToBlame(cell, by))
  if (failed) return { kind: 'failed', by: failed }
  const alone = asked.find(
    ({ gate, subject }) => subject.verdict === 'undecided' && gate.faults.length === 1,
  )
  return alone ? { kind: 'undecided', by: alone } : { kind: 'passed', by: null }
}

const ofCells = new Set(['robustness', 'relative', 'score', 'worst.category', 'worst.fault'])

function isAbout(
  cell: Cell,
  gate: GateResult,
  { system, part }: GateSubject,
  faults: readonly FaultFacts[],
): boolean {
  const covers = gate.scenarios.includes(cell.scenario) && gate.faults.includes(cell.fault)
  if (!ofCells.has(gate.metric) || system !== cell.system || !covers) return false
  const category = faults.find(({ id }) => id === cell.fault)?.category
  return part === null || part === cell.fault || part === category
}

function isToBlame(
  { robustness, fault }: Cell,
  { gate, subject }: NonNullable<CellVerdict['by']>,
): boolean {
  if (gate.faults.length === 1 || subject.part === fault) return true
  const { low, high } = robustness
  return gate.comparison === '>=' ? high < gate.bound : low > gate.bound
}
