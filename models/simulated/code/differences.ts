import { contentOf, holesIn, isSame, type Rule, ruleTypes, subjectOf } from './rules.js'
import type { Draft } from './sight.js'

/** A rule that a program does not follow: the number of the requirement that is wrong, or before which it is missing. */
export type Difference = Readonly<{ number: number; isMissing: boolean; rule: Rule }>

/**
 * What a program and the requirements beside it do not have as somebody reads the rules. Of several readings of one rule
 * each is good enough.
 */
export function differencesIn(
  { program, entries }: Draft,
  own: readonly Rule[],
): readonly Difference[] {
  const stated = entries.flatMap(({ rule, number }) => (rule ? [{ rule, number }] : []))
  const coded = program?.rules.map((rule, at) => ({ rule, number: at + 1 })) ?? []
  const known = stated.length > 0 ? stated : coded
  const about = (list: typeof known, rule: Rule) =>
    list.filter((other) => subjectOf(other.rule) === subjectOf(rule))
  const agrees = (list: typeof known, rule: Rule) =>
    about(own.map(asItem), rule).some((mine) => list.some((other) => isSame(other.rule, mine.rule)))
  const whole = own.filter((rule) => holesIn(rule).length === 0)
  const subjects = new Map(whole.map((rule) => [subjectOf(rule), rule]))
  return [...subjects.values()].flatMap((rule): readonly Difference[] => {
    // A program that cannot be read proves nothing against what is stated.
    if (agrees(known, rule) && (!program || agrees(coded, rule))) return []
    const [theirs] = about(known, rule)
    if (theirs) return [{ number: theirs.number, isMissing: false, rule }]
    return [{ number: placeOf(rule, known), isMissing: true, rule }]
  })
}

const asItem = (rule: Rule) => ({ rule, number: 0 })

/** The number of the first requirement that a rule would stand before. */
function placeOf(rule: Rule, known: readonly Readonly<{ rule: Rule; number: number }>[]): number {
  const rank = ({ type }: Rule) => ruleTypes.indexOf(type)
  const next = known.find((other) => rank(other.rule) > rank(rule))
  return next?.number ?? (known.at(-1)?.number ?? 0) + 1
}

/** The rules that a program was made from: those stated beside it, else those that it carries out. */
export function statedIn({ entries, program }: Draft): readonly Rule[] {
  const stated = entries.flatMap(({ rule }) => rule ?? [])
  return stated.length > 0 ? stated : (program?.rules ?? [])
}

/** What kind of error a correction of a requirement proves. */
export function kindOfError(
  correction: Readonly<{ number: number | null; rule: Rule }>,
  theirs: Rule | null,
): 'missing rule' | 'wrong number' | 'other' {
  if (correction.number === null) return 'missing rule'
  const { rule } = correction
  if (!theirs || theirs.type !== rule.type) return 'other'
  const words = ({ slots }: Rule) => `${slots['variable']} ${slots['bound']} ${slots['direction']}`
  const isNumber = words(theirs) === words(rule) && contentOf(theirs) !== contentOf(rule)
  return isNumber ? 'wrong number' : 'other'
}
