import type { Rng } from '../../core/draw.js'
import { type Category, categories, colors, series } from './goods.js'

/** Something that a product can be had in. */
export type Option = Readonly<{ name: string; values: readonly string[] }>

/** A product of the shop. The price is in cents, so that it can be compared exactly. */
export type Product = Readonly<{
  id: string
  title: string
  category: string
  attributes: readonly string[]
  options: readonly Option[]
  cents: number
}>

/** What a title begins with: a word of a series, one of a style, and the category. */
export type Family = Readonly<{ series: string; style: string; category: Category }>

/** Products of one category. */
export const perCategory = 25

const valuesOfOption = 3

/** A family's name, as people ask for it. */
export const familyName = ({ series: first, style, category }: Family): string =>
  `${first} ${style} ${category.name}`

/** The title of a product of a family. */
export const titleOf = (family: Family, detail: string): string =>
  `${familyName(family)}, ${detail}`

/** Families of a category, each another one. */
export const drawFamilies = (chance: Rng, category: Category): readonly Family[] =>
  someOf(
    chance,
    series.flatMap((first) => category.styles.map((style) => ({ series: first, style, category }))),
    perCategory,
  )

/** Some of the items, each at most once: a draw for each of them, and not for all the others. */
export function someOf<Item>(chance: Rng, items: readonly Item[], count: number): readonly Item[] {
  const left = [...items]
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(chance.integer(0, left.length - 1), 1),
  ).flat()
}

/** A price in cents, in steps of ten. */
export const drawCents = (chance: Rng, low: number, high: number): number =>
  10 * chance.integer(Math.ceil(low / 10), Math.floor(high / 10))

/** Some values of an option, the given one among them if there is one, in the order in which a shop lists them. */
export function drawOption(
  chance: Rng,
  { name, values }: Option,
  wanted: readonly string[] = [],
): Option {
  const others = values.filter((value) => !wanted.includes(value))
  const kept = new Set([...wanted, ...someOf(chance, others, valuesOfOption - wanted.length)])
  return { name, values: values.filter((value) => kept.has(value)) }
}

/** The options that products of a category can have, with all their values. */
export const optionsOf = ({ sizes }: Category): readonly Option[] => [
  { name: 'size', values: sizes },
  { name: 'color', values: colors },
]

/** A product that nobody has asked for. */
export function drawProduct(chance: Rng, family: Family): Omit<Product, 'id'> {
  const { category } = family
  const options = someOf(chance.fork('options'), optionsOf(category), chance.integer(1, 2))
  return {
    title: titleOf(family, someOf(chance.fork('detail'), category.details, 1)[0] ?? ''),
    category: category.name,
    attributes: chance
      .fork('attributes')
      .shuffle(category.attributes)
      .slice(0, chance.integer(2, 4)),
    options: inShopOrder(options).map((option) => drawOption(chance.fork(option.name), option)),
    cents: drawCents(chance, 500, 12_000),
  }
}

/** Sizes come before colors on every page. */
export const inShopOrder = (options: readonly Option[]): readonly Option[] =>
  options.toSorted((a, b) => (a.name > b.name ? -1 : 1))

/** The products of all categories but one, without their ids. */
export const drawOthers = (chance: Rng, left: Category): readonly Omit<Product, 'id'>[] =>
  categories
    .filter((category) => category !== left)
    .flatMap((category) => {
      const own = chance.fork(category.name)
      return drawFamilies(own.fork('families'), category).map((family, at) =>
        drawProduct(own.fork(at), family),
      )
    })

/** Ids that say nothing: steps through the numbers below a prime meet each of them once. */
export function drawIds(chance: Rng, count: number): readonly string[] {
  const prime = 9973
  const [start, step] = [chance.integer(0, prime - 1), chance.integer(2, prime - 2)]
  return Array.from({ length: count }, (_, at) => {
    const number = ((start + at * step) % prime) + 1
    return `P${String(number).padStart(4, '0')}`
  })
}

/** A price as the shop writes it. */
export const priceText = (cents: number): string => `$${(cents / 100).toFixed(2)}`
