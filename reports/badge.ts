import type { Report } from '../core/report.js'
import type { Summary } from '../core/schemas/summary.js'
import { evidenceWord } from './text/evidence.js'
import { known, percent } from './text/numbers.js'

/** The lowest score of a run as an endpoint badge of shields.io. */
export const badge: Report = {
  id: 'badge',
  summary: 'The lowest score as JSON for an endpoint badge.',
  file: 'badge.json',
  render(summary) {
    const evidence = evidenceWord(summary)
    const isOurs = evidence === 'MEASURED'
    const label = isOurs ? 'robustness' : `robustness (${evidence.toLowerCase()})`
    const { message, color } = messageOf(summary)
    const shown = { schemaVersion: 1, label, message, color: isOurs ? color : 'lightgrey' }
    return `${JSON.stringify(shown, null, 2)}\n`
  },
}

const colours = { passed: 'brightgreen', failed: 'red', undecided: 'yellow', none: 'blue' } as const

function messageOf(summary: Summary): Readonly<{ message: string; color: string }> {
  const color = colours[summary.verdict]
  if (summary.totals.trials < summary.totals.planned)
    return { message: 'incomplete', color: 'grey' }
  const scores = summary.systems.map(({ score }) => known(score))
  const measured = scores.filter((score) => score !== null)
  const [first] = measured
  // The worst of some systems says nothing as long as another one is unknown.
  if (!first || measured.length < scores.length) return { message: 'not measured', color: 'grey' }
  const lowest = measured.reduce((a, b) => (b.mean < a.mean ? b : a), first)
  const verdict = summary.verdict === 'none' ? '' : `, ${summary.verdict}`
  return { message: `${percent(lowest.mean)} (${bounds(lowest)})${verdict}`, color }
}

const within = (bound: number) => Math.round(100 * Math.min(1, Math.max(0, bound)))

const bounds = ({ low, high }: NonNullable<ReturnType<typeof known>>): string =>
  `${within(low)}-${within(high)}%`
