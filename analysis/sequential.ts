import type { Look } from '../core/schemas/summary.js'
import { lowerTail, upperTail } from './binomial.js'

/** A question with a zone: is the true rate better than `fail` (pass), or worse than `pass` (fail)? */
export type Zone = Readonly<{ pass: number; fail: number }>

/** How often a question with a zone may be answered wrongly, on each side. */
const error = 0.05

/** How often a run is looked at before it is over. */
const looksOfARun = 10

/** The fewest trials that answer a question when all are executed, and how many have to hold then. */
export function fixedDesign({ pass, fail }: Zone): Readonly<{ n: number; held: number }> {
  for (let n = 5; ; n++) {
    const held = cut(fail, n)
    if (held <= n && upperTail(held, n, pass) >= 1 - error) return { n, held }
  }
}

/** The smallest number of held trials that so many trials show too rarely if the truth is `fail`; n + 1 for none. */
function cut(fail: number, n: number): number {
  let [low, high] = [Math.floor(n * fail), n + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (upperTail(middle, n, fail) <= error) high = middle
    else low = middle + 1
  }
  return low
}

/** The answer of a run that was not stopped; undecided when it has too few trials for the question. */
export function decideFixed(
  { pass, fail }: Zone,
  held: number,
  n: number,
): 'passed' | 'failed' | 'undecided' {
  if (n > 0 && upperTail(held, n, fail) <= error) return 'passed'
  return n > 0 && lowerTail(held, n, pass) <= error ? 'failed' : 'undecided'
}

/** How the looks of a run are spread: both errors are spent early, like Pocock's (Lan and DeMets 1983). */
const spent = (part: number): number => error * Math.log(1 + (Math.E - 1) * part)

type Chances = Float64Array<ArrayBuffer>

/** Chances of the numbers held so far among runs that have not stopped, so many trials later. */
function after(chances: Chances, trials: number, rate: number): Chances {
  const next = new Float64Array(chances.length + trials)
  next.set(chances)
  for (let filled = chances.length; filled < next.length; filled++) {
    for (let held = filled; held > 0; held--) {
      next[held] = (next[held] ?? 0) * (1 - rate) + (next[held - 1] ?? 0) * rate
    }
    next[0] = (next[0] ?? 0) * (1 - rate)
  }
  return next
}

/** The boundaries of a run of at most so many trials, by exact dynamic programming over the number held. */
function boundaries({ pass, fail }: Zone, longest: number): readonly Look[] {
  const looks: Look[] = []
  let [ifFail, ifPass] = [Float64Array.of(1), Float64Array.of(1)]
  let [usedPassing, usedFailing, n] = [0, 0, 0]
  for (let number = 1; number <= looksOfARun; number++) {
    const next = Math.round((longest * number) / looksOfARun)
    ifFail = after(ifFail, next - n, fail)
    ifPass = after(ifPass, next - n, pass)
    n = next
    const allowed = spent(n / longest)
    const passing = moved(ifFail, n, -1, { used: usedPassing, allowed })
    const failing = moved(ifPass, 0, 1, { used: usedFailing, allowed })
    ;[usedPassing, usedFailing] = [passing.used, failing.used]
    const passAt = passing.next + 1
    let failAt = failing.next - 1
    // The last look always decides.
    if (number === looksOfARun || failAt >= passAt) failAt = passAt - 1
    const look = { n, failAt, passAt }
    looks.push(look)
    const open = (chance: number, held: number) => (isOpen(look, held) ? chance : 0)
    ifFail = ifFail.map(open)
    ifPass = ifPass.map(open)
  }
  return looks
}

/** Moves a boundary from one end while the error spent so far allows it; says what lies just beyond. */
function moved(
  chances: Chances,
  from: number,
  step: 1 | -1,
  { used: before, allowed }: Readonly<{ used: number; allowed: number }>,
): Readonly<{ next: number; used: number }> {
  let [next, used] = [from, before]
  while (next >= 0 && next < chances.length && used + (chances[next] ?? 0) <= allowed) {
    used += chances[next] ?? 0
    next += step
  }
  return { next, used }
}

const isOpen = ({ failAt, passAt }: Look, held: number): boolean => held > failAt && held < passAt

/** The chance to pass and the mean number of trials under some looks if the truth is a rate. Exact. */
export function evaluate(
  looks: readonly Look[],
  rate: number,
): Readonly<{ passed: number; trials: number }> {
  let chances = Float64Array.of(1)
  let [n, trials, passed] = [0, 0, 0]
  for (const look of looks) {
    chances = after(chances, look.n - n, rate)
    n = look.n
    chances.forEach((chance, held) => {
      if (isOpen(look, held)) return
      trials += n * chance
      if (held >= look.passAt) passed += chance
    })
    chances = chances.map((chance, held) => (isOpen(look, held) ? chance : 0))
  }
  return { passed, trials }
}

/** How a question with a zone is asked so that it can end early. */
export type Design = Readonly<{
  fixed: Readonly<{ n: number; held: number }>
  looks: readonly Look[]
  longest: number
}>

/** The shortest sequence of looks that keeps both errors. */
export function design(zone: Zone): Design {
  const fixed = fixedDesign(zone)
  // A few trials more or less do not matter in a thousand, and each try takes the square of them.
  const step = Math.max(1, Math.floor(fixed.n / 150))
  for (let longest = Math.round(fixed.n * 0.95); ; longest += step) {
    const looks = boundaries(zone, longest)
    const isFalse = evaluate(looks, zone.fail).passed > error
    if (!isFalse && evaluate(looks, zone.pass).passed >= 1 - error) return { fixed, looks, longest }
  }
}

/** The answer of the first look that decides; null while none does. Outcomes stand in the order of the plan. */
export function decideByLooks(
  looks: readonly Look[],
  outcomes: readonly boolean[],
): Readonly<{ verdict: 'passed' | 'failed'; after: number }> | null {
  let [held, n] = [0, 0]
  for (const look of looks) {
    if (outcomes.length < look.n) return null
    for (; n < look.n; n++) held += outcomes[n] ? 1 : 0
    if (held >= look.passAt) return { verdict: 'passed', after: n }
    if (held <= look.failAt) return { verdict: 'failed', after: n }
  }
  return null
}
