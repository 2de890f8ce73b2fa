import { groupBy } from '../lists.js'
import { type Edit, edited, type Place, placesOf } from './edits.js'
import type { Fact } from './fact.js'
import type { PlacedUnit, Reading } from './facts.js'
import { closed, type Gap, gapFor } from './phrases.js'

/**
 * The text without some facts, at every place. A unit that says nothing else goes as a whole; otherwise the fact goes
 * with its preposition or its measure. Where that would leave a hole, the whole unit goes as long as there are others. A
 * field keeps its key, a row keeps its cells, JSON loses the key.
 *
 * @example
 * '- Sort rows by "Gold" from high to low.' without Gold  ->  '- Sort rows from high to low.'
 */
export function cut(reading: Reading, facts: readonly Fact[]): string {
  const { document, units } = reading
  const { places, going, isSpent } = planned(facts, reading)
  const isJson = (at: number) => units[at]?.kind === 'value' && keyOf(at, reading) !== null
  const edits = [...places].flatMap(([at, here]): readonly Edit[] => {
    const unit = units[at]
    const text = document.leaves[unit?.leaf ?? -1]?.text
    if (!unit || text === undefined) return []
    if (going.has(at)) return [dropped(unit, text)]
    return here.map(({ place, gap }) =>
      gap ? { leaf: place.leaf, ...closed(gap, unit, text) } : shortened(place, unit, text),
    )
  })
  const removed = [...places.keys()].filter((at) => isSpent(at) && isJson(at))
  return edited(document, edits, new Set(removed.map((at) => units[at]?.leaf ?? -1)))
}

/** Whether facts can go and leave sentences that read as if nothing had been there. */
export function leavesNoHole(reading: Reading, facts: readonly Fact[]): boolean {
  const { places, going } = planned(facts, reading)
  return [...places].every(([at, cuts]) => going.has(at) || cuts.every(({ isHole }) => !isHole))
}

/** Whether a fact can go without its sentence. */
export function goesAlone(reading: Reading, fact: Fact): boolean {
  return cutsFor([fact], reading).every(({ isHole }) => !isHole)
}

/** Where facts are cut out, and the units that go as a whole, as long as others are left. */
function planned(facts: readonly Fact[], reading: Reading) {
  const { units, document } = reading
  const places = groupBy(cutsFor(facts, reading), ({ unit }) => unit)
  const chosen = new Set(facts.map(({ normal }) => normal))
  const kept = reading.facts.filter(({ normal }) => !chosen.has(normal))
  const saysMore = new Set(kept.map(({ unit }) => unit))
  const isHole = (at: number) => (places.get(at) ?? []).some((one) => one.isHole)
  const asks = ({ leaf, end }: PlacedUnit) => document.leaves[leaf]?.text[end - 1] === '?'
  const isSpent = (at: number) => {
    const unit = units[at]
    return (
      unit !== undefined &&
      !saysMore.has(at) &&
      unit.kind !== 'field' &&
      (!asks(unit) || isHole(at))
    )
  }
  const found = [...places.keys()].filter((at) => isSpent(at) || isHole(at))
  const othersLeft = units.filter(({ kind }) => kind !== 'code').length > found.length
  return { places, isSpent, going: new Set(othersLeft ? found : []) }
}

type Cut = Readonly<{ unit: number; place: Place; gap: Gap | null; isHole: boolean }>

function cutsFor(facts: readonly Fact[], reading: Reading): readonly Cut[] {
  const bounds = boundsOf(reading)
  return facts.flatMap((fact) =>
    placesOf(fact, reading).map((found) => {
      const place = bounds(found)
      const unit = reading.units[place.unit]
      const text = reading.document.leaves[place.leaf]?.text ?? ''
      const isWhole = !unit || !isProse(unit) || isEntry(place, unit, text)
      const gap = isWhole ? null : gapFor(fact, place, text)
      return { unit: place.unit, place, gap, isHole: !isWhole && gap === null }
    }),
  )
}

