/** The factors by which a rule may multiply. */
export const factors = [0.8, 0.9, 1.1, 1.25, 1.5] as const
type Factor = (typeof factors)[number]

/** One rule of a function with two whole numbers as input; `variable` is the name of one of them. */
export type Rule = Readonly<
  | { type: 'base'; amount: number }
  | { type: 'per-unit'; variable: string; amount: number }
  | { type: 'flat-above'; variable: string; threshold: number; amount: number }
  | { type: 'each-above'; variable: string; threshold: number; amount: number }
  | { type: 'multiplier'; variable: string; threshold: number; factor: Factor }
  | { type: 'cap'; amount: number }
  | { type: 'rounding'; direction: 'down' | 'up' }
>

/** The values of the two variables, in the order of the parameters. */
export type Input = readonly [number, number]

/** What is to be computed: a function's name, its two parameters, and its rules in the order of their application. */
export type Work = Readonly<{
  name: string
  parameters: readonly [string, string]
  rules: readonly Rule[]
}>

/** What a function returns by its rules, worked out in hundredths so that no rounding of binary numbers decides. */
export function resultOf({ parameters, rules }: Work, [first, second]: Input): number {
  const at = (variable: string) => (variable === parameters[0] ? first : second)
  const hundredths = rules.reduce((sum, rule) => applied(rule, sum, at), 0)
  return hundredths / 100
}

function applied(rule: Rule, sum: number, at: (variable: string) => number): number {
  switch (rule.type) {
    case 'base':
      return 100 * rule.amount
    case 'per-unit':
      return sum + 100 * rule.amount * at(rule.variable)
    case 'flat-above':
      return at(rule.variable) > rule.threshold ? sum + 100 * rule.amount : sum
    case 'each-above':
      return sum + 100 * rule.amount * Math.max(0, at(rule.variable) - rule.threshold)
    case 'multiplier':
      return at(rule.variable) >= rule.threshold ? Math.round(sum * rule.factor) : sum
    case 'cap':
      return Math.min(sum, 100 * rule.amount)
    case 'rounding':
      return 100 * (rule.direction === 'down' ? Math.floor(sum / 100) : Math.ceil(sum / 100))
    default:
      return rule satisfies never
  }
}

/**
 * Whether a program that computes in plain numbers gets the same: 50 * 1.1 is a little more than 55, and rounding up
 * makes 56 of it. No task may hang on that.
 */
export function isPlain({ parameters, rules }: Work, [first, second]: Input): boolean {
  const at = (variable: string) => (variable === parameters[0] ? first : second)
  const factor = rules.find((rule) => rule.type === 'multiplier')
  if (!factor || at(factor.variable) < factor.threshold) return true
  const before = { parameters, name: '', rules: rules.slice(0, rules.indexOf(factor)) }
  const product = resultOf(before, [first, second]) * factor.factor
  return product === Math.round(product) || Math.abs(product - Math.round(product)) > 1e-6
}
