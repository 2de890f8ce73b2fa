import { groupBy } from '../core/lists.js'
import type { Spread } from '../core/schemas/behaviour.js'
import type { Cell, Estimate } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { jackknife } from './jackknife.js'
import { sum } from './sums.js'

type Known = Readonly<{ task: string; spread: Spread }>

/** How far a fault came in some trials; null when no line says it. */
export function cellSpread(counted: readonly TrialLine[]): Cell['spread'] {
  const known = counted.flatMap(({ task, spread }): readonly Known[] =>
    spread ? [{ task, spread }] : [],
  )
  if (known.length === 0) return null
  return {
    agents: meanByTask(known, ({ agents }) => agents.length),
    containment: meanByTask(known, stepsToContainment),
    contained: known.filter(({ spread }) => spread.contained !== null).length,
    n: known.length,
  }
}

/** Null where nothing stopped it: then it was never contained, which is no number of steps. */
function stepsToContainment({ injected, contained }: Spread): number | null {
  return contained === null ? null : Math.max(0, contained - injected)
}

/** The mean over trials with its interval over tasks, whose trials resemble each other. */
function meanByTask(known: readonly Known[], measure: (spread: Spread) => number | null): Estimate {
  const rows = [...groupBy(known, ({ task }) => task).values()].flatMap((trials) => {
    const values = trials.map(({ spread }) => measure(spread)).filter((value) => value !== null)
    return values.length === 0 ? [] : [[sum(values), values.length]]
  })
  return jackknife(rows, ([total = 0, n = 0]) => (n === 0 ? null : total / n))
}
