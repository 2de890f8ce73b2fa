import { groupBy } from '../../core/lists.js'
import type { FaultFacts } from '../../core/report.js'
import type { Summary, Sweep } from '../../core/schemas/summary.js'
import type { Name, Note } from './note.js'
import { count, counted } from './numbers.js'

type Contrast = Sweep['contrasts'][number]

/** How systems stand to each other over all tempers, one text a pair; an order only where nearly all tempers have it. */
export const sweptPairs = ({ contrasts }: Sweep, name: Name): readonly string[] =>
  contrasts.filter(({ fault }) => fault === null).map((one) => pairText(one, name))

function pairText({ a, b, tag, higher, ...by }: Contrast, name: Name): string {
  const { aHigher, bHigher, even } = by
  const all = counted(aHigher + bHigher + even, 'temper')
  if (tag === 'too few') return `${name(a)} and ${name(b)}: ${all} are too few for a word.`
  if (higher === null) {
    const ties = even > 0 ? `, even in ${count(even)}` : ''
    return `${name(a)} and ${name(b)}: depends on assumptions about the model; ${name(a)} scores higher in ${count(aHigher)}, ${name(b)} in ${count(bHigher)} of ${all}${ties}.`
  }
  const other = higher === a ? b : a
  const wins = higher === a ? aHigher : bHigher
  return `${name(higher)} scores higher than ${name(other)} in ${count(wins)} of ${all}.`
}

/** What of a run does not hang on the temper of the model: cells that the graph decides, and orders of systems. */
export function sweepNotes(
  { sweep, cells }: Summary,
  faults: readonly FaultFacts[],
  name: Name,
): readonly Note[] {
  if (!sweep) return []
  const short = (fault: string) =>
    name(faults.find(({ id }) => id === fault)?.abbreviation || fault)
  const where = ({ system, scenario }: Readonly<{ system: string; scenario: string }>) =>
    `${name(system)} on ${name(scenario)}`
  const wired = sweep.cells.filter(({ tag }) => tag === 'wiring')
  const wiring = [...groupBy(wired, where)].map(([place, some]) => {
    const parts = some.map((cell) => `${short(cell.fault)} ${rateOf(cell, cells)}`)
    return `${place}: ${parts.join(', ')}`
  })
  const ordered = sweep.contrasts.filter((one) => one.fault !== null && one.higher !== null)
  const orders = [
    ...groupBy(
      ordered,
      ({ fault, scenario }) => `${short(fault ?? '')} on ${name(scenario ?? '')}`,
    ),
  ].map(([place, some]) => `${place}: ${some.map((one) => orderText(one, name)).join('; ')}`)
  const asked = sweep.contrasts.filter(({ fault }) => fault !== null).length
  return [
    {
      label: 'Wiring',
      text: `Cells whose outcomes are equal in 95 of 100 trials, whatever the temper: ${count(wired.length)} of ${count(sweep.cells.length)}. The graph decides them, not the model.`,
      items: wiring,
      tone: 'quiet',
    },
    {
      label: 'Stable',
      text: `Orders of two systems under one fault that nearly all tempers share: ${count(ordered.length)} of ${count(asked)}. The others depend on assumptions about the model.`,
      items: orders,
      tone: 'quiet',
    },
  ]
}

function rateOf({ n, most, ...of }: Sweep['cells'][number], cells: Summary['cells']): string {
  const cell = cells.find(
    ({ system, scenario, fault }) =>
      system === of.system && scenario === of.scenario && fault === of.fault,
  )
  return cell && cell.held === most
    ? `${count(most)}/${count(n)} held`
    : `${count(most)}/${count(n)} broke`
}

function orderText({ a, b, aHigher, bHigher, even, higher }: Contrast, name: Name): string {
  const other = higher === a ? b : a
  const wins = Math.max(aHigher, bHigher)
  return `${name(higher ?? '')} above ${name(other)} (${count(wins)}/${count(aHigher + bHigher + even)})`
}
