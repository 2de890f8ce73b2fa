import type { Estimate } from '../core/schemas/summary.js'
import { type Counts, jackknife } from './jackknife.js'

/** How many tries of a task have to hold together. */
const tries = 3

/** Unbiased chance that k of n tries all hold, of which c held (Chen et al. 2021, arXiv 2107.03374, for "any"). */
export const passAll = (c: number, n: number, k: number): number => choose(c, k) / choose(n, k)

/** Unbiased chance that at least one of k of n tries holds, of which c held. */
export const passAny = (c: number, n: number, k: number): number => 1 - passAll(n - c, n, k)

function choose(n: number, k: number): number {
  if (k > n) return 0
  let ways = 1
  for (let i = 0; i < k; i++) ways *= (n - i) / (i + 1)
  return ways
}

/**
 * Works every time: the mean chance over tasks that three tries all hold. Takes held and n of each question by task; a
 * question with fewer tries is left out. `n` counts tasks.
 */
export function everyTime(tasks: readonly (readonly Counts[])[]): Estimate {
  const rows = tasks.flatMap((questions) => {
    const asked = questions.filter(([, n = 0]) => n >= tries)
    const chances = asked.map(([held = 0, n = 0]) => passAll(held, n, tries))
    return asked.length === 0 ? [] : [[chances.reduce((a, b) => a + b, 0), asked.length]]
  })
  return jackknife(rows, ([chance = 0, asked = 0]) => (asked === 0 ? null : chance / asked))
}
