import type { Rng } from '../draw.js'
import type { Site } from '../site.js'
import { type Alternative, alternatives } from './alternatives.js'
import { company } from './company.js'
import { edited, isWord, placesOf } from './edits.js'
import type { Fact } from './fact.js'
import { facts, type Reading, read } from './facts.js'
import { planted } from './lost.js'
import { mentions } from './mentions.js'
import { keepsAll } from './occurrences.js'
import { polarities } from './polarity.js'
import { isFormatRule, rank } from './rank.js'

/** Facts beyond these are not worth trying: the best come first. */
const enough = 12

type Falsehood = Readonly<{ fact: Fact; alternative: Alternative }>

/**
 * The text with up to `count` of its facts replaced by false ones, each at every place; if no fact fits, with one yes
 * turned into a no. Null when neither is possible. `shift` is how far numbers move, relative to themselves.
 *
 * @example
 * Italy won 12 medals.  ->  Italy won 16 medals.
 */
export function falsified(
  text: string,
  site: Site,
  { count, shift, echo = '' }: Readonly<{ count: number; shift: number; echo?: string }>,
): string | null {
  const reading = read(text)
  // What nobody can find again, nobody can follow through the trial.
  const accepts = (after: string) =>
    keepsAll(text, after, site.protect) && planted(text, after).length > 0
  let chosen: readonly Falsehood[] = []
  for (const falsehood of falsehoods(reading, site, { shift, echo })) {
    if (chosen.length >= count) break
    const more = [...chosen, falsehood]
    if (accepts(replaced(reading, more))) chosen = more
  }
  if (chosen.length > 0) return replaced(reading, chosen)
  return turnings(reading, site).find(accepts) ?? null
}

function replaced(reading: Reading, chosen: readonly Falsehood[]): string {
  const edits = chosen.flatMap(({ fact, alternative }) =>
    placesOf(fact, reading).map((place) => ({ ...place, text: alternative.write(place.surface) })),
  )
  return edited(reading.document, edits)
}

/** What could be falsified: first what the baseline used and whose false form occurs nowhere in its work. */
function falsehoods(
  reading: Reading,
  site: Site,
  { shift, echo }: Readonly<{ shift: number; echo: string }>,
): readonly Falsehood[] {
  const isLater = mentions(site.later)
  const isKnown = mentions(`${site.taskText}\n${site.later}`)
  const own = new Set(reading.facts.map(({ normal }) => normal))
  const [elsewhere, asked] = [read(site.elsewhere), facts(site.taskText)]
  const found = rank(reading, site, echo)
    .slice(0, enough)
    .flatMap((fact) => {
      const { near, others } = around(fact, reading)
      const pools = [company(fact, elsewhere), others, elsewhere.facts, asked]
      const novelty = ({ normal }: Alternative) =>
        isKnown({ type: fact.type, normal }) ? 2 : isWord(fact) || !own.has(normal) ? 0 : 1
      const [alternative] = alternatives(fact, { pools, shift, rng: site.rng })
        .filter(({ normal }) => !near.has(normal))
        .map((one) => ({ one, rank: novelty(one) }))
        .sort((a, b) => a.rank - b.rank)
      if (!alternative) return []
      const bites = isLater(fact) && alternative.rank < 2
      return [{ fact, alternative: alternative.one, bites }]
    })
  return [...found.filter(({ bites }) => bites), ...found.filter(({ bites }) => !bites)]
}

/** What the units of a fact state, and the facts of all others: a word from the same sentence would make nonsense. */
function around({ normal }: Fact, { facts }: Reading) {
  const units = new Set(facts.filter((fact) => fact.normal === normal).map(({ unit }) => unit))
  const near = facts.filter(({ unit }) => units.has(unit)).map((fact) => fact.normal)
  return { near: new Set(near), others: facts.filter(({ unit }) => !units.has(unit)) }
}

/** The text with one yes or no turned round, for every one of them, best first. */
function turnings({ document, units }: Reading, site: Site): readonly string[] {
  const isLater = mentions(site.later)
  const found = units.flatMap((unit) => {
    const text = document.leaves[unit.leaf]?.text.slice(unit.body, unit.end) ?? ''
    const isPlain = unit.kind === 'sentence' || unit.kind === 'item' || unit.kind === 'field'
    if (!isPlain || isFormatRule(text) || text.endsWith('?')) return []
    return polarities(text).map((yes) => ({ ...yes, unit }))
  })
  const weight = ({ normal }: { normal: string }) => (isLater({ type: 'polarity', normal }) ? 0 : 1)
  return shuffled(found, site.rng)
    .sort((a, b) => weight(a) - weight(b))
    .slice(0, enough)
    .map(({ unit, start, end, turned }) =>
      edited(document, [
        { leaf: unit.leaf, start: unit.body + start, end: unit.body + end, text: turned },
      ]),
    )
}

const shuffled = <Item>(items: readonly Item[], rng: Rng) => [...rng.fork('turn').shuffle(items)]
