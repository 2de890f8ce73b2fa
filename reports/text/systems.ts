import type { Summary, SystemSummary } from '../../core/schemas/summary.js'
import { count, counted, known, ofAll, rate } from './numbers.js'

/** What a report says of one system, each part with what it rests on. */
type SystemText = Readonly<{
  score: string
  worst: string | null
  baseline: string
  measured: string
  calls: string | null
}>

/** What a report says of one system. Scores are printed with their interval or not at all. */
export function systemText(summary: SystemSummary): SystemText {
  const { score, worst, baseline, faultsMeasured, faultsPlanned, calls } = summary
  const worstRate = worst && rate(worst.score)
  return {
    score: rate(score) ?? whyNone(summary),
    worst: known(score) && worst && (worstRate ? `${worst.category} ${worstRate}` : worst.category),
    baseline: baseline.n === 0 ? 'none' : `${rate(baseline)}, ${ofAll(baseline)}`,
    measured: `${count(faultsMeasured)} of ${counted(faultsPlanned, 'fault')} measured, ${counted(score.n, 'task')}`,
    calls: calls === null ? null : calls.toFixed(1),
  }
}

function whyNone({ score, faultsMeasured }: SystemSummary): string {
  if (faultsMeasured === 0) return 'none, no fault was measured'
  return score.n < 6 ? 'none, fewer than 6 tasks give no interval' : 'none, it has no interval'
}

/** Why systems stand in the order in which they do. */
export function orderNote({ run, systems }: Summary): string | null {
  if (systems.length < 2) return null
  return run.evidence === 'simulated'
    ? 'Systems stand in the order of the plan: not swept, so no ranking.'
    : 'Systems stand in the order of the plan, which is no ranking.'
}

/** What the score of a system is. */
export const scoreNote =
  'score: held under the fault over held under the placebo, the mean of all categories of faults.'
