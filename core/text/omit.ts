import { groupBy } from '../lists.js'
import type { Site } from '../site.js'
import { cut } from './cut.js'
import type { Fact } from './fact.js'
import { type Reading, read } from './facts.js'
import { mentions, searchKey } from './mentions.js'
import { keepsAll } from './occurrences.js'
import { rank } from './rank.js'

/** Facts beyond these are not worth trying: the best come first. */
const enough = 12

/** The text without up to `count` of its facts; null when none may go or nothing would be left. */
export function shortened(text: string, site: Site, count: number): string | null {
  const reading = read(text)
  const accepts = (after: string) => keepsAll(text, after, site.protect) && saysSomething(after)
  let chosen: readonly Fact[] = []
  const kept = notToLose(reading)
  const candidates = rank(reading, site).filter((fact) => !kept.has(searchKey(fact)))
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

function saysSomething(text: string): boolean {
  const { document, units } = read(text)
  return units.some(
    ({ kind, leaf, body, end }) =>
      kind !== 'header' &&
      kind !== 'heading' &&
      /[\p{L}\p{N}]/u.test(document.leaves[leaf]?.text.slice(body, end) ?? ''),
  )
}
