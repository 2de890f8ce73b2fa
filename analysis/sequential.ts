import type { GateVerdict } from '../core/gate.js'
import type { Look } from '../core/schemas/summary.js'
import type { Unanswered } from '../core/stopping.js'
import { atLeast, atMost, binomial, type Chances, fewestBeyond } from './binomial.js'
import { mostWhenNone } from './exact.js'
import { sum } from './sums.js'

/**
 * A gate with a zone: passed says that the true chance is above `fail`, wrong with at most `alpha`; failed says that it
 * is below `pass`, wrong with at most `beta`.
 */
export type Zone = Readonly<{ pass: number; fail: number; alpha?: number; beta?: number }>

/** So many trials decide, passed with so many held or more. */
export type FixedDesign = Readonly<{ n: number; held: number }>

/** The same question asked once, and asked at several looks of which the last one always decides. */
export type Design = Readonly<{ fixed: FixedDesign; looks: readonly Look[]; longest: number }>

const error = 0.05
const mostLooks = 10
const hopelessAt = 0.025
/** Beyond so many trials, sizes are searched in steps: a thousandth of the trials is no matter there. */
const searchedOneByOne = 2000

/** The smallest number of trials after which both errors are kept, looking once. */
export function fixedDesign({ pass, fail, alpha = error, beta = error }: Zone): FixedDesign {
  const spread = Math.sqrt(pass * (1 - pass)) + Math.sqrt(fail * (1 - fail))
  const about = ((1.645 * spread) / (pass - fail)) ** 2
  const isLarge = about > searchedOneByOne
  const step = isLarge ? Math.floor(about / searchedOneByOne) : 1
  for (let n = isLarge ? Math.floor(about / 2) : 1; ; n += step) {
    const held = fewestBeyond(alpha, binomial(n, fail))
    if (held <= n && atLeast(binomial(n, pass), held) >= 1 - beta) return { n, held }
  }
}

/**
 * When a run may stop (Lan and DeMets 1983): at most ten looks, both errors spent evenly over them. Exact: chances are
 * followed from look to look, nothing is simulated or approximated.
 */
export function design(zone: Zone): Design {
  const { beta = error } = zone
  const fixed = fixedDesign(zone)
  const step = Math.max(1, Math.round(fixed.n / 200))
  for (let longest = Math.round(fixed.n * 0.95); ; longest += step) {
    const looks = boundaries(zone, longest)
    if (evaluate(looks, zone.pass).passed >= 1 - beta) return { fixed, looks, longest }
  }
}

/** How much of an error may be used up after a part t of the longest run, about evenly (Pocock-like spending). */
const spent = (t: number, all: number): number => all * Math.log(1 + (Math.E - 1) * t)

function boundaries({ pass, fail, alpha = error, beta = error }: Zone, longest: number): Look[] {
  const looks: Look[] = []
  let ifFail: Chances = { from: 0, chances: [1] }
  let ifPass = ifFail
  let [before, wronglyPassed, wronglyFailed] = [0, 0, 0]
  for (const n of sizes(longest)) {
    ifFail = after(ifFail, n - before, fail)
    ifPass = after(ifPass, n - before, pass)
    const passAt = Math.min(n + 1, fewestBeyond(spent(n / longest, alpha) - wronglyPassed, ifFail))
    const allowed = mostBelow(spent(n / longest, beta) - wronglyFailed, ifPass)
    const failAt = n === longest ? passAt - 1 : Math.min(allowed, passAt - 1)
    looks.push({ n, failAt, passAt })
    wronglyPassed += atLeast(ifFail, passAt)
    wronglyFailed += atMost(ifPass, failAt)
    ifFail = between(ifFail, failAt, passAt)
    ifPass = between(ifPass, failAt, passAt)
    before = n
  }
  return looks
}

function sizes(longest: number): readonly number[] {
  const all = [...Array(mostLooks).keys()].map((at) => Math.round((longest * (at + 1)) / mostLooks))
  return [...new Set(all)].filter((n) => n > 0)
}

/** The most successes of which, or of fewer, the chance is at most `beta`. */
function mostBelow(beta: number, { from, chances }: Chances): number {
  let tail = 0
  for (let at = 0; at < chances.length; at++) {
    tail += chances[at] ?? 0
    if (tail > beta) return from + at - 1
  }
  return from + chances.length - 1
}

/** The chances of the number held after some more trials. */
function after({ from, chances }: Chances, trials: number, p: number): Chances {
  const more = binomial(trials, p)
  const next = new Array<number>(Math.max(0, chances.length + more.chances.length - 1)).fill(0)
  chances.forEach((chance, at) => {
    more.chances.forEach((one, offset) => {
      next[at + offset] = (next[at + offset] ?? 0) + chance * one
    })
  })
  return { from: from + more.from, chances: next }
}

/** What is left of some chances after the runs that a look ended. */
function between({ from, chances }: Chances, failAt: number, passAt: number): Chances {
  const first = Math.max(from, failAt + 1)
  return { from: first, chances: chances.slice(first - from, Math.max(0, passAt - from)) }
}

/** How often looks pass, and after how many trials they decide on average, if trials hold with this chance. Exact. */
export function evaluate(
  looks: readonly Look[],
  truth: number,
): Readonly<{ passed: number; trials: number }> {
  let running: Chances = { from: 0, chances: [1] }
  let [before, passed, trials] = [0, 0, 0]
  for (const { n, failAt, passAt } of looks) {
    running = after(running, n - before, truth)
    const passing = atLeast(running, passAt)
    passed += passing
    trials += n * (passing + atMost(running, failAt))
    running = between(running, failAt, passAt)
    before = n
  }
  return { passed, trials }
}

/** What looks say about outcomes in the order of the plan, held or not; null while they go on. */
export function decideByLooks(
  looks: readonly Look[],
  outcomes: readonly boolean[],
): Readonly<{ verdict: 'passed' | 'failed'; after: number }> | null {
  for (const { n, failAt, passAt } of looks) {
    if (n > outcomes.length) return null
    const held = sum(outcomes.slice(0, n).map(Number))
    if (held >= passAt) return { verdict: 'passed', after: n }
    if (held <= failAt) return { verdict: 'failed', after: n }
  }
  return null
}

/**
 * Whether a question is given up: of so many trials none counts, and those to come hold too few that do for a first look.
 * How often a trial counts of which none did in so many is bounded exactly, at 97.5 %. Never before as many were asked
 * as the first look takes.
 */
export function isHopeless(looks: readonly Look[], { leftOut, left }: Unanswered): boolean {
  const [first] = looks
  return (
    first !== undefined && leftOut >= first.n && mostWhenNone(leftOut, hopelessAt) * left < first.n
  )
}

/** What a gate with a zone says of a run that no look could stop. */
export function decideFixed(
  { pass, fail, alpha = error, beta = error }: Zone,
  held: number,
  n: number,
): GateVerdict {
  if (held >= fewestBeyond(alpha, binomial(n, fail))) return 'passed'
  return atMost(binomial(n, pass), held) <= beta ? 'failed' : 'undecided'
}
