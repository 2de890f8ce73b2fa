import { describe, expect, test } from 'vitest'
import { read } from '../../../core/text/facts.js'
import { planSteps } from '../../../core/text/plan-steps.js'

const steps = (text: string) => planSteps(read(text)).map(({ number, text }) => [number, text])

describe('the steps of a plan', () => {
  test.each([
    [
      'numbered lines',
      'The plan:\n1. Find it.\n2. Sort it.',
      [
        [1, 'Find it.'],
        [2, 'Sort it.'],
      ],
    ],
    [
      'the numbers that they have',
      '3. Find it.\n4. Sort it.',
      [
        [3, 'Find it.'],
        [4, 'Sort it.'],
      ],
    ],
    [
      'only lines that say what to do',
      '1. Find it.\n2. It is large.\n3. Sort it.',
      [
        [1, 'Find it.'],
        [3, 'Sort it.'],
      ],
    ],
    [
      'items',
      '- Find it.\n- Then sort it.',
      [
        [1, 'Find it.'],
        [2, 'Then sort it.'],
      ],
    ],
    [
      'numbered lines rather than items',
      '- Find a map.\n- Read it.\n\n1. Find it.\n2. Sort it.',
      [
        [1, 'Find it.'],
        [2, 'Sort it.'],
      ],
    ],
    [
      'entries of JSON',
      '["Find it", "Sort it"]',
      [
        [1, 'Find it'],
        [2, 'Sort it'],
      ],
    ],
    [
      'sentences',
      'I plan. Find it. Then sort it.',
      [
        [1, 'Find it.'],
        [2, 'Then sort it.'],
      ],
    ],
    [
      'a fenced list',
      '```ops\n1. Find it.\n2. Sort it.\n```',
      [
        [1, 'Find it.'],
        [2, 'Sort it.'],
      ],
    ],
  ])('are %s', (_, text, expected) => {
    expect(steps(text)).toEqual(expected)
  })

  test.each([
    ['one step', '1. Find it.'],
    ['a description', 'The room is large. It lies in Rome.'],
    ['a list of things', '- Rome\n- Oslo'],
    ['code', '```js\nfind(it);\nsort(it);\n```'],
    ['nothing', ''],
  ])('are none in %s', (_, text) => {
    expect(steps(text)).toEqual([])
  })
})
