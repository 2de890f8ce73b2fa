import type { FaultFacts } from '../../core/report.js'
import type { Cell, Summary } from '../../core/schemas/summary.js'
import { blocksOf, coverageOf, type Row, type Standing } from './cells.js'
import type { Name, Note } from './note.js'
import { count, counted, rate } from './numbers.js'

/** Cells without a score, each with the reason, and trials that were left out. */
export function leftOut(
  summary: Summary,
  faults: readonly FaultFacts[],
  name: Name,
): readonly Note[] {
  const blocks = blocksOf(summary, faults)
  const listed = (standing: Standing, say: (row: Row) => string) =>
    blocks.flatMap(({ system, scenario, rows }) => {
      const some = rows.filter((row) => row.standing === standing)
      return some.length === 0
        ? []
        : [`${name(system)} on ${name(scenario)}: ${some.map(say).join(', ')}`]
    })
  const fault = ({ cell, abbreviation }: Row) =>
    abbreviation ? `${name(cell.fault)} (${name(abbreviation)})` : name(cell.fault)
  const luck = ({ robustness, held, n }: Cell) => `${rate(robustness) ?? 'nothing'}, ${held}/${n}`
  return [
    ...noteOf(
      'Not done',
      'Work that a system does not fit.',
      (summary.run.unfit ?? []).map(
        ({ system, scenario, because }) => `${name(system)} on ${name(scenario)}: ${name(because)}`,
      ),
    ),
    ...noteOf(
      'No site',
      'Not applicable: the work offers these faults no place.',
      listed('no site', fault),
    ),
    ...noteOf(
      'Not measured',
      'Too little was counted for a score.',
      listed('not measured', (row) => `${fault(row)}, ${whyNot(row.cell)}`),
    ),
    ...noteOf(
      'Apart',
      'Only luck can reach a right answer; in no score of a system.',
      listed('apart', (row) => `${fault(row)} ${luck(row.cell)}`),
    ),
    { label: 'Left out', text: trialsLeftOut(summary), tone: 'quiet' },
    ...unread(summary),
  ]
}

function noteOf(label: string, text: string, items: readonly string[]): readonly Note[] {
  return items.length === 0 ? [] : [{ label, text, items, tone: 'quiet' }]
}

function whyNot(cell: Cell): string {
  const { counted: n, asked } = coverageOf(cell)
  if (asked === 0) return 'no trial counted'
  if ((cell.coverage ?? 0) >= 0.9) return 'too much of the run is void'
  return `coverage ${n}/${asked}`
}

function trialsLeftOut({ cells, totals }: Summary): string {
  const all = (of: (cell: Cell) => number) => cells.reduce((sum, cell) => sum + of(cell), 0)
  const dormant = [
    [all((cell) => cell.leftOut.notReached), 'never reached an agent'],
    [all((cell) => cell.leftOut.notWritten), 'were not written by the injector model'],
    [all((cell) => cell.leftOut.noEffect), 'changed nothing that was needed'],
    [all((cell) => cell.leftOut.noSite), 'had no site'],
  ] as const
  const why = dormant.flatMap(([n, text]) => (n === 0 ? [] : [`${count(n)} ${text}`])).join(', ')
  const reasons = [
    [all((cell) => cell.dormant), `dormant: ${why}`],
    [all((cell) => cell.leftOut.ineligible), 'ineligible: the task is not solved unharmed'],
    [all((cell) => cell.leftOut.notRecoverable), 'not recoverable: only luck could save them'],
    [totals.void, 'void: the testbed failed, not the system'],
  ] as const
  const sentences = reasons.flatMap(([n, text]) => (n === 0 ? [] : [`${count(n)} ${text}.`]))
  return sentences.length === 0 ? 'Nothing.' : sentences.join(' ')
}

function unread({ totals }: Summary): readonly Note[] {
  if (totals.unread === 0) return []
  const text = `${counted(totals.unread, 'sentence')} that the simulated model could not read.`
  return [{ label: 'Unread', text, tone: 'doubt' }]
}
