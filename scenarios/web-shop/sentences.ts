import type { Statement } from '../drawn-task.js'
import type { Goal } from './goal.js'
import { priceText } from './products.js'

/** What a customer wants, sentence by sentence. */
export function goals({ thing, attributes, options, limit }: Goal): readonly Statement[] {
  return [
    {
      normal: `thing = ${thing}`,
      forms: [`I am looking for a ${thing}.`, `Please find me a ${thing}.`],
    },
    ...attributes.map(
      (attribute): Statement => ({
        normal: `attribute = ${attribute}`,
        forms: [`It must be ${attribute}.`, `I need it to be ${attribute}.`],
      }),
    ),
    ...options.map(
      ({ name, value }): Statement => ({
        normal: `${name} = ${value}`,
        forms: [`The ${name} should be ${value}.`, `I want ${name} ${value}.`],
      }),
    ),
    {
      normal: `price <= ${limit}`,
      forms: [
        `The price must be at most ${priceText(limit)}.`,
        `I can spend no more than ${priceText(limit)}.`,
      ],
    },
  ]
}

/** What holds for every task of this work, sentence by sentence. */
export const notes: readonly Statement[] = [
  {
    normal: 'attributes = on their own page',
    forms: ['What a product is like stands on its attributes page only.'],
  },
  { normal: 'purchase = final', forms: ['A purchase cannot be taken back.'] },
]
