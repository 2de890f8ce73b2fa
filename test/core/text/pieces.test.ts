import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inPieces } from '../../../core/text/pieces.js'

const spaceless = (text: string) => text.replace(/\s+/g, '')

describe('a text in pieces', () => {
  test.each([
    ['sentences', 'Go. Eat. Sleep.', 3, ['Go.', 'Eat.', 'Sleep.']],
    ['as many pieces as asked', 'Go. Eat. Sleep. Wake.', 2, ['Go. Eat.', 'Sleep. Wake.']],
    ['one piece', 'Go. Eat.', 1, ['Go. Eat.']],
    ['no more pieces than it has', 'Go. Eat.', 20, ['Go.', 'Eat.']],
    ['lines', 'Go far. Eat.\nSleep.', 5, ['Go far. Eat.', 'Sleep.']],
    ['a heading with what it heads', '# Rules\nGo.\nEat.', 5, ['# Rules\nGo.', 'Eat.']],
    ['a label with what it names', 'The rules:\nGo.\nEat.', 5, ['The rules:\nGo.', 'Eat.']],
    [
      'a whole table',
      'Look:\n\nCity | Beds\nRome | 12\nOslo | 7\n\nGo.',
      9,
      ['Look:\nCity | Beds\nRome | 12\nOslo | 7', 'Go.'],
    ],
    [
      'whole code',
      'Go.\n```js\nlet a = 1\n\nlet b = 2\n```\nEat.',
      9,
      ['Go.', '```js\nlet a = 1\n\nlet b = 2\n```', 'Eat.'],
    ],
    ['whole JSON', '{"a": "Go. Eat.",\n "b": 2}', 5, ['{"a": "Go. Eat.",\n "b": 2}']],
  ])('has %s', (_, text, count, expected) => {
    expect(inPieces(text, count)).toEqual(expected)
  })

  test('has all of the text in order, in as many pieces as asked or fewer', () => {
    const part = fc.constantFrom(
      ...[
        'Go.',
        'Eat 12.',
        '...',
        '!',
        'a | b',
        '\n',
        '\n\n',
        '```',
        '# Head',
        '- item',
        ' ',
        'so:',
      ],
    )
    const text = fc.array(part, { maxLength: 20 }).map((parts) => parts.join(' '))
    fc.assert(
      fc.property(
        fc.oneof(text, fc.string({ unit: 'binary' })),
        fc.integer({ min: 1, max: 20 }),
        (text, count) => {
          const pieces = inPieces(text, count)
          expect(spaceless(pieces.join(''))).toBe(spaceless(text))
          expect(pieces.length).toBeLessThanOrEqual(count)
        },
      ),
      { numRuns: 500 },
    )
  })
})
