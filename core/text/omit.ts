import type { Site } from '../site.js'
import { cut } from './cut.js'
import type { Fact } from './fact.js'
import { type Reading, read } from './facts.js'
import { mentions } from './mentions.js'
import { keepsAll } from './occurrences.js'
import { rank } from './rank.js'

/** Facts beyond these are not worth trying: the best come first. */
const enough = 12

/** The text without up to `count` of its facts; null when none may go or nothing would be left. */
export function shortened(text: string, site: Site, count: number): string | null {
  const reading = read(text)
  const accepts = (after: string) => keepsAll(text, after, site.protect) && saysSomething(after)
  let chosen: readonly Fact[] = []
  const inCode = codeFacts(reading)
  const candidates = rank(reading, site).filter(({ normal }) => !inCode.has(normal))
  for (const fact of candidates.slice(0, enough + count)) {
    if (chosen.length >= count) break
    const more = [...chosen, fact]
    const after = cut(reading, more)
    // A fact that a longer word still tells has not been lost; it may go only with the others.
    if (accepts(after) && (chosen.length > 0 || !mentions(after)(fact))) chosen = more
  }
  return chosen.length > 0 ? cut(reading, chosen) : null
}

/** Code with a hole does not run, which is another fault. */
function codeFacts({ facts, units }: Reading): ReadonlySet<string> {
  return new Set(
    facts.filter(({ unit }) => units[unit]?.kind === 'code').map(({ normal }) => normal),
  )
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
