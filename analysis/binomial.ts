/** The chances of `from`, `from` + 1, ... successes; all other counts have no chance worth a number. */
export type Chances = Readonly<{ from: number; chances: readonly number[] }>

/** Chances below this part of the largest one are left out. */
const negligible = 1e-18

/**
 * The binomial distribution of n trials that hold with chance p. Weights relative to the likeliest count, made to add
 * up to 1: no factorials and no logarithms, so it is as exact for 100,000 trials as for ten.
 */
export function binomial(n: number, p: number): Chances {
  if (p <= 0 || p >= 1) return { from: p <= 0 ? 0 : n, chances: [1] }
  const mode = Math.min(n, Math.floor((n + 1) * p))
  const odds = p / (1 - p)
  const above = weights(n - mode, (step) => (odds * (n - mode - step)) / (mode + step + 1))
  const below = weights(mode, (step) => (mode - step) / (odds * (n - mode + step + 1)))
  const all = [...below.reverse(), 1, ...above]
  const total = all.reduce((a, b) => a + b, 0)
  return { from: mode - below.length, chances: all.map((weight) => weight / total) }
}

function weights(most: number, ratio: (step: number) => number): number[] {
  const found: number[] = []
  let weight = 1
  for (let step = 0; step < most; step++) {
    weight *= ratio(step)
    if (weight < negligible) break
    found.push(weight)
  }
  return found
}

/** Chance of k successes or more. */
export const atLeast = ({ from, chances }: Chances, k: number): number =>
  // Smallest first, so that a small tail keeps its digits.
  Math.min(
    1,
    chances.slice(Math.max(0, Math.ceil(k) - from)).reduceRight((a, b) => a + b, 0),
  )

/** Chance of k successes or fewer. */
export const atMost = ({ from, chances }: Chances, k: number): number =>
  Math.min(
    1,
    chances.slice(0, Math.max(0, Math.floor(k) - from + 1)).reduce((a, b) => a + b, 0),
  )

/** Chance of exactly k successes. */
export const exactly = ({ from, chances }: Chances, k: number): number => chances[k - from] ?? 0

/** The fewest successes that chance alone reaches with at most `alpha`; n + 1 when even n of n are no evidence. */
export function fewestBeyond(alpha: number, { from, chances }: Chances): number {
  let tail = 0
  for (let at = chances.length - 1; at >= 0; at--) {
    tail += chances[at] ?? 0
    if (tail > alpha) return from + at + 1
  }
  return from
}
