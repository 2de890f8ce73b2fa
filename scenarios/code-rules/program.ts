import type { Rule, Work } from './rules.js'
import { signature } from './sentences.js'

/** A program that does what the rules say. No task shows it: it is what the oracle is tested with. */
export function programFor(work: Work): string {
  const lines = work.rules.map((rule) => `  ${statement(rule)}`)
  return [
    `function ${signature(work)} {`,
    '  let result = 0',
    ...lines,
    '  return result',
    '}',
  ].join('\n')
}

function statement(rule: Rule): string {
  switch (rule.type) {
    case 'base':
      return `result = ${rule.amount}`
    case 'per-unit':
      return `result += ${rule.amount} * ${rule.variable}`
    case 'flat-above':
      return `if (${rule.variable} > ${rule.threshold}) result += ${rule.amount}`
    case 'each-above':
      return `if (${rule.variable} > ${rule.threshold}) result += ${rule.amount} * (${rule.variable} - ${rule.threshold})`
    case 'multiplier':
      return `if (${rule.variable} >= ${rule.threshold}) result *= ${rule.factor}`
    case 'cap':
      return `result = Math.min(result, ${rule.amount})`
    case 'rounding':
      return `result = Math.${rule.direction === 'down' ? 'floor' : 'ceil'}(result)`
    default:
      return rule satisfies never
  }
}
