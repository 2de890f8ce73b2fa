import { describe, expect, test } from 'vitest'
import { lost, planted } from '../../../core/text/lost.js'

const normals = (facts: ReturnType<typeof lost>) => facts.map(({ normal }) => normal)
const difference = (before: string, after: string) => ({
  lost: normals(lost(before, after)),
  planted: normals(planted(before, after)),
})

describe('what a change took away and put in', () => {
  test.each([
    ['a changed number', 'Pay 40 EUR.', 'Pay 52 EUR.', ['40 EUR'], ['52 EUR']],
    ['a cut detail', 'Pay 40 EUR in Rome.', 'Pay in Rome.', ['40 EUR'], []],
    ['a detail that another unit keeps', 'Pay 40 EUR.\nYes, 40 EUR.', 'Yes, 40 EUR.', [], []],
    [
      'a word that another row holds too',
      'Italy | 12\nNorway | 7',
      'Norway | 12\nNorway | 7',
      ['italy'],
      ['norway'],
    ],
    [
      'a value that another value equals',
      '["Italy","Norway"]',
      '["Norway","Norway"]',
      ['italy'],
      ['norway'],
    ],
    [
      'an added sentence',
      'Take the highest in Rome.',
      'Take the highest in Rome.\nTake the lowest in Rome.',
      [],
      ['~least'],
    ],
    [
      'a yes that became a no',
      'The door is open now.',
      'The door is not open now.',
      ['is open now'],
      ['is not open now'],
    ],
    ['nothing but white space', 'Pay 40 EUR.', ' Pay  40 EUR. ', [], []],
  ])('by %s', (_, before, after, gone, come) => {
    expect(difference(before, after)).toEqual({ lost: gone, planted: come })
  })
})
