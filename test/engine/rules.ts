import { decideByLooks } from '../../analysis/sequential.js'
import type { Look } from '../../core/schemas/summary.js'
import type { Decide, Stopping } from '../../core/stopping.js'

/** A rule of three looks, as short as a rule can be; the last one always decides. */
export const shortLooks: readonly Look[] = [
  { n: 4, failAt: 0, passAt: 4 },
  { n: 8, failAt: 3, passAt: 7 },
  { n: 12, failAt: 8, passAt: 9 },
]

/** What the looks decide. */
export const decide: Decide = decideByLooks

/** Counts every trial with such a verdict. */
export const resultOf: Stopping['resultOf'] = ({ verdict }) =>
  verdict === 'held' || verdict === 'broke' ? verdict : verdict === 'void' ? 'lost' : 'left out'

/** Gives a question up after five trials that were left out. */
export const isHopeless: Stopping['isHopeless'] = (looks, { leftOut }) =>
  looks.length > 0 && leftOut >= 5
