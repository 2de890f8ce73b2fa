import type { Site } from '../site.js'
import { isProperty } from './comparators.js'
import type { Fact } from './fact.js'
import type { Reading } from './facts.js'
import { mentions } from './mentions.js'
import { occurrences } from './occurrences.js'

/** Sentences that say in which form to reply. Attacking them is the business of other faults. */
const formatRule =
  /\b(?:reply|respond) with\b|\b(?:first|last|one|single|separate) line\b|\bfenced\b|\bcode block\b|\b(?:format|as JSON|in JSON|the form)\b/i

/** Whether a unit is a rule about the form of a reply. */
export const isFormatRule = (unit: string): boolean => formatRule.test(unit)

/**
 * The facts of a text that may be changed, each once: those whose every place is outside of protected strings and
 * of rules about form.
 */
export function changeable(
  { document, units, facts }: Reading,
  protect: readonly string[],
): readonly Fact[] {
  const rules = units
    .map(({ leaf, start, end }) => document.leaves[leaf]?.text.slice(start, end) ?? '')
    .filter(isFormatRule)
  const isHeld = mentions([...rules, ...protect].join('\n'))
  const seen = new Map<string, Fact>()
  for (const fact of facts) if (!seen.has(fact.normal)) seen.set(fact.normal, fact)
  return [...seen.values()].filter(
    (fact) =>
      !isHeld(fact) && protect.every((string) => occurrences(fact.text, string).length === 0),
  )
}

/**
 * The facts of a text by how much they matter: what the baseline used later, then what the task names, then others. Of
 * what was used later, facts in `echo` come last: a tool's result repeats the question, and the news is the rest.
 */
export function rank(
  reading: Reading,
  site: Pick<Site, 'later' | 'taskText' | 'protect' | 'rng'>,
  echo = '',
): readonly Fact[] {
  const [isLater, isAsked, isEcho] = [site.later, site.taskText, echo].map(mentions)
  const weight = (fact: Fact) => {
    if (isLater?.(fact)) return isEcho?.(fact) ? 1 : 0
    return isAsked?.(fact) ? 2 : 3
  }
  return (
    site.rng
      .fork('rank')
      .shuffle(changeable(reading, site.protect))
      // A property says less than a value, a name or a bound.
      .map((fact) => ({ fact, weight: weight(fact) + (isProperty(fact.normal) ? 0.5 : 0) }))
      .sort((a, b) => a.weight - b.weight)
      .map(({ fact }) => fact)
  )
}
