import { groupBy } from '../core/lists.js'
import type { FaultFacts } from '../core/report.js'
import type { Compared } from '../core/schemas/comparison.js'
import type { CountedCell } from './cell.js'
import { comparedCost } from './compared-cost.js'
import { compositeDifference, compositeScore } from './composite-score.js'
import { scoreOf } from './interval.js'
import { type MatchedCell, matchedCell, matchedCounts, sameCells } from './matched.js'
import { isScored, scoredCells } from './system-score.js'
import { heldByOne, type TrialPair, taskDifference } from './task-difference.js'

/** The part of a comparison that its trials decide. */
export type ComparedTrials = Omit<Compared, 'a' | 'b' | 'removed' | 'restored' | 'better'>

type Cells = readonly CountedCell[]

/** Two systems on the trials that both have. */
export function compareSides(a: Cells, b: Cells, faults: readonly FaultFacts[]): ComparedTrials {
  const both = sameCells(a, b).filter((pair) => pair.every(isScored))
  const cells = both.map(([left, right]) => matchedCell(left, right))
  const compared = cells.filter((cell) => cell.a.faulted.length > 0)
  const pairs = compared.flatMap(pairsOf)
  const { estimate: difference, p } = taskDifference(pairs)
  return {
    scenarios: [...new Set(compared.map(({ scenario }) => scenario))],
    tasks: difference.n,
    seeds: [...new Set(pairs.map((pair) => pair.a.seed))].sort((x, y) => x - y),
    trials: pairs.length,
    faults: [...groupBy(compared, ({ fault }) => fault)].map(([fault, some]) =>
      comparedFault(fault, some.flatMap(pairsOf)),
    ),
    notCompared: notCompared(a, b, cells),
    robustness: { ...ratesOf(pairs), difference, p },
    score: scoresOf(a, b, faults),
    cost: comparedCost(pairs),
    ...tasksOfOne(both),
  }
}

const pairsOf = ({ a, b }: MatchedCell): readonly TrialPair[] =>
  a.faulted.flatMap((line, at) => {
    const twin = b.faulted[at]
    return twin ? [{ a: line, b: twin }] : []
  })

function ratesOf(pairs: readonly TrialPair[]): Pick<Compared['robustness'], 'a' | 'b'> {
  const rate = (side: keyof TrialPair) =>
    scoreOf(pairs.filter((pair) => pair[side].verdict === 'held').length, pairs.length)
  return { a: rate('a'), b: rate('b') }
}

function comparedFault(fault: string, pairs: readonly TrialPair[]): Compared['faults'][number] {
  const { estimate: difference, p } = taskDifference(pairs)
  const { onlyA, onlyB } = heldByOne(pairs)
  const counts = { tasks: difference.n, onlyA, onlyB }
  return { fault, ...counts, ...ratesOf(pairs), difference, p, q: null, look: false }
}

function scoresOf(a: Cells, b: Cells, faults: readonly FaultFacts[]): Compared['score'] {
  const counts = matchedCounts(scoredCells(a, faults), scoredCells(b, faults))
  const { estimate: difference, p } = compositeDifference(counts.a, counts.b)
  return {
    ...{ a: compositeScore(counts.a), b: compositeScore(counts.b), difference, p, adjusted: null },
    faults: new Set(counts.a.map(({ fault }) => fault)).size,
  }
}

/** Cells that one of the sides has and that are not compared, with the side that could have been. */
function notCompared(a: Cells, b: Cells, cells: readonly MatchedCell[]): Compared['notCompared'] {
  const keyOf = ({ scenario, fault }: Readonly<{ scenario: string; fault: string }>) =>
    `${scenario}\u0000${fault}`
  const scored = (side: Cells) => new Set(side.filter(isScored).map(({ cell }) => keyOf(cell)))
  const done = new Set(cells.filter((one) => one.a.faulted.length > 0).map(keyOf))
  const [left, right] = [scored(a), scored(b)]
  const because = (key: string) => {
    if (left.has(key)) return right.has(key) ? 'no trial in common' : 'only a'
    return right.has(key) ? 'only b' : 'neither'
  }
  const all = new Map([...a, ...b].map(({ cell }) => [keyOf(cell), cell]))
  return [...all].flatMap(([key, { scenario, fault }]) =>
    done.has(key) ? [] : [{ scenario, fault, because: because(key) } as const],
  )
}

/** Tasks of which only one side has trials that count, in the cells that both have. */
function tasksOfOne(
  both: readonly (readonly [CountedCell, CountedCell])[],
): Pick<Compared, 'onlyA' | 'onlyB'> {
  const named = (cells: Cells) =>
    new Map(
      cells.flatMap(({ cell: { scenario }, tasks }) =>
        [...tasks.keys()].map((task) => [`${scenario}\u0000${task}`, { scenario, task }] as const),
      ),
    )
  const [a, b] = [named(both.map(([one]) => one)), named(both.map(([, one]) => one))]
  const missing = (from: typeof a, other: typeof a) =>
    [...from].filter(([key]) => !other.has(key)).map(([, task]) => task)
  return { onlyA: missing(a, b), onlyB: missing(b, a) }
}
