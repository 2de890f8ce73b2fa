/** The chance that at least so many of n trials hold if each does with a chance of `rate`. */
export const upperTail = (held: number, n: number, rate: number): number =>
  held <= 0 ? 1 : tail(held, n, n, rate)

/** The chance that at most so many of n trials hold. */
export const lowerTail = (held: number, n: number, rate: number): number =>
  held >= n ? 1 : tail(0, held, n, rate)

function tail(from: number, to: number, n: number, rate: number): number {
  if (to < from || from > n) return 0
  if (rate <= 0) return from === 0 ? 1 : 0
  if (rate >= 1) return to === n ? 1 : 0
  const step = Math.log(rate) - Math.log1p(-rate)
  // From one term to the next by their ratio: no factorial is ever formed.
  let term = logTerm(from, n, rate)
  let sum = 0
  for (let held = from; held <= to; held++) {
    sum += Math.exp(term)
    term += Math.log(n - held) - Math.log(held + 1) + step
  }
  return Math.min(1, sum)
}

/** Logarithm of the chance that exactly so many hold. */
function logTerm(held: number, n: number, rate: number): number {
  let log = held * Math.log(rate) + (n - held) * Math.log1p(-rate)
  const few = Math.min(held, n - held)
  for (let at = 1; at <= few; at++) log += Math.log(n - few + at) - Math.log(at)
  return log
}
