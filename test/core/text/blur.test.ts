import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rng } from '../../../core/draw.js'
import { blurred } from '../../../core/text/blur.js'
import { lost } from '../../../core/text/lost.js'
import { occurrences } from '../../../core/text/occurrences.js'

const vague = (text: string, { count = 1, seed = 1, protect = [] as string[] } = {}) =>
  blurred(text, { count, protect, rng: rng(seed) })

describe('a vague text', () => {
  test.each([
    ['a number of things', 'Book a room for 3 nights.', 'Book a room for a few nights.'],
    ['an amount', 'Pay 40 EUR.', 'Pay a few EUR.'],
    ['a date', 'Leave on 2031-05-14.', 'Leave in due time.'],
    ['a place', 'Book a room in Rome.', 'Book a room in the usual place.'],
    ['a quoted name', 'Sort the rows by "Gold".', 'Sort the rows by the usual one.'],
  ])('leaves open %s', (_, text, expected) => {
    expect(vague(text)).toBe(expected)
  })

  test('leaves open as much as it is told to', () => {
    const text = 'Book a room for 3 nights in Rome.'
    expect(vague(text, { count: 2 })).toBe('Book a room for a few nights in the usual place.')
    for (let seed = 0; seed < 10; seed++) {
      expect(lost(text, vague(text, { seed }) ?? '')).toHaveLength(1)
    }
  })

  test('leaves open demands before descriptions', () => {
    for (let seed = 0; seed < 10; seed++) {
      const text = 'The house has 9 rooms. Book a room for 3 nights.'
      expect(vague(text, { seed })).toBe('The house has 9 rooms. Book a room for a few nights.')
    }
  })

  test('is vague at every place', () => {
    expect(vague('Go to Rome. Then sleep in Rome.')).not.toContain('Rome')
  })

  test('holds what is protected, and states no new fact in its place', () => {
    const part = fc.constantFrom(
      'Pay 40 EUR.',
      'Go to Rome.',
      'Take "Gold".',
      'Leave at 14:30.',
      '\n- Eat 3.',
    )
    fc.assert(
      fc.property(
        ...[fc.array(part, { maxLength: 8 }), fc.integer(), fc.integer({ min: 1, max: 5 })],
        fc.subarray(['Rome', 'Gold', '40']),
        (parts, seed, count, protect) => {
          const text = parts.join(' ')
          const after = vague(text, { count, seed, protect })
          if (after === null) return
          expect(after).not.toBe(text)
          const gone = lost(text, after)
          expect(gone.length).toBeGreaterThan(0)
          expect(gone.length).toBeLessThanOrEqual(count)
          for (const string of protect) {
            expect(occurrences(after, string).length).toBe(occurrences(text, string).length)
          }
        },
      ),
    )
  })

  test.each([
    ['there is nothing to leave open', 'Do it well.', []],
    ['there is nothing', '', []],
    ['all of it is protected', 'Pay 40 EUR.', ['40 EUR']],
    ['it is code', '```js\nreturn fee(12);\n```', []],
  ])('is none when %s', (_, text, protect) => {
    expect(vague(text, { protect })).toBeNull()
  })
})
