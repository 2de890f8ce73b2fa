import type { Choice, Purchase } from './goal.js'
import { type Product, priceText } from './products.js'

/** The products that a search found, and which part of them is shown. */
type Results = Readonly<{ query: string; found: readonly Product[]; page: number }>

/** What the shop shows. */
export type Page =
  | Readonly<{ kind: 'start' }>
  | Readonly<{ kind: 'results'; results: Results }>
  | Readonly<{ kind: 'product'; product: Product; chosen: readonly Choice[]; results: Results }>
  | Readonly<{ kind: 'attributes'; product: Product; chosen: readonly Choice[]; results: Results }>

const perPage = 10

/** The words on buttons that are no products and no options. */
export const button = {
  next: 'Next >',
  previous: '< Prev',
  search: 'Back to Search',
  attributes: 'Attributes',
  buy: 'Buy Now',
} as const

/** The products on the part of the results that is shown. */
const shown = ({ found, page }: Results): readonly Product[] =>
  found.slice(perPage * (page - 1), perPage * page)

const pagesOf = ({ found }: Results): number => Math.max(1, Math.ceil(found.length / perPage))

/** What can be clicked on a page, as it is written there. */
export function buttonsOn(page: Page): readonly string[] {
  switch (page.kind) {
    case 'start':
      return []
    case 'results':
      return [...shown(page.results).map(({ id }) => id), ...turningButtons(page.results)]
    case 'product':
      return [...page.product.options.flatMap(({ values }) => values), ...productButtons]
    case 'attributes':
      return [button.previous]
    default:
      return page satisfies never
  }
}

const productButtons = [button.attributes, button.buy, button.previous, button.search]

const turningButtons = (results: Results): readonly string[] => [
  ...(results.page > 1 ? [button.previous] : []),
  ...(results.page < pagesOf(results) ? [button.next] : []),
  button.search,
]

/** A page as the tools show it. */
export function pageText(page: Page): string {
  switch (page.kind) {
    case 'start':
      return 'Start page. Search for something.'
    case 'results':
      return resultsText(page.results)
    case 'product':
      return productText(page.product, page.chosen)
    case 'attributes': {
      const { id, attributes } = page.product
      const sentences = attributes.map((attribute) => `${id} is ${attribute}.`)
      return [sentences.join(' '), inBrackets([button.previous])].join('\n')
    }
    default:
      return page satisfies never
  }
}

const inBrackets = (words: readonly string[]): string => words.map((word) => `[${word}]`).join(' ')

function resultsText(results: Results): string {
  const lines = shown(results).map(
    ({ id, title, cents }) => `[${id}] ${title} | ${priceText(cents)}`,
  )
  return [
    `Results for "${results.query}", page ${results.page} of ${pagesOf(results)}`,
    ...lines,
    inBrackets(turningButtons(results)),
  ].join('\n')
}

function productText({ id, title, cents, options }: Product, chosen: readonly Choice[]): string {
  return [
    `${title} [${id}]`,
    `Price: ${priceText(cents)}`,
    ...options.map(({ name, values }) => `${name}: ${inBrackets(values)}`),
    `Chosen: ${choiceWords(chosen) || 'nothing'}`,
    inBrackets(productButtons),
  ].join('\n')
}

const choiceWords = (chosen: readonly Choice[]): string =>
  chosen.map(({ name, value }) => `${name} ${value}`).join(', ')

/** What was bought, as the shop confirms it. */
export function receiptText({ product, chosen }: Purchase): string {
  const { id, title, cents } = product
  const words = choiceWords(chosen)
  return `Bought. ${id} ${title}: ${words ? `${words}, ` : ''}${priceText(cents)}.`
}
