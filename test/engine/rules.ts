import type { Look } from '../../core/schemas/summary.js'
import type { Decide, Stopping } from '../../core/stopping.js'

/** A rule of three looks, as short as a rule can be; the last one always decides. */
export const shortLooks: readonly Look[] = [
  { n: 4, failAt: 0, passAt: 4 },
  { n: 8, failAt: 3, passAt: 7 },
  { n: 12, failAt: 8, passAt: 9 },
]

/** The decision of the first look that decides, said as plainly as can be. */
export const decide: Decide = (looks, outcomes) => {
  for (const { n, failAt, passAt } of looks) {
    if (n > outcomes.length) return null
    const held = outcomes.slice(0, n).filter(Boolean).length
    if (held <= failAt) return { verdict: 'failed', after: n }
    if (held >= passAt) return { verdict: 'passed', after: n }
  }
  return null
}

/** Counts every trial with such a verdict. */
export const countsAs: Stopping['countsAs'] = ({ verdict }) =>
  verdict === 'held' || verdict === 'broke' ? verdict : null
