import type { Summary } from '../core/schemas/summary.js'
import { agreeingChance } from './agreement.js'
import type { CountedCell } from './cell.js'
import { benjaminiHochberg } from './corrections.js'
import { fewestTasks } from './interval.js'
import type { Counts } from './jackknife.js'
import { paired } from './paired.js'
import { damage } from './score.js'

/** The share of a list to look at that may be there by chance. */
export const mostFalse = 0.1

/** More than this nobody looks at. */
const longest = 10

/**
 * Cells whose fault does damage beyond chance, the worst first, from all cells that have a score and enough tasks. It is
 * where to look first and decides nothing.
 */
export function lookAt(cells: readonly CountedCell[]): Summary['look'] {
  const asked = cells.flatMap((counted) => {
    const p = chanceOfDamage([...counted.tasks.values()])
    return p === null ? [] : [{ cell: counted.cell, p }]
  })
  const qs = benjaminiHochberg(asked.map(({ p }) => p))
  return asked
    .map(({ cell: { system, scenario, fault, damage: found } }, at) => ({
      ...{ system, scenario, fault },
      damage: found,
      q: qs[at] ?? 1,
    }))
    .filter(({ q }) => q <= mostFalse)
    .sort((a, b) => (b.damage.mean ?? 0) - (a.damage.mean ?? 0) || a.q - b.q)
    .slice(0, longest)
}

/**
 * The one-sided p of no damage, from the damage in each task; null with too few tasks. When it is the same in all of
 * them there is no spread to go by, and the sign test speaks.
 */
export function chanceOfDamage(tasks: readonly Counts[]): number | null {
  const differences = tasks.map(damage).filter((one) => one !== null)
  if (differences.length < fewestTasks) return null
  const { mean, p, se, n } = paired(differences)
  if (se === 0) return mean > 0 ? agreeingChance(mean, n) / 2 : 1
  return mean > 0 ? p / 2 : 1 - p / 2
}
