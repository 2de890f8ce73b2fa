import { lowerTail, upperTail } from './binomial.js'

/** Holm's step-down correction (1979): adjusted p-values in the order given. Keeps any false alarm rare. */
export function holm(ps: readonly number[]): readonly number[] {
  return adjusted(
    ps,
    (a, b) => a - b,
    (p, rank, worst) => Math.max(worst, Math.min(1, (ps.length - rank) * p)),
    0,
  )
}

/** Adjusted p-values of Benjamini and Hochberg (1995) in the order given: for lists to look at, never for a gate. */
export function benjaminiHochberg(ps: readonly number[]): readonly number[] {
  const n = ps.length
  return adjusted(
    ps,
    (a, b) => b - a,
    (p, rank, best) => Math.min(best, (n / (n - rank)) * p),
    1,
  )
}

function adjusted(
  ps: readonly number[],
  order: (a: number, b: number) => number,
  next: (p: number, rank: number, before: number) => number,
  start: number,
): readonly number[] {
  const sorted = ps.map((p, at) => ({ p, at })).sort((a, b) => order(a.p, b.p))
  const result = new Array<number>(ps.length).fill(1)
  let before = start
  sorted.forEach(({ p, at }, rank) => {
    before = next(p, rank, before)
    result[at] = before
  })
  return result
}

/**
 * McNemar's test (1947) from the trials that only one of two sides held: exact, and with half of the observed chance
 * taken off (mid-p). A plain explanation; as a test it is valid only with one seed per task.
 */
export function mcnemar(onlyA: number, onlyB: number): Readonly<{ exact: number; midP: number }> {
  const n = onlyA + onlyB
  if (n === 0) return { exact: 1, midP: 1 }
  const few = Math.min(onlyA, onlyB)
  const below = lowerTail(few, n, 0.5)
  const observed = below - (few === 0 ? 0 : lowerTail(few - 1, n, 0.5))
  const exact = Math.min(1, 2 * Math.min(below, upperTail(n - few, n, 0.5)))
  return { exact, midP: Math.min(1, exact - observed) }
}
