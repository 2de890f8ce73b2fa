import type { Fact } from './fact.js'
import { type PlacedUnit, type Reading, read } from './facts.js'
import { normalise } from './normalise.js'
import { polarities } from './polarity.js'

/**
 * The facts that a text stated and its changed form does not state anywhere.
 *
 * @example
 * 'Pay 40 EUR in Rome.', 'Pay in Rome.'  ->  40 EUR
 */
export function lost(before: string, after: string): readonly Fact[] {
  return differences(before, after).lost
}

/**
 * The facts that a change put into a text. Where a unit was rewritten, a fact counts as planted even if another unit
 * states it as well, since there it is false; an added unit plants only what nobody stated before.
 */
export function planted(before: string, after: string): readonly Fact[] {
  return differences(before, after).planted
}

type Difference = Readonly<{ lost: readonly Fact[]; planted: readonly Fact[] }>

/** The facts that went and those that came, in one reading of long texts. */
export function differences(before: string, after: string): Difference {
  const [old, now] = [read(before), read(after)]
  const [gone, come] = [unitsOnlyIn(old, now), unitsOnlyIn(now, old)]
  const previous = gone.size > 0 ? factsOf(old, gone) : old.facts
  const lost = without(old.facts, now.facts)
  const planted = without(factsOf(now, come), previous)
  if (lost.length > 0 || planted.length > 0) return { lost, planted }
  const [yes, no] = [polaritiesOf(old, gone), polaritiesOf(now, come)]
  return { lost: without(yes, no), planted: without(no, yes) }
}

function textOf({ leaf, body, end }: PlacedUnit, { document }: Reading): string {
  return document.leaves[leaf]?.text.slice(body, end) ?? ''
}

/** Positions of the units that the other reading does not have, or does not have as often. */
function unitsOnlyIn(reading: Reading, other: Reading): ReadonlySet<number> {
  const left = new Map<string, number>()
  for (const unit of other.units) {
    const text = normalise(textOf(unit, other))
    left.set(text, (left.get(text) ?? 0) + 1)
  }
  const found = new Set<number>()
  for (const [at, unit] of reading.units.entries()) {
    const text = normalise(textOf(unit, reading))
    const count = left.get(text) ?? 0
    if (count > 0) left.set(text, count - 1)
    else found.add(at)
  }
  return found
}

const factsOf = ({ facts }: Reading, units: ReadonlySet<number>) =>
  facts.filter(({ unit }) => units.has(unit))

/** The facts whose normal form none of the others has, each once. */
function without(facts: readonly Fact[], others: readonly Fact[]): readonly Fact[] {
  const seen = new Set(others.map(({ normal }) => normal))
  return facts.filter(({ normal }) => !seen.has(normal) && seen.add(normal))
}

function polaritiesOf(reading: Reading, units: ReadonlySet<number>): readonly Fact[] {
  return reading.units.flatMap((unit, at) => {
    if (!units.has(at)) return []
    return polarities(textOf(unit, reading)).map(({ normal, start, end }) => ({
      type: 'polarity' as const,
      text: normal,
      normal,
      leaf: unit.leaf,
      start: unit.body + start,
      end: unit.body + end,
      unit: at,
      column: '',
    }))
  })
}
