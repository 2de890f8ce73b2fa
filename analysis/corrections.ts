import { atMost, binomial, exactly } from './binomial.js'

/**
 * p-values corrected for asking several questions of which any may err (Holm 1979), in the order given. For gates and
 * for pairs of systems: each corrected value may be compared with the error that is allowed to all together.
 */
export function holm(ps: readonly number[]): readonly number[] {
  let highest = 0
  return inOrder(
    ps,
    (a, b) => a - b,
    (p, rank) => {
      highest = Math.max(highest, Math.min(1, (ps.length - rank) * p))
      return highest
    },
  )
}

/**
 * p-values corrected so that of a list cut at q at most a share q is there by chance (Benjamini and Hochberg 1995), in
 * the order given. For lists to look at; it decides nothing.
 */
export function benjaminiHochberg(ps: readonly number[]): readonly number[] {
  let lowest = 1
  return inOrder(
    ps,
    (a, b) => b - a,
    (p, rank) => {
      lowest = Math.min(lowest, (ps.length / (ps.length - rank)) * p)
      return lowest
    },
  )
}

/** Maps p-values one after the other in some order and gives them back in their own. */
function inOrder(
  ps: readonly number[],
  compare: (a: number, b: number) => number,
  adjust: (p: number, rank: number) => number,
): readonly number[] {
  const adjusted = new Map(
    ps
      .map((p, at) => ({ p, at }))
      .sort((a, b) => compare(a.p, b.p))
      .map(({ p, at }, rank) => [at, adjust(p, rank)]),
  )
  return ps.map((p, at) => adjusted.get(at) ?? p)
}

/**
 * Two-sided p-values of McNemar's comparison (1947) of pairs in which only one side held: exact, and its mid-p variant.
 * As a test valid with one seed per task only; with more, pairs of one task resemble each other and it alarms too often.
 */
export function mcnemar(onlyA: number, onlyB: number): Readonly<{ exact: number; midP: number }> {
  const chances = binomial(onlyA + onlyB, 0.5)
  const fewer = Math.min(onlyA, onlyB)
  const twice = 2 * atMost(chances, fewer)
  return { exact: Math.min(1, twice), midP: Math.min(1, twice - exactly(chances, fewer)) }
}
