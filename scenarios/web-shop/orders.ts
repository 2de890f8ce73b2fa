import { type Rng, rng } from '../../core/draw.js'
import { FiredrillError } from '../../core/errors.js'
import type { Origin } from '../drawn-task.js'
import { drawDistractor, type Lack, lacks } from './distractors.js'
import { type Goal, isAcceptable } from './goal.js'
import { type Category, categories } from './goods.js'
import {
  drawCents,
  drawFamilies,
  drawIds,
  drawOption,
  drawOthers,
  drawProduct,
  type Family,
  familyName,
  inShopOrder,
  optionsOf,
  type Product,
  perCategory,
  someOf,
  titleOf,
} from './products.js'

/** What is wanted, the product that is right, and those that are nearly right. */
export type Order = Readonly<{
  goal: Goal
  right: Product
  distractors: Readonly<Record<Lack, Product>>
  /** All products of the category, the right one and its distractors among them. */
  shelf: readonly Product[]
}>

const attempts = 1000

/** The order of a task: drawn again until the shelf holds exactly one product that meets the goal. */
export function orderOf({ seed, task }: Origin): Order {
  const chance = rng(seed, 'web-shop', task)
  // Outside the attempts: goals that are easy to make unique would be drawn more often than others.
  const category = someOf(chance.fork('category'), categories, 1)[0]
  const wanted = chance.fork('wanted').integer(1, 2)
  const ids = idsFor({ seed, task }, perCategory)
  for (let attempt = 0; category && attempt < attempts; attempt++) {
    const order = drawOrder(chance.fork(attempt), { category, wanted, ids })
    if (order.shelf.every((one) => one === order.right || !isAcceptable(order.goal, one))) {
      return order
    }
  }
  throw new FiredrillError(
    'internal',
    `No draw gives task ${task} of web-shop with seed ${seed}.`,
    {
      hint: 'Choose another seed, and report this one.',
    },
  )
}

/** All products of the shop, by id. */
export function productsOf(origin: Origin): readonly Product[] {
  const { right, shelf } = orderOf(origin)
  const chance = rng(origin.seed, 'web-shop', origin.task, 'others')
  const left = categories.find(({ name }) => name === right.category)
  const others = left ? drawOthers(chance, left) : []
  // Ids of the shelf are drawn first, so that an order can be made without the rest of the shop.
  const ids = idsFor(origin, perCategory + others.length).slice(perCategory)
  const rest = others.map((product, at) => ({ ...product, id: ids[at] ?? '' }))
  return [...shelf, ...rest].sort((a, b) => (a.id < b.id ? -1 : 1))
}

const idsFor = ({ seed, task }: Origin, count: number): readonly string[] =>
  drawIds(rng(seed, 'web-shop', task, 'ids'), count)

type Frame = Readonly<{ category: Category; wanted: number; ids: readonly string[] }>

function drawOrder(chance: Rng, { category, wanted, ids }: Frame): Order {
  const [family, ...families] = drawFamilies(chance.fork('families'), category) as [
    Family,
    ...Family[],
  ]
  const details = someOf(chance.fork('details'), category.details, 1 + lacks.length)
  const { goal, product } = drawGoal(chance.fork('goal'), family, wanted)
  const near = lacks.map((lack, at) => ({
    ...drawDistractor(chance.fork(lack), lack, { goal, category }),
    title: titleOf(family, details[at + 1] ?? ''),
  }))
  const others = families
    .slice(0, perCategory - 1 - near.length)
    .map((other, at) => drawProduct(chance.fork('other', at), other))
  const all = [{ ...product, title: titleOf(family, details[0] ?? '') }, ...near, ...others]
  const shelf = all.map((one, at): Product => ({ ...one, id: ids[at] ?? '' }))
  const [right, ...rest] = shelf as [Product, ...Product[]]
  const distractors = Object.fromEntries(lacks.map((lack, at) => [lack, rest[at]]))
  return { goal, right, distractors: distractors as Order['distractors'], shelf }
}

type Untitled = Omit<Product, 'id' | 'title'>

/** A goal, made from a product that meets it. */
function drawGoal(
  chance: Rng,
  family: Family,
  wanted: number,
): Readonly<{ goal: Goal; product: Untitled }> {
  const { category } = family
  const names = chance.fork('names').shuffle(optionsOf(category))
  const has = names.slice(0, chance.integer(wanted, 2))
  const options = inShopOrder(has).map((option) => drawOption(chance.fork(option.name), option))
  const asked = names.slice(0, wanted).map(({ name }) => name)
  const attributes = someOf(chance.fork('attributes'), category.attributes, 4)
  const cents = drawCents(chance.fork('price'), 500, 11_000)
  const spare = 100 * chance.fork('spare').integer(0, 4)
  const goal: Goal = {
    thing: familyName(family),
    category: category.name,
    attributes: attributes.slice(0, 2),
    options: options
      .filter(({ name }) => asked.includes(name))
      .map(({ name, values }) => ({
        name,
        value: someOf(chance.fork('value', name), values, 1)[0] ?? '',
      })),
    limit: 100 * Math.ceil(cents / 100) + spare,
  }
  const kept = attributes.slice(0, chance.integer(2, 4))
  return { goal, product: { category: category.name, attributes: kept, options, cents } }
}
