import { tool } from '@langchain/core/tools'
import { z } from 'zod'
import { goods, type Item } from './goods.js'

const item = z.object({ item: z.string().describe('item number, for instance A17') })

/** The item with a number; the message of the error is what the agent gets to read. */
function byNumber(number: string): Item {
  const found = goods.find((entry) => entry.number === number)
  if (!found) throw new Error(`There is no item ${number}.`)
  return found
}

const findItem = tool(
  ({ name }) => {
    const found = goods.find((entry) => entry.name === name)
    if (!found) throw new Error(`The catalogue has no ${name}.`)
    return `In the catalogue ${found.name} are item ${found.number}.`
  },
  {
    name: 'find_item',
    description: 'Finds the item number of something that the shop sells.',
    schema: z.object({ name: z.string().describe('what it is called, for instance lamps') }),
  },
)

const itemPrice = tool(({ item }) => `Item ${item} costs ${byNumber(item).price} euros.`, {
  name: 'item_price',
  description: 'The price of one piece of an item, in euros.',
  schema: item,
})

const stockLevel = tool(({ item }) => `Item ${item} has ${byNumber(item).pieces} pieces.`, {
  name: 'stock_level',
  description: 'How many pieces of an item are in stock.',
  schema: item,
})

/** What the stock clerk works with. */
export const stockTools = [findItem, itemPrice, stockLevel]

const pair = z.object({ a: z.number(), b: z.number() })

/** Rounded to cents: sums of euros are exact in cents and not in binary fractions. */
const cents = (value: number) => Math.round(value * 100) / 100

const multiply = tool(({ a, b }) => `${a} times ${b} is ${cents(a * b)}.`, {
  name: 'multiply',
  description: 'Multiplies two numbers.',
  schema: pair,
})

const add = tool(({ a, b }) => `${a} plus ${b} is ${cents(a + b)}.`, {
  name: 'add',
  description: 'Adds two numbers.',
  schema: pair,
})

const subtract = tool(({ a, b }) => `${a} minus ${b} is ${cents(a - b)}.`, {
  name: 'subtract',
  description: 'Takes the second number from the first.',
  schema: pair,
})

const discount = tool(({ a, b }) => `${a} less ${b} percent is ${cents(a * (1 - b / 100))}.`, {
  name: 'discount',
  description: 'Takes b percent off the amount a.',
  schema: pair,
})

/** What the billing clerk works with. */
export const billingTools = [multiply, add, subtract, discount]
