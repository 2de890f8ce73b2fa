import { factors, type Input, type Rule, resultOf, type Work } from './rules.js'

/** Other versions of a rule, of the same kind: what is nearest to it first in each direction. */
export function neighbours(rule: Rule): readonly Rule[] {
  return moved(rule, () => 1)
}

/** Versions of a rule that somebody would make up: every number of it a good deal larger or smaller. */
export function falsehoods(rule: Rule): readonly Rule[] {
  return moved(rule, (number) => Math.max(2, Math.round(number / 4)))
}

function moved(rule: Rule, distance: (number: number) => number): readonly Rule[] {
  const around = (number: number, step = distance(number)) =>
    [number - step, number + step].filter((other) => other > 0)
  switch (rule.type) {
    case 'base':
    case 'per-unit':
      return around(rule.amount).map((amount) => ({ ...rule, amount }))
    case 'flat-above':
    case 'each-above':
      return [
        ...around(rule.amount).map((amount) => ({ ...rule, amount })),
        ...around(rule.threshold).map((threshold) => ({ ...rule, threshold })),
      ]
    case 'multiplier': {
      const at = factors.indexOf(rule.factor)
      return [
        ...[factors[at - 1], factors[at + 1]].flatMap((factor) =>
          factor === undefined ? [] : [{ ...rule, factor }],
        ),
        ...around(rule.threshold).map((threshold) => ({ ...rule, threshold })),
      ]
    }
    case 'cap':
      return around(rule.amount, 10 * distance(rule.amount / 10)).map((amount) => ({
        ...rule,
        amount,
      }))
    case 'rounding':
      return [{ ...rule, direction: rule.direction === 'down' ? 'up' : 'down' }]
    default:
      return rule satisfies never
  }
}

/** The work with another rule in the place of one, or with none there. */
export function changed(work: Work, at: number, rule: Rule | null): Work {
  return { ...work, rules: work.rules.toSpliced(at, 1, ...(rule ? [rule] : [])) }
}

/** Whether some of the inputs show that two works are not the same. */
export function tellsApart(inputs: readonly Input[], one: Work, other: Work): boolean {
  return inputs.some((input) => resultOf(one, input) !== resultOf(other, input))
}
