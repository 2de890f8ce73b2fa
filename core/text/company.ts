import type { Fact } from './fact.js'
import type { Reading } from './facts.js'

/**
 * Facts that a text lists beside a given one, which makes them of one kind: the other columns, the other cities. A row of
 * a table is no list: its cells are of different kinds.
 */
export function company({ normal }: Fact, { facts, units }: Reading): readonly Fact[] {
  const lists = new Set(
    facts
      .filter((fact) => fact.normal === normal && units[fact.unit]?.kind !== 'row')
      .map(({ unit }) => unit),
  )
  return facts.filter((fact) => fact.normal !== normal && lists.has(fact.unit))
}
