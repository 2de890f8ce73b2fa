import { describe, expect, test } from 'vitest'
import { readPage } from '../../../../models/simulated/shop/pages.js'
import { readRequest } from '../../../../models/simulated/shop/requests.js'
import { statementsIn } from '../../../../models/simulated/shop/said.js'
import { readStep, sentenceOf } from '../../../../models/simulated/shop/steps.js'
import { webShop } from '../../../../scenarios/web-shop/index.js'

const facts = (sentence: string) =>
  (readRequest(sentence) ?? []).map(({ type, name, value }) => [type, name, value].join('/'))

describe('a sentence of a request is read as facts', () => {
  test.each([
    ['I am looking for a Dune Camp Shirt.', 'thing//Dune Camp Shirt'],
    ['Please find me a Pine Over-Ear Headset.', 'thing//Pine Over-Ear Headset'],
    ['It must be soft.', 'attribute//soft'],
    ['I need it to be quick-drying.', 'attribute//quick-drying'],
    ['The size should be 42.', 'option/size/42'],
    ['I want size M.', 'option/size/M'],
    ['I want color olive.', 'option/color/olive'],
    ['The price must be at most $58.00.', 'price//at most 58.00'],
    ['I can spend no more than $58.00.', 'price//at most 58.00'],
  ])('%s', (sentence, fact) => expect(facts(sentence)).toEqual([fact]))

  test.each([
    ['It must not be soft.', 'attribute//not soft'],
    ['The size should not be 42.', 'option/size/not 42'],
    ['The price must be at least $58.00.', 'price//at least 58.00'],
    ['I can spend no less than $58.00.', 'price//at least 58.00'],
  ])('and what says the opposite as the opposite: %s', (sentence, fact) =>
    expect(facts(sentence)).toEqual([fact]),
  )
})

describe('a value that is lost or vague leaves a hole', () => {
  test.each([
    ['I am looking for a one.', 'thing//'],
    ['It must be.', 'attribute//'],
    ['The size should be.', 'option/size/'],
    ['I want size a few.', 'option/size/'],
    ['The price must be at most a certain amount.', 'price//'],
    ['I can spend no more than.', 'price//'],
  ])('%s', (sentence, fact) => expect(facts(sentence)).toEqual([fact]))
})

describe('a step', () => {
  test.each([
    'Search for "Dune Camp Shirt".',
    'Check that it is "soft".',
    'Check that it is not "soft".',
    'Select "42" as "size".',
    'Keep to a price of at most $58.00.',
    'Buy it.',
    'Confirm the purchase.',
    'Click "< Prev".',
  ])('is written as it was read: %s', (sentence) => {
    const step = readStep(sentence)
    expect(step && sentenceOf(step)).toBe(sentence)
  })

  test('that says something else is none', () => {
    expect(readStep('Search flights from Porto to Vienna.')).toBeNull()
    expect(readStep('Return the shirt.')).toBeNull()
  })
})

describe('a page', () => {
  test('that is damaged is read as far as it goes', () => {
    expect(readPage('[P1] Dune Camp Shirt, Slim\n[P2] | $5.00\n[Back to Search]')).toMatchObject({
      kind: 'results',
      query: null,
      items: [
        { id: 'P1', title: 'Dune Camp Shirt, Slim', price: null },
        { id: 'P2', title: null, price: 5 },
      ],
    })
    expect(readPage('size: [S] [M]\nWhat a day it was.\n[Buy Now]')).toMatchObject({
      ...{ kind: 'product', id: null, price: null, options: { size: ['S', 'M'] }, chosen: {} },
      ...{ torn: ['What a day it was.'], buttons: ['Buy Now'] },
    })
    expect(readPage('P7 is soft. The sea is calm. P7 is not lined.')).toMatchObject({
      ...{ kind: 'attributes', id: 'P7', attributes: ['soft', 'not lined'] },
      torn: ['The sea is calm.'],
    })
    expect(readPage('Nothing of the kind.')).toMatchObject({ kind: 'unread' })
  })
})

test('no sentence of 500 tasks stays unread, and every one that states something is read', async () => {
  for (const { text, facts: stated } of await webShop.tasks({ count: 500, seed: 3 })) {
    const said = statementsIn(text)
    expect(said.filter(({ kind }) => kind === 'unread')).toEqual([])
    expect(said.filter(({ kind }) => kind === 'request')).toHaveLength(stated.length - 2)
  }
})
