import { goods } from './goods.js'

/** One question of a customer with the number that answers it. */
export type Task = Readonly<{ id: string; text: string; expected: number }>

const priceInCents = (name: string) => Math.round(item(name).price * 100)

function item(name: string) {
  const found = goods.find((entry) => entry.name === name)
  if (!found) throw new Error(`The catalogue has no ${name}.`)
  return found
}

type Order = Readonly<{
  lines: readonly (readonly [count: number, name: string])[]
  percent?: number
  delivery?: number
}>

// Discounts are chosen so that every answer is whole in cents: rounding is not what these tasks are about.
const orders: readonly Order[] = [
  { lines: [[12, 'lamps']], percent: 10 },
  { lines: [[7, 'chairs']], percent: 20 },
  { lines: [[3, 'tables']], percent: 5 },
  { lines: [[16, 'mirrors']], percent: 25 },
  { lines: [[9, 'rugs']], delivery: 35 },
  { lines: [[14, 'clocks']], delivery: 18 },
  { lines: [[21, 'lamps']] },
  { lines: [[6, 'tables']] },
  {
    lines: [
      [2, 'tables'],
      [8, 'chairs'],
    ],
  },
  {
    lines: [
      [5, 'lamps'],
      [4, 'clocks'],
    ],
  },
  {
    lines: [
      [10, 'mirrors'],
      [3, 'rugs'],
    ],
    percent: 15,
  },
  {
    lines: [
      [11, 'chairs'],
      [13, 'lamps'],
    ],
    percent: 40,
  },
  {
    lines: [
      [4, 'rugs'],
      [15, 'lamps'],
    ],
    delivery: 60,
  },
  {
    lines: [
      [17, 'clocks'],
      [1, 'tables'],
    ],
    delivery: 25,
  },
  { lines: [[8, 'mirrors']], percent: 30, delivery: 45 },
  { lines: [[19, 'chairs']], percent: 12, delivery: 90 },
  {
    lines: [
      [20, 'lamps'],
      [2, 'rugs'],
    ],
    percent: 50,
    delivery: 55,
  },
]

const worths = ['lamps', 'chairs', 'tables', 'mirrors', 'clocks', 'rugs']

const rests: readonly (readonly [count: number, name: string])[] = [
  [75, 'lamps'],
  [36, 'chairs'],
  [22, 'tables'],
  [41, 'mirrors'],
  [88, 'clocks'],
  [29, 'rugs'],
]

function orderTask({ lines, percent, delivery }: Order): Omit<Task, 'id'> {
  const terms = [
    ...(percent === undefined ? [] : [`${percent} percent discount`]),
    ...(delivery === undefined ? [] : [`${delivery} euros for delivery`]),
  ].join(' and ')
  const ordered = lines.map(([count, name]) => `${count} ${name}`).join(' and ')
  const full = lines.reduce((sum, [count, name]) => sum + count * priceInCents(name), 0)
  const cents = (full * (100 - (percent ?? 0))) / 100 + (delivery ?? 0) * 100
  return {
    text: `An order of ${ordered}${terms && ` with ${terms}`}: what is the total in euros?`,
    expected: cents / 100,
  }
}

const worthTask = (name: string): Omit<Task, 'id'> => ({
  text: `What are all ${name} in stock worth in euros?`,
  expected: (item(name).pieces * priceInCents(name)) / 100,
})

const restTask = ([count, name]: readonly [number, string]): Omit<Task, 'id'> => ({
  text: `How many ${name} are left in stock after an order of ${count} ${name}?`,
  expected: item(name).pieces - count,
})

const numbered = (kind: string, tasks: readonly Omit<Task, 'id'>[]): readonly Task[] =>
  tasks.map((task, index) => ({ id: `${kind}-${index + 1}`, ...task }))

/** Questions with one or two items, with and without discount and delivery, and about the stock itself. */
export const tasks: readonly Task[] = [
  ...numbered('order', orders.map(orderTask)),
  ...numbered('worth', worths.map(worthTask)),
  ...numbered('rest', rests.map(restTask)),
]
