import { draw } from '../../../../core/draw.js'

type Thing = Readonly<{
  id: string
  title: string
  price: number
  size: readonly string[]
  is: readonly string[]
}>
export type LittleShop = readonly Thing[]

/** A visit to the shop: the page that is open, and what was bought. */
export type Visit = {
  readonly shop: LittleShop
  page: string
  thing: Thing | null
  size: string
  bought: string | null
}

export const visitTo = (shop: LittleShop): Visit => ({
  ...{ shop, page: 'start', thing: null, size: '', bought: null },
})

/** What is wanted, in sentences, the shop, and what is right. */
export type Case = Readonly<{
  number: number
  shop: LittleShop
  sentences: readonly string[]
  right: string
}>

const attributes = ['soft', 'washable', 'quick-drying', 'lined'] as const

/** A goal that one of five shirts meets; the others lack one thing each, and one has another name. */
function caseOf(number: number): Case {
  const chance = (...key: readonly string[]) => draw('shop', number, ...key)
  const limit = 20 + Math.floor(chance('limit') * 60)
  const both = [attributes[0], attributes[1 + Math.floor(chance('attribute') * 3)] ?? 'lined']
  const size = ['S', 'M', 'L'][Math.floor(chance('size') * 3)] ?? 'M'
  const others = ['S', 'M', 'L'].filter((one) => one !== size)
  const good = { title: 'Dune Camp Shirt', price: limit - 1.5, size: [...others, size], is: both }
  const things = [
    { ...good, title: `${good.title}, Right` },
    { ...good, title: `${good.title}, Dull`, is: both.slice(1) },
    { ...good, title: `${good.title}, Small`, size: others },
    { ...good, title: `${good.title}, Dear`, price: limit + 1.5 },
    { ...good, title: 'Pine Camp Shirt, Other' },
  ]
  const shop = things
    .map((thing, at) => ({ thing, order: chance('order', String(at)) }))
    .sort((a, b) => a.order - b.order)
    .map(({ thing }, at) => ({ ...thing, id: `P${101 + 37 * at}` }))
  const one = (key: string, first: string, second: string) => (chance(key) < 0.5 ? first : second)
  const money = `$${limit}.00`
  const sentences = [
    one('thing', 'I am looking for a Dune Camp Shirt.', 'Please find me a Dune Camp Shirt.'),
    ...both.map((word) => one(word, `It must be ${word}.`, `I need it to be ${word}.`)),
    one('wants', `The size should be ${size}.`, `I want size ${size}.`),
    one('money', `The price must be at most ${money}.`, `I can spend no more than ${money}.`),
  ]
  const right = shop.find(({ title }) => title.endsWith('Right'))?.id ?? ''
  return { number, shop, sentences, right: `${right} in ${size}` }
}

export const cases = (count: number): readonly Case[] =>
  Array.from({ length: count }, (_, number) => caseOf(number))

/** The text of a task. */
export const taskText = (sentences: readonly string[]): string =>
  `Buy one product.

## Goal
${sentences.map((sentence) => `- ${sentence}`).join('\n')}

## Notes
- What a product is like stands on its attributes page only.
- A purchase cannot be taken back.

Finish with a short confirmation in exactly one \`\`\`answer block.`

const priceOf = ({ price }: Thing) => `$${price.toFixed(2)}`
const bar = (...words: readonly string[]) => words.map((word) => `[${word}]`).join(' ')
const onProduct = ['Attributes', 'Buy Now', '< Prev', 'Back to Search']

function shown({ page, shop, thing, size }: Visit): string {
  if (page === 'results') {
    const lines = shop.map((one) => `[${one.id}] ${one.title} | ${priceOf(one)}`)
    const head = 'Results for "Dune Camp Shirt", page 1 of 1'
    return [head, ...lines, bar('Back to Search')].join('\n')
  }
  if (!thing) return 'Start page. Search for something.'
  if (page === 'attributes') {
    return [thing.is.map((word) => `${thing.id} is ${word}.`).join(' '), bar('< Prev')].join('\n')
  }
  return [
    `${thing.title} [${thing.id}]`,
    `Price: ${priceOf(thing)}`,
    `size: ${bar(...thing.size)}`,
    `Chosen: ${size ? `size ${size}` : 'nothing'}`,
    bar(...onProduct),
  ].join('\n')
}

function buttons({ page, shop, thing }: Visit): readonly string[] {
  if (page === 'results') return [...shop.map(({ id }) => id), 'Back to Search']
  if (page === 'attributes') return ['< Prev']
  return thing ? [...thing.size, ...onProduct] : []
}

/** Runs a tool: the testbed's side of the agreement, in as few lines as it takes. */
export function runTool(visit: Visit, name: string, args: Readonly<Record<string, unknown>>) {
  if (visit.bought) return 'The purchase is complete. No further action is possible.'
  if (name === 'search') return goTo(visit, 'results', null)
  if (name === 'buy') {
    if (visit.page !== 'product') return 'You can only buy on a product page.'
    const { thing, size } = visit
    visit.bought = `${thing?.id} in ${size}`
    return `Bought. ${thing?.id} ${thing?.title}: ${size ? `size ${size}, ` : ''}${thing && priceOf(thing)}.`
  }
  if (name !== 'click') return `Error: Tool "${name}" not found.\n Please fix your mistakes.`
  const target = String(args['target'])
  if (!buttons(visit).includes(target)) {
    return `You can only click a button shown on the page: ${buttons(visit).join(', ')}.`
  }
  if (target === 'Attributes') return goTo(visit, 'attributes', visit.thing)
  if (target === '< Prev') {
    return visit.page === 'attributes'
      ? goTo(visit, 'product', visit.thing)
      : goTo(visit, 'results', null)
  }
  if (target === 'Back to Search') return goTo(visit, 'start', null)
  const opened = visit.page === 'results' ? visit.shop.find(({ id }) => id === target) : null
  if (opened) {
    visit.size = ''
    return goTo(visit, 'product', opened)
  }
  visit.size = target
  return shown(visit)
}

function goTo(visit: Visit, page: string, thing: Thing | null): string {
  Object.assign(visit, { page, thing })
  return shown(visit)
}

const offer = (name: string, description: string, ...properties: readonly string[]) => ({
  type: 'function' as const,
  function: {
    name,
    description,
    parameters: {
      type: 'object',
      properties: Object.fromEntries(properties.map((one) => [one, { type: 'string' }])),
      required: properties,
    },
  },
})

/** Tools as a system offers them. */
export const offered = [
  offer('search', 'Search the shop for products; possible on every page.', 'query'),
  offer('click', 'Click a button of the page.', 'target'),
  offer('buy', 'Buy the product whose page is open.'),
]

/** The same tools as another shop may call them. */
export const elsewhere = [
  offer('look_for', 'Search all products by words.', 'keywords'),
  offer('press', 'Press or click a button of the page that is open.', 'button'),
  offer('purchase', 'Buy the product whose page is open.'),
]