/** Whether a place is one entry of a list, or all that a unit says: it goes alone without leaving a hole. */
function isEntry({ start, end }: Place, { body, end: last }: PlacedUnit, text: string): boolean {
  if (start === body && end === last) return true
  const before = text.slice(Math.max(body, start - 4), start)
  const after = text.slice(end, Math.min(last, end + 30))
  const isFirst =
    /^["“'‘`]$/.test(before.slice(-1)) && /^["”'’`](?: ?\([^()\n]{1,20}\))?,/.test(after)
  return (
    isFirst || (/, ?["“'‘`]?$/.test(before) && /^["”'’`]?(?: ?\([^()\n]{1,20}\))?[,.]/.test(after))
  )
}

const isProse = (unit: PlacedUnit | undefined) =>
  unit?.kind === 'sentence' || unit?.kind === 'item' || unit?.kind === 'field'

const keyOf = (unit: number, { document, units }: Reading) =>
  document.leaves[units[unit]?.leaf ?? -1]?.key ?? null

/** Widens a place to a comparator and its number together: half a bound would state something else. */
function boundsOf({ facts }: Reading): (place: Place) => Place {
  const key = (leaf: number, position: number) => `${leaf}:${position}`
  const pairs = facts.flatMap((fact, at): readonly Pick<Place, 'leaf' | 'start' | 'end'>[] => {
    const next = facts[at + 1]
    const isBound = fact.type === 'comparator' && next?.type === 'number'
    const isNear = next?.leaf === fact.leaf && next.start - fact.end === 1
    return isBound && isNear ? [{ leaf: fact.leaf, start: fact.start, end: next.end }] : []
  })
  const byEdge = new Map(
    pairs.flatMap((pair) => [
      [key(pair.leaf, pair.start), pair],
      [key(pair.leaf, -pair.end), pair],
    ]),
  )
  return (place) => ({
    ...place,
    ...(byEdge.get(key(place.leaf, place.start)) ?? byEdge.get(key(place.leaf, -place.end))),
  })
}

/** Takes a unit out: its whole line if it fills one, else with the space behind it. */
export function dropped({ leaf, start, end }: PlacedUnit, text: string): Edit {
  const from = start - tail(text.slice(Math.max(0, start - 40), start), /[ \t]{0,40}$/)
  const to = end + head(text.slice(end, end + 40), /^[ \t\r]{0,40}/)
  const fills = (from === 0 || text[from - 1] === '\n') && (to === text.length || text[to] === '\n')
  if (!fills) return { leaf, start: to > end ? start : from, end: to, text: '' }
  if (text[to] === '\n') return { leaf, start: from, end: to + 1, text: '' }
  return { leaf, start: Math.max(0, from - 1), end: to, text: '' }
}

const leading =
  /(?:(?<![\p{L}\p{N}])(?:of|in|at|by|for|from|to|with|than|on|per|into|within)[ \t]{1,4})?(?:(?<![\p{L}\p{N}])(?:the|a|an)[ \t]{1,4})?["“«'‘`(]?$/iu
const closing = /^["”»'’`)]/

/** Takes a fact out of a unit that says more, with the words and marks that belong to it alone. */
function shortened({ leaf, start, end }: Place, unit: PlacedUnit, text: string): Edit {
  if (unit.kind === 'row' || unit.kind === 'value') return { leaf, start, end, text: '' }
  const before = text.slice(Math.max(unit.body, start - 30), start)
  const isOpen = /["“«'‘`(]$/.test(before)
  const isMarked = isOpen && closing.test(text.slice(end, end + 1))
  const from = start - tail(isMarked || !isOpen ? before : '', leading)
  const after = text.slice(isMarked ? end + 1 : end, end + 40)
  const remark = isMarked ? head(after, /^ ?\([^()\n]{1,20}\)/) : 0
  const first = unit.kind === 'field' ? unit.start : unit.body
  const [left, right] = [text.slice(Math.max(first, from - 4), from), after.slice(remark)]
  const to = end + (isMarked ? 1 : 0) + remark
  const gap = gapAround(left, right, isMarked)
  return { leaf, start: from - gap.left, end: to + gap.right, text: '' }
}

/** How much of the commas and spaces on both sides of a gap is one too many. */
function gapAround(left: string, right: string, isMarked: boolean) {
  if (left === '') return { left: 0, right: head(right, /^[ \t]{0,4}/) }
  const isListed = /,\s*$/.test(left) || (isMarked && /^, ?["“«'‘`]/.test(right))
  if (isListed && right.startsWith(',')) return { left: tail(left, /\s*$/), right: 1 }
  if (/^(?:[.;!?\n]|$)/.test(right)) return { left: tail(left, /,?\s*$/), right: 0 }
  return { left: /^[\s,:)]/.test(right) ? tail(left, /\s*$/) : 0, right: 0 }
}

const tail = (text: string, part: RegExp) => part.exec(text)?.[0].length ?? 0
const head = tail
