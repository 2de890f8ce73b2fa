import { groupBy } from '../../../core/lists.js'
import { type Mind, seesConflict } from '../chance.js'
import { asOne, type Weighed, weightiest } from '../trust.js'
import { type Example, failing } from './examples.js'
import { contentOf, holesIn, inOrder, ordinalOf, type Rule, subjectOf } from './rules.js'
import type { Telling } from './tellings.js'

/** What settling may use beside the tellings. */
export type Grounds = Readonly<{
  parameters: readonly string[]
  /** The examples to weigh by; none when nobody checks. */
  examples: readonly Example[]
  broken: readonly string[]
  /** Whether somebody has already pointed at a mistake. */
  alert: boolean
  /** Whether of rules that contradict each other all are kept as long as none is better. */
  keepsAll: boolean
}>

/** What an agent takes the rules to be. */
export type Settled = Readonly<{
  rules: readonly Rule[]
  /** What it says about conflicts and guesses. */
  notes: readonly string[]
  /** What it would ask if it may. */
  doubts: readonly string[]
}>

/** One rule as it was told. */
type Choice = Weighed<Pick<Telling, 'rule' | 'sentence' | 'authority' | 'at'>>

type Draft = { readonly rules: Rule[]; readonly notes: string[]; readonly doubts: string[] }

/** Finds what the tellings agree on and settles what they do not; null when they tell nothing. */
export function settle(tellings: readonly Telling[], mind: Mind, grounds: Grounds): Settled | null {
  if (tellings.length === 0) return null
  const subjects = subjectsIn(tellings).filter(([rule]) => !isOverlooked(rule, mind, grounds))
  const latest = subjects.map((choices) => latestOf(choices).rule)
  const draft: Draft = { rules: [], notes: [], doubts: [] }
  for (const [at, choices] of subjects.entries()) {
    const others = latest.filter((_, place) => place !== at)
    draft.rules.push(...chosenFrom(choices, others, mind, grounds, draft))
  }
  doubtSteps(grounds.broken, mind, draft)
  return { ...draft, rules: inOrder(draft.rules, grounds.parameters) }
}

/** What can be chosen from, by subject. What says less than another telling of its kind is no choice beside it. */
function subjectsIn(tellings: readonly Telling[]): readonly (readonly [Choice, ...Choice[]])[] {
  const groups = [...groupBy(tellings, ({ rule }) => subjectOf(rule)).values()]
  const types = groupBy(groups, ([first]) => first?.rule.type)
  const hasName = (group: readonly Telling[]) => group.some(({ rule }) => rule.slots['variable'])
  const isRemnant = (group: readonly Telling[]) =>
    group.some(({ rule }) => rule.slots['variable'] === '') &&
    (types.get(group[0]?.rule.type) ?? []).some(hasName)
  const kept = merged(groups.filter((group) => !isRemnant(group)))
  return kept.flatMap((group) => {
    const least = Math.min(...group.map(({ rule }) => holesIn(rule).length))
    const whole = group.filter(({ rule }) => holesIn(rule).length === least)
    const [first, ...rest] = choicesOf(whole)
    return first ? [[first, ...rest] as const] : []
  })
}

/** Limits that no result can keep are two ways of saying what the one limit is. */
function merged(groups: readonly (readonly Telling[])[]): readonly (readonly Telling[])[] {
  const amounts = (type: Rule['type']) =>
    groups
      .filter(([first]) => first?.rule.type === type)
      .flat()
      .map(({ rule }) => Number(rule.slots['amount'] || Number.NaN))
  if (!(Math.max(...amounts('floor')) >= Math.min(...amounts('cap')))) return groups
  const isLimit = ([first]: readonly Telling[]) =>
    first?.rule.type === 'cap' || first?.rule.type === 'floor'
  return [...groups.filter((group) => !isLimit(group)), groups.filter(isLimit).flat()]
}

function choicesOf(told: readonly Telling[]): readonly Choice[] {
  const groups = groupBy(told, ({ rule }) => `${rule.type} ${contentOf(rule)}`)
  return [...groups.values()].map(asOne)
}

const latestOf = (choices: readonly [Choice, ...Choice[]]) =>
  choices.reduce((a, b) => (b.at > a.at ? b : a))

/** Whether the agent overlooks a rule, in all copies of it; the fuller its window, the more often. */
function isOverlooked({ rule }: Choice, mind: Mind, { parameters }: Grounds): boolean {
  const ordinal = ordinalOf(rule, parameters)
  if (!mind.happens('miss', ordinal, mind.profile.miss * (1 + 2 * mind.load))) return false
  mind.note(`missed ${ordinal}`)
  return true
}

function chosenFrom(
  choices: readonly [Choice, ...Choice[]],
  others: readonly Rule[],
  mind: Mind,
  grounds: Grounds,
  draft: Draft,
): readonly Rule[] {
  const latest = latestOf(choices).rule
  if (choices.length === 1) return [latest]
  const ordinal = ordinalOf(choices[0].rule, grounds.parameters)
  if (!grounds.alert && !seesConflict(mind, ordinal, choices)) {
    mind.note(`did not notice a conflict: ${ordinal}`)
    return grounds.keepsAll ? choices.map(({ rule }) => rule) : [latest]
  }
  mind.note(`noticed a conflict: ${ordinal}`)
  const best = byAuthority(byExamples(choices, others, mind, grounds), mind, ordinal)
  const rules = best.map(({ rule }) => rule)
  if (best.length < 2) return rules
  const between = best.map(({ sentence }) => `"${sentence.replace(/[.?!]$/, '')}"`).join(' versus ')
  draft.notes.push(`CONFLICT: ${between}`)
  draft.doubts.push(`Which one is right: ${between}?`)
  if (grounds.keepsAll) return rules
  // In an order of their own: which one stands first in the text means nothing.
  const sorted = rules.toSorted((a, b) => (contentOf(a) < contentOf(b) ? -1 : 1))
  return sorted.slice(Math.floor(mind.chance('tie', ordinal) * sorted.length)).slice(0, 1)
}

function byExamples(
  choices: readonly Choice[],
  others: readonly Rule[],
  mind: Mind,
  { parameters, examples }: Grounds,
): readonly Choice[] {
  if (examples.length === 0) return choices
  const scored = choices.map((choice) => {
    const rules = inOrder([...others, choice.rule], parameters)
    return { choice, fails: failing(rules, parameters, examples).length }
  })
  const least = Math.min(...scored.map(({ fails }) => fails))
  const best = scored.filter(({ fails }) => fails === least).map(({ choice }) => choice)
  const [first] = choices
  if (best.length < choices.length && first) {
    mind.note(`weighed by examples: ${ordinalOf(first.rule, parameters)}`)
  }
  return best
}

function byAuthority(choices: readonly Choice[], mind: Mind, ordinal: string): readonly Choice[] {
  const best = weightiest(choices)
  if (choices.length > 1 && best.length === 1) mind.note(`weighed by authority: ${ordinal}`)
  return best
}

/** A requirement that nobody can carry out is left out; whoever notices says so. */
function doubtSteps(broken: readonly string[], mind: Mind, draft: Draft) {
  if (broken.length === 0) return
  const isNoticed = mind.happens('notice', 'steps', mind.profile.notice)
  mind.note(`${isNoticed ? 'noticed' : 'did not notice'} a conflict: steps`)
  if (!isNoticed) return
  draft.doubts.push(`A step cannot be carried out: ${broken.join(' ')}`)
  draft.notes.push('I cannot carry out every step, so I leave some out.')
}
