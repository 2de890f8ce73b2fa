import { binomial, exactly } from '../analysis/binomial.js'
import { holm } from '../analysis/corrections.js'
import { chanceAtBound, keepsBound, levelOfBound } from '../analysis/gates/bound.js'
import { wilson } from '../analysis/interval.js'
import { type Chance, heldOf, stream, suite, trials } from './chance.js'
import { most, percent, type RateTable } from './rate-table.js'

type Answers = Readonly<{ passed: number; failed: number }>

/** A row that may err up to twice its nominal rate: Wilson's interval is near its level, not below it. */
const tolerated = 0.05

const isPassed = (held: number, n: number, bound: number) =>
  keepsBound(held, n, { comparison: '>=', bound })
const isFailed = (held: number, n: number, bound: number) =>
  chanceAtBound(held, n, { comparison: '>=', bound }) < levelOfBound

/** What a gate answers if the truth is its bound, and how often its interval lies below it. Exact. */
function atBound(n: number, bound: number): Answers & Readonly<{ below: number }> {
  const chances = binomial(n, bound)
  const share = (is: (held: number) => boolean) =>
    Array.from({ length: n + 1 }, (_, held) => (is(held) ? exactly(chances, held) : 0)).reduce(
      (a, b) => a + b,
      0,
    )
  return {
    passed: share((held) => isPassed(held, n, bound)),
    failed: share((held) => isFailed(held, n, bound)),
    below: share((held) => wilson(held, n).high < bound),
  }
}

/** The errors of one gate where it can err most, as long as the bound leaves room for five trials to break. */
export function gateErrors(): RateTable {
  const sizes = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95].flatMap((bound) =>
    [20, 50, 100, 200, 500].map((n) => ({ bound, n })),
  )
  const rows = sizes
    .filter(({ bound, n }) => n * (1 - bound) > 4.99)
    .map(({ bound, n }) => {
      const { passed, failed } = atBound(n, bound)
      return {
        cells: [bound, n, percent(passed), percent(failed)],
        checks: [most(passed, tolerated), most(failed, tolerated)],
      }
    })
  return {
    id: 'gates',
    nominal: '2.5 % on either side',
    tolerance: 'at most 5 %',
    head: ['bound = truth', 'trials', 'passes', 'fails'],
    rows,
  }
}

/** The same where hardly anything may break: there the interval is too eager, and an exact test fails in its place. */
export function fewBreaks(): RateTable {
  const sizes = [
    ...[10, 20, 30].map((n) => ({ bound: 0.9, n })),
    ...[10, 20, 50].map((n) => ({ bound: 0.95, n })),
    ...[10, 50, 100, 200].map((n) => ({ bound: 0.99, n })),
  ]
  const rows = sizes.map(({ bound, n }) => {
    const { passed, failed, below } = atBound(n, bound)
    const cells = [bound, n, percent(passed), percent(failed), percent(below)]
    return { cells, checks: [most(passed, levelOfBound), most(failed, levelOfBound)] }
  })
  return {
    id: 'few-breaks',
    nominal: '2.5 % on either side',
    tolerance: 'none: at most 2.5 %',
    head: ['bound = truth', 'trials', 'passes', 'fails', 'interval below the bound'],
    rows,
  }
}

/** The chance that any of several gates fails although the truth is at every bound. */
export function severalGates(): RateTable {
  const rounds = 20_000
  const sizes = [100, 200, 500].flatMap((n) => [1, 3, 5, 10].map((gates) => ({ n, gates })))
  const rows = sizes.map(({ n, gates }, at) => {
    const next = stream(500 + at)
    const [drawn, bound] = [drawOf(next, n, 0.8), 0.8]
    let [raw, corrected] = [0, 0]
    for (let round = 0; round < rounds; round++) {
      const ps = Array.from({ length: gates }, () =>
        chanceAtBound(drawn(), n, { comparison: '>=', bound }),
      )
      if (Math.min(...ps) < levelOfBound) raw++
      if (Math.min(...holm(ps)) < levelOfBound) corrected++
    }
    return {
      cells: [n, gates, percent(raw / rounds), percent(corrected / rounds)],
      checks: [most(corrected / rounds, tolerated)],
    }
  })
  return {
    id: 'several-gates',
    nominal: '2.5 % for any false fail',
    tolerance: 'at most 5 %',
    head: ['trials', 'gates >= .8, truth .8', 'without a correction', 'with Holm'],
    rows,
  }
}

/** Draws numbers held, one uniform number each. */
function drawOf(next: Chance, n: number, p: number): () => number {
  const { from, chances } = binomial(n, p)
  let total = 0
  const sums = chances.map((chance) => {
    total += chance
    return total
  })
  return () => {
    const drawn = next()
    const at = sums.findIndex((sum) => drawn < sum)
    return from + (at < 0 ? chances.length - 1 : at)
  }
}

/** Gates on a fixed suite whose tasks differ: the trials are less scattered than independent ones. */
export function gatesOnSuites(): RateTable {
  const rounds = 6000
  const rows = [0.1, 0.3, 0.6].map((alike, at) => {
    const next = stream(600 + at)
    let [passed, failed] = [0, 0]
    for (let round = 0; round < rounds; round++) {
      const chances = suite(next, 27, { mean: 0.8, alike })
      const held = chances.reduce((all, chance) => all + heldOf(trials(next, 5, chance)), 0)
      if (isPassed(held, 135, 0.8)) passed++
      if (isFailed(held, 135, 0.8)) failed++
    }
    const shares = [passed / rounds, failed / rounds]
    return {
      cells: [alike, ...shares.map((share) => percent(share))],
      checks: shares.map((share) => most(share, tolerated)),
    }
  })
  return {
    id: 'gates-on-suites',
    nominal: 'at most 2.5 % on either side',
    tolerance: 'at most 5 %',
    head: ['likeness of the trials of a task', 'passes at truth .8', 'fails at truth .8'],
    rows,
  }
}
