import { groupBy } from '../lists.js'
import type { Site } from '../site.js'
import { cut, goesAlone, leavesNoHole } from './cut.js'
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
  const isTold = (fact: Fact) => mentions(cut(reading, [fact]))(fact)
  const candidates = byNature(losable(reading, site, echo), reading, { later: site.later, echo })
  let chosen: readonly Fact[] = []
  for (const fact of candidates.slice(0, enough + count)) {
    if (chosen.length >= count) break
    const more = [...chosen, fact]
    // A fact that a longer word still tells has not been lost; it may go only with the others.
    const isLost = chosen.length > 0 || !isTold(fact)
    if (isLost && leavesNoHole(reading, more) && accepts(cut(reading, more))) chosen = more
  }
  // A hole is better than nothing.
  const last = candidates.find((fact) => !isTold(fact) && accepts(cut(reading, [fact])))
  if (chosen.length === 0 && last) return cut(reading, [last])
  return chosen.length > 0 ? cut(reading, chosen) : null
}

function losable(reading: Reading, site: Site, echo: string): readonly Fact[] {
  const kept = notToLose(reading)
  return rank(reading, site, echo)
    .filter((fact) => !kept.has(searchKey(fact)))
    .slice(0, 3 * enough)
}

/** Facts by how well they can go: of those that were used, first what goes alone, last what takes a question along. */
function byNature(
  facts: readonly Fact[],
  reading: Reading,
  { later, echo }: Readonly<{ later: string; echo: string }>,
): readonly Fact[] {
  const [isLater, isEcho] = [mentions(later), mentions(echo)]
  const asks = ({ unit: at }: Fact) => {
    const unit = reading.units[at]
    return unit !== undefined && reading.document.leaves[unit.leaf]?.text[unit.end - 1] === '?'
  }
  const order = (fact: Fact) => {
    if (!isLater(fact) || isEcho(fact)) return 3
    if (goesAlone(reading, fact)) return 0
    return asks(fact) ? 2 : 1
  }
  return facts
    .map((fact) => ({ fact, order: order(fact) }))
    .sort((a, b) => a.order - b.order)
    .map(({ fact }) => fact)
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
