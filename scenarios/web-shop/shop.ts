import { refuse, type ToolReply } from '../text-tool.js'
import type { Choice, Purchase } from './goal.js'
import { button, buttonsOn, type Page, pageText, receiptText } from './pages.js'
import type { Product } from './products.js'

/** A visit to the shop: one page is open at a time, and one purchase ends it. */
export type Visit = Readonly<{
  search: (query: string) => ToolReply
  click: (target: string) => ToolReply
  buy: () => ToolReply
  /** What was bought; null as long as nothing was. */
  purchase: () => Purchase | null
}>

/** A visit that begins on the start page. */
export function enterShop(products: readonly Product[]): Visit {
  let page: Page = { kind: 'start' }
  let bought: Purchase | null = null

  const show = (next: Page): ToolReply => {
    page = next
    return { text: pageText(next) }
  }
  const buy = (): ToolReply => {
    if (page.kind !== 'product') return refuse('You can only buy on a product page.')
    bought = { product: page.product, chosen: page.chosen }
    return { text: receiptText(bought) }
  }
  return {
    buy,
    purchase: () => bought,
    search: (query) => {
      const found = findProducts(products, query)
      if (found.length > 0) return show({ kind: 'results', results: { query, found, page: 1 } })
      page = { kind: 'start' }
      return refuse(`No products match "${query}".`)
    },
    click: (target) => {
      const shown = buttonsOn(page)
      const wanted = target.trim().replace(/^\[(.*)\]$/, '$1')
      const clicked = shown.find((one) => isSame(one, wanted))
      if (clicked === undefined) return refuse(onlyButtons(shown))
      return clicked === button.buy ? buy() : show(after(page, clicked))
    },
  }
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

const onlyButtons = (shown: readonly string[]): string =>
  shown.length > 0
    ? `You can only click a button shown on the page: ${shown.join(', ')}.`
    : 'You can only click a button shown on the page. This page shows none.'

/** The page that comes after a click on a button of this one. */
function after(page: Page, clicked: string): Page {
  if (page.kind === 'start' || clicked === button.search) return { kind: 'start' }
  if (page.kind === 'attributes') return { ...page, kind: 'product' }
  if (page.kind === 'product') return onProduct(page, clicked)
  const { results } = page
  const turned = { [button.next]: 1, [button.previous]: -1 }[clicked]
  if (turned !== undefined) {
    return { kind: 'results', results: { ...results, page: results.page + turned } }
  }
  const product = results.found.find(({ id }) => id === clicked)
  return product ? { kind: 'product', product, chosen: [], results } : page
}

function onProduct(page: Extract<Page, { kind: 'product' }>, clicked: string): Page {
  if (clicked === button.attributes) return { ...page, kind: 'attributes' }
  if (clicked === button.previous) return { kind: 'results', results: page.results }
  return { ...page, chosen: withChoice(page, clicked) }
}

/** The choices after a click on a value, in the order in which the page lists the options. */
function withChoice(
  { product, chosen }: Pick<Purchase, 'product' | 'chosen'>,
  clicked: string,
): readonly Choice[] {
  return product.options.flatMap(({ name, values }): readonly Choice[] => {
    if (values.includes(clicked)) return [{ name, value: clicked }]
    return chosen.filter((choice) => choice.name === name)
  })
}

/** The products of which a query names words, those of which it names most first, else by id. */
function findProducts(products: readonly Product[], query: string): readonly Product[] {
  const asked = wordsOf(query)
  return products
    .map((product) => {
      const own = wordsOf(`${product.title} ${product.category}`)
      return { product, score: [...asked].filter((word) => own.has(word)).length }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.product.id < b.product.id ? -1 : 1))
    .map(({ product }) => product)
}

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
