import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clip, columns, pad, wrap } from '../../../reports/text/layout.js'

const words = fc.array(fc.string({ unit: fc.constantFrom('a', '表', '🔥', 'é', ' ') }), {
  maxLength: 20,
})

test('East Asian characters and emoji take two columns', () => {
  expect(['abc', '表', '🔥', '●', ''].map(columns)).toEqual([3, 2, 2, 1, 0])
})

test('a text that fits is left alone, a longer one ends in an ellipsis', () => {
  expect([clip('abcd', 4), clip('abcde', 4), clip('表表表', 4)]).toEqual(['abcd', 'abc…', '表…'])
})

test('texts are filled up on either side', () => {
  expect([pad('ab', 4), pad('ab', 4, 'right'), pad('表', 4), pad('abcde', 4)]).toEqual([
    'ab  ',
    '  ab',
    '表  ',
    'abcde',
  ])
})

test('lines break between words, and never within an interval or between it and its rate', () => {
  expect(wrap('one two 75% [65, 83] end', 11)).toEqual(['one two', '75% [65, 8…', 'end'])
  expect(wrap('one two 75% [65, 83] end', 12)).toEqual(['one two', '75% [65, 83]', 'end'])
  expect(wrap('damage -6 [-10, -2]', 13)).toEqual(['damage', '-6 [-10, -2]'])
  expect(wrap('agents 0.4 [0, 0.9]', 12)).toEqual(['agents', '0.4 [0, 0.9]'])
  expect(wrap('a [b c] d', 4)).toEqual(['a [b', 'c] d'])
})

test('no line is wider than asked, whatever the words', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 4, max: 40 }), (some, width) => {
      for (const line of wrap(some.join(' '), width))
        expect(columns(line)).toBeLessThanOrEqual(width)
      expect(columns(clip(some.join(''), width))).toBeLessThanOrEqual(width)
    }),
  )
})

test('wrapping short words loses none', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'bb', 'ccc')), (some) => {
      expect(wrap(some.join(' '), 7).join(' ')).toBe(some.join(' '))
    }),
  )
})
