import type { Rule, Work } from './rules.js'

/** The sentence that says in which form the function is read. */
export const replyFormat = 'Reply with exactly one ```js block that holds the whole function.'

/** The sentence that says which rule comes first when several apply. */
export const orderSentence =
  'Apply additions first, then multiplications, then limits, then rounding.'

/** How a function is called. */
export const signature = ({ name, parameters }: Work): string => `${name}(${parameters.join(', ')})`

/** The two ways in which a rule can be put. */
export function forms(rule: Rule): readonly [string, string] {
  switch (rule.type) {
    case 'base':
      return [`Start from a base of ${rule.amount}.`, `The base value is ${rule.amount}.`]
    case 'per-unit':
      return [
        `Add ${rule.amount} for each unit of ${rule.variable}.`,
        `Each unit of ${rule.variable} costs ${rule.amount}.`,
      ]
    case 'flat-above':
      return [
        `If ${rule.variable} is above ${rule.threshold}, add ${rule.amount} once.`,
        `When ${rule.variable} exceeds ${rule.threshold}, a flat surcharge of ${rule.amount} is added.`,
      ]
    case 'each-above':
      return [
        `If ${rule.variable} is above ${rule.threshold}, add ${rule.amount} for each unit above ${rule.threshold}.`,
        `Every unit of ${rule.variable} beyond ${rule.threshold} adds ${rule.amount}.`,
      ]
    case 'multiplier':
      return [
        `If ${rule.variable} is at least ${rule.threshold}, multiply the result by ${rule.factor}.`,
        `From ${rule.threshold} ${rule.variable} on, the result is multiplied by ${rule.factor}.`,
      ]
    case 'cap':
      return [
        `The result is never more than ${rule.amount}.`,
        `The result is capped at ${rule.amount}.`,
      ]
    case 'rounding':
      return [
        `Round the result ${rule.direction} to a whole number.`,
        `The result is rounded ${rule.direction} to a whole number.`,
      ]
    default:
      return rule satisfies never
  }
}

/** A rule in a form that does not hang on how it is put. */
export function normalOf(rule: Rule): string {
  switch (rule.type) {
    case 'base':
    case 'cap':
      return `${rule.type} = ${rule.amount}`
    case 'per-unit':
      return `${rule.type} ${rule.variable} = ${rule.amount}`
    case 'flat-above':
    case 'each-above':
      return `${rule.type} ${rule.variable} > ${rule.threshold} = ${rule.amount}`
    case 'multiplier':
      return `${rule.type} ${rule.variable} >= ${rule.threshold} = ${rule.factor}`
    case 'rounding':
      return `${rule.type} = ${rule.direction}`
    default:
      return rule satisfies never
  }
}
