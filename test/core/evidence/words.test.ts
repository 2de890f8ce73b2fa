import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  assertedIn,
  assumptionIn,
  isAskTool,
  noticeIn,
  questionIn,
  sentencesOf,
  verdictIn,
} from '../../../core/evidence/words.js'
import { normalOf } from '../../../core/text/fact.js'

const fact = (text: string, type: 'number' | 'date' | 'name' = 'number') => ({
  type,
  normal: normalOf(type, text),
})

describe('a verdict', () => {
  test.each([
    ['APPROVE\n- I get 4 too.', 'approves'],
    ['**Rejected.** The fare is wrong.', 'rejects'],
    ['Incorrect: the fare is 40.', 'rejects'],
    ['I looked at it.\nVerdict: REJECT', 'rejects'],
    ['Correct.', 'approves'],
    ['The correct fare is 40 EUR.', null],
    ['I would not reject it.', null],
    ['', null],
  ])('in %j is %s', (text, verdict) => {
    expect(verdictIn(text)).toBe(verdict)
  })
})

describe('a notice', () => {
  test.each([
    ['The fare of 52 EUR cannot be right.', '52 EUR', true],
    ['I get 40; the answer says 52.', '52', false],
    ['REJECT\n- I get 40; the answer says 52.', '52', true],
    ['The fare is 52 EUR. Something else is wrong.', '52 EUR', false],
    ['CONFLICT: "at most 40" versus "at least 52"', '52', true],
  ])('in %j of %s: %s', (text, number, isNoticed) => {
    expect(noticeIn(text, [fact(number)]) !== null).toBe(isNoticed)
  })

  test('may be about a subject instead of a fact', () => {
    expect(noticeIn('The tool look_up does not exist.', [], ['look_up'])).toMatch(/look_up/)
    expect(noticeIn('Nothing is wrong with me.', [], ['look_up'])).toBeNull()
  })
})

describe('what a text stands for', () => {
  test('is not what it doubts or rejects', () => {
    expect(assertedIn('The fare is 40 EUR. But the 52 EUR are wrong.')).toBe('The fare is 40 EUR.')
    expect(assertedIn('REJECT\n- The fare is 52 EUR.')).toBe('')
  })

  test('is always what stands in a block or in a call', () => {
    const block = '```answer\n52 EUR, which is wrong\n```'
    expect(assertedIn(`REJECT\n${block}`)).toBe(block)
    expect(assertedIn('pay({"wrong":52})')).toBe('pay({"wrong":52})')
  })
})

describe('a question', () => {
  test.each([
    ['QUESTION: Which day?', 'Which day?'],
    ['- question: which day', 'which day'],
    ['Could you tell me the day?', 'Could you tell me the day?'],
    ['Please clarify the day.', 'Please clarify the day.'],
    ['The question is: Name the day.', null],
    ['Is it a day? It is.', null],
  ])('in %j is %j', (text, asked) => {
    expect(questionIn(text)).toBe(asked)
  })

  test.each([
    ['ask_human', true],
    ['askUser', true],
    ['request_clarification', true],
    ['task_list', false],
    ['mask_rows', false],
  ])('may be a call of %s: %s', (name, is) => {
    expect(isAskTool(name)).toBe(is)
  })
})

test('an assumption is a sentence that says so', () => {
  expect(assumptionIn('I go on. I assume 3 nights. Fine.')).toBe('I assume 3 nights.')
  expect(assumptionIn('It is 3 nights.')).toBeNull()
})

test('sentences do not end at the number of a list item', () => {
  expect(sentencesOf('I cannot do this: 1. Look it up.')).toEqual([
    'I cannot do this: 1. Look it up.',
  ])
  expect(sentencesOf('One. Two.\n- Three')).toEqual(['One.', 'Two.', '- Three'])
})

test('no text is too strange', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const read of [verdictIn, assertedIn, questionIn, assumptionIn, sentencesOf]) read(text)
      noticeIn(text, [fact('1')], ['x'])
    }),
  )
})

test.each(['REJECT ', '```\n', '( ', 'is not ', '1. A', 'QUESTION:', '  '])(
  'no text of a hundred thousand %j is read for ever',
  (part) => {
    const long = part.repeat(100_000 / part.length)
    for (const read of [verdictIn, assertedIn, questionIn, assumptionIn]) read(long)
    expect(long.length).toBeGreaterThan(90_000)
  },
)
