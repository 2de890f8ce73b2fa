import type { Summary } from '../core/schemas/summary.js'
import { compositeDifference } from './composite-score.js'
import { holm } from './corrections.js'
import { type MatchedCounts, matchedCounts } from './matched.js'
import type { ScoredCell } from './system-score.js'
import type { Weights } from './weights.js'

type Pair = Summary['pairs'][number]

/** A system with the cells that are in its score. */
type Scored = Readonly<{ system: string; cells: readonly ScoredCell[] }>

/** Below this chance, corrected for all pairs, a difference counts as found. */
export const mostChance = 0.05

/** Every system compared with every other on the score of the trials that both have. */
export function pairsOf(systems: readonly Scored[], weights?: Weights): readonly Pair[] {
  const pairs = systems.flatMap((a, at) =>
    systems.slice(at + 1).map((b) => {
      const counts = matchedCounts(a.cells, b.cells)
      const { estimate: difference, p } = compositeDifference(counts.a, counts.b, weights)
      return { a: a.system, b: b.system, ...sizeOf(counts), difference, p }
    }),
  )
  const adjusted = holmIfKnown(pairs.map(({ p }) => p))
  return pairs.map((pair, at) => {
    const chance = adjusted[at] ?? null
    return { ...pair, adjusted: chance, better: better(pair, chance) }
  })
}

function sizeOf({ a }: MatchedCounts): Pick<Pair, 'tasks' | 'faults'> {
  const tasks = a.flatMap(({ scenario, tasks: of }) => [...of.keys()].map((id) => [scenario, id]))
  return {
    tasks: new Set(tasks.map((names) => names.join('\u0000'))).size,
    faults: new Set(a.map(({ fault }) => fault)).size,
  }
}

function better(
  { a, b, difference: { mean } }: Omit<Pair, 'adjusted' | 'better'>,
  chance: number | null,
): string | null {
  if (chance === null || mean === null || chance >= mostChance) return null
  return mean > 0 ? b : a
}

/** p-values corrected by Holm; those that are not known are no question that was asked. */
export function holmIfKnown(ps: readonly (number | null)[]): readonly (number | null)[] {
  const known = ps.filter((p) => p !== null)
  const adjusted = [...holm(known)]
  return ps.map((p) => (p === null ? null : (adjusted.shift() ?? null)))
}
