import { describe, expect, test } from 'vitest'
import { rng } from '../../../core/draw.js'
import { contradictions } from '../../../core/text/contradiction.js'
import { facts, read } from '../../../core/text/facts.js'
import { polarities } from '../../../core/text/polarity.js'

const unitsOf = (text: string) =>
  read(text).units.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)
const normals = (text: string) => facts(text).map(({ type, normal }) => `${type} ${normal}`)

describe('prose', () => {
  test('that is wrapped is one sentence', () => {
    const text =
      'Given a list of numbers, return the largest one that is\nbelow the threshold. Keep it.'
    expect(unitsOf(text)).toEqual([
      'sentence Given a list of numbers, return the largest one that is\nbelow the threshold.',
      'sentence Keep it.',
    ])
  })

  test('in a comment stands between its marks, and examples are code', () => {
    const text =
      '/* Return the larger one.\n  >>> larger(1, 2)\n  2\n  */\nconst larger = (a, b) => {'
    expect(unitsOf(text)).toEqual([
      'sentence Return the larger one.',
      'code >>> larger(1, 2)',
      'code 2',
      'code const larger = (a, b) => {',
    ])
  })

  test.each([
    ['compound number words', 'It has twenty-four doors.', ['number 24']],
    ['hundreds', 'It has one hundred and fifty doors.', ['number 150']],
    ['fractions', 'He ate 2/5 of them.', ['number 0.4']],
    ['weekdays', 'It rains on Monday.', ['date monday']],
    ['hours of the day', 'It opens at 5 PM.', ['date 5 pm']],
    ['a person who acts', 'Jason has a boat. He sails.', ['name jason']],
    ['a name that is repeated inside', 'Oslo is cold. I like Oslo.', ['name oslo', 'name oslo']],
    ['names in a text without capitals', 'how many came from osaka?', ['name osaka']],
    ['properties that have an opposite', 'It adds odd digits.', ['comparator ~=odd']],
  ])('holds %s', (_, text, expected) => {
    expect(normals(text)).toEqual(expected)
  })

  test('denies with auxiliaries', () => {
    expect(polarities('Costs did not change.').map(({ turned }) => turned)).toEqual(['did'])
  })
})

test('a bound of two that is turned round excludes the first one', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const wish = { protect: [], rng: rng(seed), count: 1 }
    const [conflict] = contradictions('The room must have at least 2 beds.', wish)
    expect(conflict?.added).toBe('The room must have at most 1 beds.')
  }
})
