import { groupBy } from '../lists.js'
import type { Site } from '../site.js'
import { cut } from './cut.js'
import type { Fact } from './fact.js'
import { type PlacedUnit, type Reading, read } from './facts.js'
import { mentions, searchKey } from './mentions.js'
import { keepsAll } from './occurrences.js'
import { rank } from './rank.js'

/** Facts beyond these are not worth trying: the best come first. */
const enough = 12

/** The text without up to `count` of its facts; null when none may go or nothing would be left. */
export function shortened(
  text: string,
  site: Site,
  { count, echo = '' }: Readonly<{ count: number; echo?: string }>,
): string | null {
  const reading = read(text)
  const headers = new Set(textsOf(reading, ({ kind }) => kind === 'header'))
  const accepts = (after: string) =>
    keepsAll(text, after, site.protect) && saysSomething(after, headers)
  let chosen: readonly Fact[] = []
  const kept = notToLose(reading)
  const candidates = rank(reading, site, echo).filter((fact) => !kept.has(searchKey(fact)))
  for (const fact of candidates.slice(0, enough + count)) {
    if (chosen.length >= count) break
    const more = [...chosen, fact]
    const after = cut(reading, more)
    // A fact that a longer word still tells has not been lost; it may go only with the others.
    if (accepts(after) && (chosen.length > 0 || !mentions(after)(fact))) chosen = more
  }
  return chosen.length > 0 ? cut(reading, chosen) : null
}

/** Facts in code, which would not run with a hole, and numbers that the text repeats with another unit. */
function notToLose({ facts, units }: Reading): ReadonlySet<string> {
  const normals = groupBy(facts, searchKey)
  const isKept = (key: string) => {
    const same = normals.get(key) ?? []
    const [first] = same
    return same.some(({ unit, normal }) => units[unit]?.kind === 'code' || normal !== first?.normal)
  }
  return new Set([...normals.keys()].filter(isKept))
}

/** Whether more is left than titles and the names of columns. */
function saysSomething(text: string, headers: ReadonlySet<string>): boolean {
  return textsOf(read(text), ({ kind }) => kind !== 'header' && kind !== 'heading').some(
    (left) => /[\p{L}\p{N}]/u.test(left) && !headers.has(left),
  )
}

const textsOf = ({ document, units }: Reading, counts: (unit: PlacedUnit) => boolean) =>
  units
    .filter(counts)
    .map(({ leaf, body, end }) => document.leaves[leaf]?.text.slice(body, end) ?? '')
