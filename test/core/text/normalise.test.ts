import { describe, expect, test } from 'vitest'
import { normalise, wordsOf } from '../../../core/text/normalise.js'

describe('the normal form of a text', () => {
  test.each([
    ['white space', ' a\n\tb\u00a0 c ', 'a b c'],
    ['compatible characters', 'ﬁve １２', 'five 12'],
    ['the order of keys in JSON', '{"b": 2,\n "a": {"d": 1, "c": 0}}', '{"a":{"c":0,"d":1},"b":2}'],
  ])('does not tell %s apart', (_, text, expected) => {
    expect(normalise(text)).toBe(expected)
  })

  test('tells words, case and order apart', () => {
    expect(new Set(['a b', 'b a', 'A b', 'ab'].map(normalise)).size).toBe(4)
  })

  test('takes what only looks like JSON as text', () => {
    expect(normalise('{b}  [a]')).toBe('{b} [a]')
  })
})

test('the words of a text are its letters and digits in lower case', () => {
  expect(wordsOf('Cape-Town, 1,200 “Ça”!')).toEqual(['cape', 'town', '1', '200', 'ça'])
})
