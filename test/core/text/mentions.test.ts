import { describe, expect, test } from 'vitest'
import type { FactType } from '../../../core/text/fact.js'
import { mentions } from '../../../core/text/mentions.js'

const said = (text: string, type: FactType, normal: string) => mentions(text)({ type, normal })

describe('a text mentions', () => {
  test.each([
    ['a number in another writing', 'a total of 1,000', 'number', '1000'],
    ['a number with a unit of its own', 'so 40 it is', 'number', '40 EUR'],
    ['a number in a tool call', 'find({"year":"1996"})', 'number', '1996'],
    ['a name in another case', 'the answer: cape town', 'name', 'cape town'],
    ['a cell with marks between its words', "the men's 100 metres", 'cell', 'men’s 100 metres'],
    ['a comparator by its meaning', 'order: high to low', 'comparator', '~most'],
    ['a date in another form', 'on March 12, 1996', 'date', '1996-03-12'],
  ] as const)('%s', (_, text, type, normal) => {
    expect(said(text, type, normal)).toBe(true)
  })

  test.each([
    ['a number that is part of another', 'in 1996', 'number', '96'],
    ['the number of a list item', '1. open it', 'number', '1'],
    ['words that do not stand together', 'the cape of the town', 'name', 'cape town'],
    ['a word that is part of another', 'romeo', 'name', 'rome'],
    ['the opposite', 'the lowest bid', 'comparator', '~most'],
  ] as const)('not %s', (_, text, type, normal) => {
    expect(said(text, type, normal)).toBe(false)
  })
})
