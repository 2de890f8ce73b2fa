import type { Compared, ComparedFault } from '../../core/schemas/comparison.js'
import type { Estimate } from '../../core/schemas/summary.js'
import { counted } from './numbers.js'

/** A difference in points, with its sign: which side is ahead must be seen. */
function signed(fraction: number): string {
  // Half a point is rounded away from 0 on both sides: a difference and its mirror image have the same number.
  const points = Math.round(Math.min(1, Math.abs(fraction)) * 100 + 1e-9)
  if (points === 0) return '0'
  return fraction > 0 ? `+${points}` : `-${points}`
}

/** A difference with its interval: `+23 [+9, +37]`; without one it is said that tasks are too few. */
export function difference({ mean, low, high, n }: Estimate): string {
  if (mean === null) return 'none'
  if (low === null || high === null) return `${signed(mean)} ${n < 6 ? 'too few' : 'no interval'}`
  return `${signed(mean)} [${signed(low)}, ${signed(high)}]`
}

/** A p-value with two digits, never as 0. */
const chance = (p: number): string =>
  p < 0.001 ? 'p below .001' : `p ${p.toFixed(p < 0.1 ? 3 : 2).replace(/^0/, '')}`

/** What was found in the score, with both sides named. `of` is the number of comparisons that share the correction. */
export function verdict({ score, better }: Compared, [a, b]: SideNames, of: number): string {
  const { difference: found, adjusted } = score
  if (found.mean === null) return `${b} minus ${a}: no score in common, so nothing was compared.`
  const points = `${difference(found)} points`
  if (adjusted === null) {
    const why =
      found.n < 6
        ? `only ${counted(found.n, 'task')} in common, too few for a verdict`
        : 'no interval, so no verdict'
    return `${b} minus ${a}: ${signed(found.mean)} points in score; ${why}.`
  }
  const p = `${chance(adjusted)}${of > 1 ? ` corrected for ${of} comparisons` : ''}`
  if (better === null) {
    return `No difference in score was found: ${b} minus ${a} is ${points}, ${p}.`
  }
  const [winner, loser] = better === 'b' ? [b, a] : [a, b]
  return `${winner} scores higher than ${loser}: ${b} minus ${a} is ${points}, ${p}.`
}

/** How both sides are called in sentences. */
export type SideNames = readonly [a: string, b: string]

/** In how much a difference was found, and how large it may be where none was. */
export function closing({ score, better, faults }: Compared): string {
  const apart = faults.filter(({ look }) => look)
  const rest = faults.filter(({ look }) => !look)
  const found = [
    ...(better ? ['score'] : []),
    ...(apart.length > 0 ? [counted(apart.length, 'fault')] : []),
  ]
  const first =
    found.length > 0
      ? `A difference was found in ${found.join(' and ')}.`
      : 'No difference was found.'
  return [
    first,
    ...(better ? [] : reach('Score', score.difference)),
    ...reachOf(rest, apart.length === 0),
  ].join(' ')
}

function reach(what: string, { low, high }: Estimate): readonly string[] {
  if (low === null || high === null) return []
  return [`${what} may still differ by anything from ${signed(low)} to ${signed(high)} points.`]
}

function reachOf(faults: readonly ComparedFault[], all: boolean): readonly string[] {
  const known = faults.flatMap(({ difference: { low, high } }) =>
    low === null || high === null ? [] : [{ low, high }],
  )
  if (known.length === 0) return []
  const [low, high] = [
    Math.min(...known.map((one) => one.low)),
    Math.max(...known.map((one) => one.high)),
  ]
  const where = all ? counted(known.length, 'fault') : `the other ${known.length}`
  return [`In ${where} B - A may be anything from ${signed(low)} to ${signed(high)} points.`]
}
