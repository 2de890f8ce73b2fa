import type { Rule } from './rules.js'

/** What a function is called and what its variables are, in their order. */
export type Signature = Readonly<{ name: string; parameters: readonly string[] }>

/** What a function returns for some values of its variables. */
export type Example = Readonly<{ name: string; inputs: readonly number[]; result: number }>

/** The example that a sentence states; null when it states none. */
export function readExample(text: string): Example | null {
  const [, name = '', inputs = '', result = ''] =
    /^(\w+)\((-?\d+(?:\.\d+)?(?:, ?-?\d+(?:\.\d+)?)*)\) returns (-?\d+(?:\.\d+)?)(?:, but this code gives \S+|, which no rule that I know explains)?\.?$/.exec(
      text,
    ) ?? []
  return name ? { name, inputs: inputs.split(',').map(Number), result: Number(result) } : null
}

/** The sentence that states an example. */
export const exampleOf = ({ name, inputs, result }: Example): string =>
  `${name}(${inputs.join(', ')}) returns ${result}`

/** What rules make of values, in the order in which they stand; not a number when one of them says too little. */
export function resultOf(
  rules: readonly Rule[],
  parameters: readonly string[],
  inputs: readonly number[],
): number {
  const inputOf = (variable: string | undefined) =>
    inputs[parameters.indexOf(variable ?? '')] ?? Number.NaN
  return rules.reduce((result, rule) => applied(rule, result, inputOf), 0)
}

function applied(
  { type, slots }: Rule,
  result: number,
  inputOf: (variable: string | undefined) => number,
): number {
  const number = (text: string | undefined) => (text ? Number(text) : Number.NaN)
  const [amount, threshold] = [number(slots['amount']), number(slots['threshold'])]
  const value = inputOf(slots['variable'])
  switch (type) {
    case 'base':
      return amount
    case 'per':
      return result + amount * value
    case 'flat':
      return result + when(value, slots['bound'], threshold, amount, 0)
    case 'each':
      return (
        result + when(value, slots['bound'], threshold, amount * Math.abs(value - threshold), 0)
      )
    case 'times':
      return result * when(value, slots['bound'], threshold, amount, 1)
    case 'cap':
      return Math.min(result, amount)
    case 'floor':
      return Math.max(result, amount)
    case 'round':
      if (!slots['direction']) return Number.NaN
      return slots['direction'] === 'down' ? Math.floor(result) : Math.ceil(result)
    default:
      return type satisfies never
  }
}

/** What applies when a value stands in a relation to a threshold, and otherwise; nothing known comes of nothing known. */
function when(
  value: number,
  bound: string | undefined,
  threshold: number,
  then: number,
  otherwise: number,
): number {
  if (Number.isNaN(value + threshold + then)) return Number.NaN
  const holds =
    (bound === 'above' && value > threshold) ||
    (bound === 'below' && value < threshold) ||
    (bound === 'at least' && value >= threshold) ||
    (bound === 'at most' && value <= threshold)
  return holds ? then : otherwise
}

/** The examples that rules do not explain. */
export const failing = (
  rules: readonly Rule[],
  parameters: readonly string[],
  examples: readonly Example[],
): readonly Example[] =>
  examples.filter(
    ({ inputs, result }) => !(Math.abs(resultOf(rules, parameters, inputs) - result) <= 1e-9),
  )
