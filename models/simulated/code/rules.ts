import type { Slots } from '../sentence-form.js'

/** Kinds of rules, in the order in which rules are applied: additions, multiplications, limits, rounding. */
export const ruleTypes = ['base', 'per', 'flat', 'each', 'times', 'cap', 'floor', 'round'] as const

/** What a rule does with the result. */
export type RuleType = (typeof ruleTypes)[number]

/** One rule of a function. An empty slot is a hole: the place is there, the value is not. */
export type Rule = Readonly<{ type: RuleType; slots: Slots }>

const conditional = ['variable', 'bound', 'threshold', 'amount'] as const

const slotsOf: Readonly<Record<RuleType, readonly string[]>> = {
  base: ['amount'],
  per: ['variable', 'amount'],
  flat: conditional,
  each: conditional,
  times: conditional,
  cap: ['amount'],
  floor: ['amount'],
  round: ['direction'],
}

/** The rule that slots make up, whatever the form in which they were found. */
export function ruleOf(type: RuleType, found: Slots): Rule {
  const usual = type === 'times' ? 'at least' : 'above'
  const value = (name: string): string => {
    const text = found[name] || found[`${name}2`] || ''
    if (name === 'bound') return text || usual
    return name === 'amount' || name === 'threshold' ? plainNumber(text) : text
  }
  return { type, slots: Object.fromEntries(slotsOf[type].map((name) => [name, value(name)])) }
}

/** A number in one form, however it was written. */
function plainNumber(text: string): string {
  const bare = text.replaceAll(',', '').replace('−', '-')
  return bare === '' ? '' : String(Number(bare))
}

/** What a rule is about: two rules about the same that say different things contradict each other. */
export const subjectOf = ({ type, slots }: Rule): string =>
  slots['variable'] === undefined ? type : `${type} ${slots['variable']}`

/** What a rule says of its subject. */
export const contentOf = ({ type, slots }: Rule): string =>
  slotsOf[type].map((name) => slots[name]).join(' ')

/** Whether two rules say the same. */
export const isSame = (a: Rule, b: Rule): boolean =>
  a.type === b.type && contentOf(a) === contentOf(b)

/** The names of the slots that hold nothing. */
export const holesIn = ({ slots }: Rule): readonly string[] =>
  Object.keys(slots).filter((name) => slots[name] === '')

/** A rule with one other value. */
export const withSlot = ({ type, slots }: Rule, name: string, value: string): Rule => ({
  type,
  slots: { ...slots, [name]: value },
})

/** A rule's name in draws: its type and the place of its variable, never a name that could be another one. */
export function ordinalOf({ type, slots }: Rule, parameters: readonly string[]): string {
  const { variable } = slots
  return variable === undefined ? type : `${type}.${parameters.indexOf(variable)}`
}

/** Rules in the order of their application, whatever the order in which they were told. */
export function inOrder(rules: readonly Rule[], parameters: readonly string[]): readonly Rule[] {
  const place = ({ type, slots }: Rule) =>
    ruleTypes.indexOf(type) * 100 + parameters.indexOf(slots['variable'] ?? '')
  return rules.toSorted((a, b) => place(a) - place(b))
}
