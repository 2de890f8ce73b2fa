import type { Summary, SystemSummary } from '../../core/schemas/summary.js'
import { visible } from './escape.js'
import type { Name } from './note.js'
import { count, counted, known, ofAll, points, rate } from './numbers.js'
import { sweptPairs } from './sweep.js'

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

/** At most so many pairs are told one by one. */
const mostPairs = 6

/** What is known of the order of systems: the pairs in which a difference was found, and those in which none was. */
export function pairNotes({ pairs, sweep }: Summary, name: Name): readonly string[] {
  const texts = sweep ? sweptPairs(sweep, name) : pairs.map((pair) => pairText(pair, name))
  const told = texts.slice(0, mostPairs)
  const rest = texts.length - told.length
  return rest > 0 ? [...told, `And ${count(rest)} more pairs: see firedrill compare.`] : told
}

function pairText(pair: Summary['pairs'][number], name: Name): string {
  const { a, b, better, tasks, faults, difference } = pair
  const on = `on ${counted(faults, 'fault')} and ${counted(tasks, 'task')} that both have`
  const found = known(difference)
  if (!found) return `${name(a)} and ${name(b)}: too few shared tasks for a comparison, ${on}.`
  if (better === null) {
    const most = Math.ceil(Math.max(Math.abs(found.low), Math.abs(found.high)) * 100)
    return `${name(a)} and ${name(b)}: no difference was found, ${on}; it may still be up to ${Math.min(100, most)} points either way.`
  }
  const other = better === a ? b : a
  const sign = better === b ? 1 : -1
  const shown = {
    mean: sign * found.mean,
    low: sign * found.low,
    high: sign * found.high,
    n: tasks,
  }
  const [low, high] = [Math.min(shown.low, shown.high), Math.max(shown.low, shown.high)]
  return `${name(better)} scores higher than ${name(other)} by ${points({ ...shown, low, high })} points, ${on}.`
}

/** Why systems stand in the order in which they do. */
export function orderNote({ run, systems, sweep }: Summary): string | null {
  if (systems.length < 2) return null
  if (sweep) {
    return `Swept over ${counted(sweep.tempers, 'temper')}: rates are means over them, and an order is told only where nearly all share it.`
  }
  return run.evidence === 'simulated'
    ? 'Systems stand in the order of the plan: not swept, so no ranking.'
    : 'Systems stand in the order of the plan, which is no ranking.'
}

const scoreMeans = 'score: held under the fault over held under the placebo'

/** What the score of a system is, or why there is none. */
export function scoreNote({ run, weights }: Summary): string {
  if (run.imported) {
    return 'No system has a score: what was published has no placebo trials to compare with.'
  }
  if (!weights) return `${scoreMeans}, the mean of all categories of faults.`
  const parts = Object.entries(weights.of).map(([one, weight]) => `${one} ${weight.toFixed(2)}`)
  return `${scoreMeans}, by the weights ${visible(weights.name)}: ${parts.join(', ')}.`
}
