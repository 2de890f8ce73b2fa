import type { Rng } from '../../core/draw.js'
import type { Goal } from './goal.js'
import type { Category } from './goods.js'
import {
  drawCents,
  drawOption,
  inShopOrder,
  type Option,
  optionsOf,
  type Product,
  someOf,
} from './products.js'

/** What a product can lack that otherwise is what is wanted. */
export const lacks = ['attribute', 'option', 'price'] as const
export type Lack = (typeof lacks)[number]

type Wanted = Readonly<{ goal: Goal; category: Category }>

/** A product that meets every demand but one. */
export function drawDistractor(
  chance: Rng,
  lack: Lack,
  wanted: Wanted,
): Omit<Product, 'id' | 'title'> {
  const { limit } = wanted.goal
  const cents =
    lack === 'price'
      ? limit + drawCents(chance.fork('price'), 100, 500)
      : drawCents(chance.fork('price'), Math.max(500, limit - 1500), limit)
  return {
    category: wanted.category.name,
    attributes: attributesOf(chance.fork('attributes'), lack, wanted),
    options: optionsFor(chance.fork('options'), lack, wanted),
    cents,
  }
}

function attributesOf(chance: Rng, lack: Lack, { goal, category }: Wanted): readonly string[] {
  const required = chance.fork('required').shuffle(goal.attributes)
  const others = category.attributes.filter((attribute) => !required.includes(attribute))
  const kept = lack === 'attribute' ? required.slice(1) : required
  const added = someOf(chance, others, chance.fork('more').integer(lack === 'attribute' ? 1 : 0, 2))
  return chance.fork('order').shuffle([...kept, ...added])
}

/** The options that are asked for, each with the value that is wanted; one of them without it where that is the lack. */
function optionsFor(chance: Rng, lack: Lack, { goal, category }: Wanted): readonly Option[] {
  const all = optionsOf(category)
  const asked = all.filter(({ name }) => goal.options.some((choice) => choice.name === name))
  const without = lack === 'option' ? chance.fork('lack').shuffle(asked)[0]?.name : undefined
  const options = asked.map((option): Option => {
    const own = chance.fork(option.name)
    const value = goal.options.find(({ name }) => name === option.name)?.value ?? ''
    if (option.name !== without) return drawOption(own, option, [value])
    const others = option.values.filter((other) => other !== value)
    return drawOption(own, { ...option, values: others })
  })
  return inShopOrder(options)
}
