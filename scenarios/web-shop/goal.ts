import type { Product } from './products.js'

/** A value that an option shall have. */
export type Choice = Readonly<{ name: string; value: string }>

/** What a customer wants. */
export type Goal = Readonly<{
  /** What is looked for: the words that a title begins with. */
  thing: string
  category: string
  attributes: readonly string[]
  options: readonly Choice[]
  /** Most cents that it may cost. */
  limit: number
}>

/** What was bought: a product, and what was chosen of its options. */
export type Purchase = Readonly<{ product: Product; chosen: readonly Choice[] }>

/** How far a purchase meets a goal, demand by demand. */
export type Match = Readonly<{
  isOfCategory: boolean
  missing: readonly string[]
  unmet: readonly Choice[]
  isWithinLimit: boolean
}>

/** Compares a purchase with a goal, word by word. */
export function matchOf({ category, attributes, options, limit }: Goal, bought: Purchase): Match {
  const { product, chosen } = bought
  const isChosen = (wanted: Choice) =>
    chosen.some(({ name, value }) => name === wanted.name && value === wanted.value)
  return {
    isOfCategory: product.category === category,
    missing: attributes.filter((attribute) => !product.attributes.includes(attribute)),
    unmet: options.filter((wanted) => !isChosen(wanted)),
    isWithinLimit: product.cents <= limit,
  }
}

/** The share of the demands that a purchase meets; nothing when it is another kind of thing. */
export function rewardOf(goal: Goal, purchase: Purchase): number {
  const { isOfCategory, missing, unmet, isWithinLimit } = matchOf(goal, purchase)
  if (!isOfCategory) return 0
  const demands = goal.attributes.length + goal.options.length + 1
  const failed = missing.length + unmet.length + (isWithinLimit ? 0 : 1)
  return (demands - failed) / demands
}

/** The ways in which a product can be bought, as far as the options count that a goal names; those that it has. */
export function bestPurchase({ options }: Goal, product: Product): Purchase {
  const has = ({ name, value }: Choice) =>
    product.options.some((option) => option.name === name && option.values.includes(value))
  return { product, chosen: options.filter(has) }
}

/** Whether a product can be bought so that every demand is met. */
export const isAcceptable = (goal: Goal, product: Product): boolean =>
  rewardOf(goal, bestPurchase(goal, product)) === 1
