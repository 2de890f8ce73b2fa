import { atLeast, atMost, binomial } from './binomial.js'

/** Halvings that bring an interval of 0 to 1 below the spacing of numbers. */
const halvings = 60

/**
 * The exact interval of a proportion (Clopper and Pearson 1934), two-sided at 1 - alpha. Wide on purpose: for hard
 * claims about safety only.
 */
export function clopperPearson(
  held: number,
  n: number,
  alpha = 0.05,
): Readonly<{ low: number; high: number }> {
  return {
    low: held === 0 ? 0 : crossing((p) => atLeast(binomial(n, p), held) < alpha / 2),
    high: held === n ? 1 : crossing((p) => atMost(binomial(n, p), held) > alpha / 2),
  }
}

/**
 * The highest chance, at 1 - alpha, of what happened in none of n trials; 1 for no trials. One-sided and exact: with it
 * "none broke in 60" is said as "at most 4.9 % break".
 */
export const mostWhenNone = (n: number, alpha = 0.05): number => 1 - alpha ** (1 / n)

/** Where a condition that is true of small chances and false of large ones changes. */
function crossing(isBelow: (p: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2
    if (isBelow(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}
