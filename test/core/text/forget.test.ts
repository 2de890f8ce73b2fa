import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstHalf, onlyProtected } from '../../../core/text/forget.js'
import { occurrences } from '../../../core/text/occurrences.js'

describe('the first half of a text', () => {
  test.each([
    ['its first sentences', 'It costs 40 EUR. It lies in Rome.', [], 'It costs 40 EUR.'],
    ['the larger half', 'Go. Eat. Sleep.', [], 'Go. Eat.'],
    ['its first items', '- Go.\n- Eat.\n- Sleep.\n- Wake.', [], '- Go.\n- Eat.'],
    [
      'what holds a protected string',
      'Go. Eat. Sleep well. Wake.',
      ['Sleep well'],
      'Go. Eat. Sleep well.',
    ],
  ])('is %s', (_, text, protect, expected) => {
    expect(firstHalf(text, protect)).toBe(expected)
  })

  test('ends within JSON, which stays JSON', () => {
    const after = firstHalf('{"city": "Rome", "beds": 12}', [])
    expect(JSON.parse(after ?? '')).toEqual({ city: 'Rome' })
  })

  test.each([
    ['there is one sentence', 'It costs 40 EUR.', []],
    ['there is nothing', '', []],
    ['all that would go is protected', 'Go. Eat.', ['Eat']],
  ])('is none when %s', (_, text, protect) => {
    expect(firstHalf(text, protect)).toBeNull()
  })
})

describe('what is left of a text that is forgotten', () => {
  test.each([
    ['nothing', 'Go to Rome. Eat.', [], ''],
    ['nothing without a protected string', 'Go to Rome. Eat.', ['Oslo'], ''],
    ['the sentence with a protected string', 'Go to Rome. Eat. Sleep.', ['Eat'], 'Eat.'],
    ['all of a single sentence', 'Go to Rome.', ['Rome'], 'Go to Rome.'],
  ])('is %s', (_, text, protect, expected) => {
    expect(onlyProtected(text, protect)).toBe(expected)
  })

  test('holds every protected string as often as before', () => {
    const part = fc.constantFrom(
      'Go to Rome.',
      'Eat.',
      '- Oslo',
      '\n',
      'a | Rome',
      '"Rome": 3',
      'at 12:',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join(' ')
        const protect = ['Rome', 'Oslo']
        const left = onlyProtected(text, protect)
        for (const string of protect) {
          expect(occurrences(left, string).length).toBe(occurrences(text, string).length)
        }
      }),
    )
  })
})
