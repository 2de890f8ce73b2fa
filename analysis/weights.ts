import { FiredrillError } from '../core/errors.js'
import { type Category, categories, type Scope, scopeOfCategory } from '../core/taxonomy.js'
import { sum } from './sums.js'

/** A category with the number of its faults that have a score. */
type MeasuredCategory = Readonly<{ category: Category; faults: number }>

/** How much each category counts in a score; `weigh` answers in the order in which it is asked. */
export type Weights = Readonly<{
  name: string
  weigh: (measured: readonly MeasuredCategory[]) => readonly number[]
}>

/** All categories count the same: what scores are unless somebody asks for something else. */
export const uniform: Weights = { name: 'uniform', weigh: (measured) => measured.map(() => 1) }

const scopeOf = ({ category }: MeasuredCategory): Scope => scopeOfCategory[category]

/** Weights with a name. Those of presets depend on what was measured, so that their names stay true. */
const presets: readonly Weights[] = [
  uniform,
  {
    // What goes wrong inside agents counts as much as what goes wrong between them.
    name: 'scopes',
    weigh: (measured) =>
      measured.map((one) => 1 / measured.filter((other) => scopeOf(other) === scopeOf(one)).length),
  },
  { name: 'faults', weigh: (measured) => measured.map(({ faults }) => faults) },
]

/** The weights of that name; null when there are none, and it may be the path of a file. */
export const presetWeights = (name: string): Weights | null =>
  presets.find((one) => one.name === name) ?? null

/**
 * Weights from the content of a file, `{ category: number }`. A category that it does not name counts nothing. Throws
 * `bad-argument` when it cannot be meant.
 */
export function weightsFrom(name: string, content: unknown): Weights {
  const entries = entriesOf(name, content)
  for (const [category, weight] of entries) {
    if (!(categories as readonly string[]).includes(category)) {
      throw badWeights(`${name} weighs "${category}", which is no category`)
    }
    if (typeof weight !== 'number' || !Number.isFinite(weight) || weight < 0) {
      throw badWeights(`${name} gives ${category} the weight ${JSON.stringify(weight)}`)
    }
  }
  const of = new Map(entries as readonly (readonly [Category, number])[])
  if (sum([...of.values()]) === 0) throw badWeights(`${name} gives no category any weight`)
  return { name, weigh: (measured) => measured.map(({ category }) => of.get(category) ?? 0) }
}

function entriesOf(name: string, content: unknown): readonly (readonly [string, unknown])[] {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw badWeights(`${name} holds no weights`)
  }
  return Object.entries(content)
}

/** The error for weights that cannot be used, with all that there is. */
export function badWeights(message: string): FiredrillError {
  return new FiredrillError('bad-argument', `${message}.`, {
    hint: `Name ${presets.map((one) => one.name).join(', ')}, or a JSON or YAML file { category: number } with numbers from 0 on. Categories are: ${categories.join(', ')}.`,
  })
}
