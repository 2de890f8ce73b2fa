import { bareOf, boundOf, type Demand, type Demands, demandsOf, thingIn } from './facts.js'
import type { Chosen, Item } from './pages.js'

/** What is known of a product from its own pages; null where they have not been read, or do not say it. */
export type Known = Readonly<{
  price: number | null
  options: Readonly<Record<string, readonly string[]>>
  attributes: readonly string[] | null
}>

const wordsIn = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}-]+/gu) ?? []

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

/** Whether a product could be the one that is wanted, as far as its line in the results tells. */
export function couldBe({ title, price }: Item, demands: Demands): boolean {
  const words = title === null ? null : wordsIn(title)
  const isNamed =
    words === null || wordsIn(thingIn(demands) ?? '').every((one) => words.includes(one))
  return isNamed && keepsToLimit(price, demands)
}

/** Whether a product is the one that is wanted, as far as its own pages tell. What is not known speaks for it. */
export function fits({ price, options, attributes }: Known, demands: Demands): boolean {
  const offered = Object.keys(options).length > 0
  return (
    keepsToLimit(price, demands) &&
    demandsOf(demands, 'option').every((one) => !offered || valueFor(one, options) !== null) &&
    (attributes === null ||
      demandsOf(demands, 'attribute').every(({ value }) => {
        const isSo = attributes.some((one) => isSame(one, bareOf(value)))
        return bareOf(value) === value ? isSo : !isSo
      }))
  )
}

function keepsToLimit(price: number | null, demands: Demands): boolean {
  const limit = demandsOf(demands, 'price')[0]?.value
  if (!limit || price === null) return true
  const { isLeast, size } = boundOf(limit)
  const bound = Number(size.replaceAll(',', ''))
  return isLeast ? price >= bound : price <= bound
}

/** A value of an option. */
export type Choice = Readonly<{ name: string; value: string }>

/** The value of an option that a demand leads to; null when the product cannot be had so. */
export function valueFor(
  { name, value, guess = 0 }: Demand,
  options: Known['options'],
): Choice | null {
  const found = Object.entries(options).filter(([own, values]) =>
    name === '' ? values.some((one) => isSame(one, bareOf(value))) : isSame(own, name),
  )
  const [own, values] = found[0] ?? ['', []]
  const wanted = bareOf(value)
  if (value !== '' && wanted === value) {
    const offered = values.find((one) => isSame(one, value))
    return offered === undefined ? null : { name: own, value: offered }
  }
  const others = values.filter((one) => !isSame(one, wanted))
  const drawn = others[Math.floor(guess * others.length)]
  return drawn === undefined ? null : { name: own, value: drawn }
}

/** Whether a choice has been made; one whose option is not known may be any of them. */
export const isChosen = ({ name, value }: Choice, chosen: Chosen): boolean =>
  Object.entries(chosen).some(
    ([own, one]) => (name === '' || isSame(own, name)) && isSame(one, value),
  )
