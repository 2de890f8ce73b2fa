import { describe, expect, test } from 'vitest'
import type { Product } from '../../../scenarios/web-shop/products.js'
import { enterShop } from '../../../scenarios/web-shop/shop.js'
import { shopTools } from '../../../scenarios/web-shop/tools.js'
import { called, click, said, search } from './played.js'

const shirt = (number: number): Product => ({
  id: `P10${String(number).padStart(2, '0')}`,
  title: `Pine Deck Shirt, Cut ${number}`,
  category: 'Shirt',
  attributes: ['soft'],
  options: [{ name: 'size', values: ['S', 'M', 'L'] }],
  cents: 1000,
})

const shoe: Product = {
  id: 'P0412',
  title: 'Dune Trail Shoe, Low-Cut',
  category: 'Shoe',
  attributes: ['waterproof', 'lightweight'],
  options: [
    { name: 'size', values: ['40', '42', '44'] },
    { name: 'color', values: ['black', 'olive', 'sand'] },
  ],
  cents: 4990,
}
const otherShoe: Product = { ...shoe, id: 'P0077', title: 'Dune City Shoe, Mid', cents: 5800 }

function visit() {
  const inside = enterShop([
    otherShoe,
    shoe,
    ...Array.from({ length: 12 }, (_, at) => shirt(at + 1)),
  ])
  return { tools: shopTools(inside), purchase: inside.purchase }
}

const lines = (...text: readonly string[]) => text.join('\n')

const shoePage = (chosen: string) =>
  lines(
    'Dune Trail Shoe, Low-Cut [P0412]',
    'Price: $49.90',
    'size: [40] [42] [44]',
    'color: [black] [olive] [sand]',
    `Chosen: ${chosen}`,
    '[Attributes] [Buy Now] [< Prev] [Back to Search]',
  )

describe('a page', () => {
  test('of results names the products that share most words first, then by id', async () => {
    expect(await search(visit(), 'trail SHOE')).toBe(
      lines(
        'Results for "trail SHOE", page 1 of 1',
        '[P0412] Dune Trail Shoe, Low-Cut | $49.90',
        '[P0077] Dune City Shoe, Mid | $58.00',
        '[Back to Search]',
      ),
    )
  })

  test('of results holds ten, and others follow', async () => {
    const given = visit()
    const first = await search(given, 'shirt')
    expect(first).toContain('page 1 of 2\n[P1001]')
    expect(first).toContain('[P1010] Pine Deck Shirt, Cut 10 | $10.00\n[Next >] [Back to Search]')
    const second = await click(given, 'next >')
    expect(second).toContain('page 2 of 2\n[P1011]')
    expect(second).toContain('[P1012] Pine Deck Shirt, Cut 12 | $10.00\n[< Prev] [Back to Search]')
    expect(await click(given, '< Prev')).toBe(first)
    expect(await click(given, 'Back to Search')).toBe('Start page. Search for something.')
  })

  test('of a product shows its options and what is chosen', async () => {
    const given = visit()
    await search(given, 'shoe')
    expect(await click(given, 'p0412')).toBe(shoePage('nothing'))
    expect(await click(given, '[42]')).toBe(shoePage('size 42'))
    expect(await click(given, 'OLIVE')).toBe(shoePage('size 42, color olive'))
    expect(await click(given, '44')).toBe(shoePage('size 44, color olive'))
    expect(await click(given, 'Attributes')).toBe(
      lines('P0412 is waterproof. P0412 is lightweight.', '[< Prev]'),
    )
    expect(await click(given, '< Prev')).toBe(shoePage('size 44, color olive'))
    expect(await click(given, '< Prev')).toMatch(/^Results for "shoe", page 1 of 1\n/)
    expect(await click(given, 'P0412')).toBe(shoePage('nothing'))
  })
})

describe('a purchase', () => {
  const open = async () => {
    const given = visit()
    await search(given, 'shoe')
    await click(given, 'P0412')
    return given
  }

  test('is confirmed with what was chosen, and ends the visit', async () => {
    const given = await open()
    await click(given, '42')
    expect((await called(given, 'buy', {})).text).toBe(
      'Bought. P0412 Dune Trail Shoe, Low-Cut: size 42, $49.90.',
    )
    expect(given.purchase()).toEqual({ product: shoe, chosen: [{ name: 'size', value: '42' }] })
    for (const [name, args] of [
      ['buy', {}],
      ['search', { query: 'shoe' }],
      ['click', {}],
    ] as const) {
      const message = await called(given, name, args)
      expect(message.text).toBe('The purchase is complete. No further action is possible.')
      expect(message.status).toBe('error')
    }
  })

  test('can be made with the button too, and without any choice', async () => {
    const given = await open()
    expect(await click(given, 'Buy Now')).toBe('Bought. P0412 Dune Trail Shoe, Low-Cut: $49.90.')
    expect(given.purchase()).toEqual({ product: shoe, chosen: [] })
  })
})

describe('what cannot be done is refused in one sentence', () => {
  test.each([
    [
      'click',
      { target: 'P0412' },
      'You can only click a button shown on the page. This page shows none.',
    ],
    ['buy', {}, 'You can only buy on a product page.'],
    ['search', { query: 'boat' }, 'No products match "boat".'],
    ['search', { query: '' }, 'Invalid arguments for search: query must be a non-empty string.'],
    ['search', {}, 'Invalid arguments for search: query is missing.'],
    ['search', { query: 'x', page: 2 }, 'Invalid arguments for search: page is unknown.'],
    ['click', { target: 7 }, 'Invalid arguments for click: target must be a non-empty string.'],
    ['click', { button: 'x' }, 'Invalid arguments for click: target is missing.'],
    ['buy', { id: 'P0412' }, 'Invalid arguments for buy: id is unknown.'],
  ])('%s of %o', async (name, args, text) => {
    const given = visit()
    const message = await called(given, name, args)
    expect(message).toMatchObject({ status: 'error', name, tool_call_id: 'c1' })
    expect(message.text).toBe(text)
    expect(given.purchase()).toBeNull()
  })

  test('a button of another page, with those that are shown', async () => {
    const given = visit()
    await search(given, 'shoe')
    const refusal = 'You can only click a button shown on the page:'
    expect(await click(given, 'Attributes')).toBe(`${refusal} P0077, P0412, Back to Search.`)
    expect(await said(given, 'buy')).toBe('You can only buy on a product page.')
    await click(given, 'P0412')
    expect(await click(given, 'P0077')).toBe(
      `${refusal} 40, 42, 44, black, olive, sand, Attributes, Buy Now, < Prev, Back to Search.`,
    )
    await click(given, 'Attributes')
    expect(await click(given, '42')).toBe(`${refusal} < Prev.`)
    expect(await said(given, 'buy')).toBe('You can only buy on a product page.')
  })

  test('more than 15 actions, those that were refused included', async () => {
    const given = visit()
    for (let at = 0; at < 7; at++) await click(given, 'nonsense')
    for (let at = 0; at < 7; at++) await called(given, 'search', {})
    expect(await search(given, 'shoe')).toMatch(/^Results/)
    for (const name of ['search', 'click', 'buy']) {
      const message = await called(given, name, {})
      expect(message).toMatchObject({ status: 'error' })
      expect(message.text).toBe('The limit of 15 tool calls is reached.')
    }
    expect(given.purchase()).toBeNull()
  })
})
