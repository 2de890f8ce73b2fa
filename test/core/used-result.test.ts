import { expect, test } from 'vitest'
import { isSameAnswer, isUsed } from '../../core/used-result.js'

const answer = (text: string, failed = false) => ({ text, failed })

test.each([
  ['with a fact that the work repeats', 'It costs 40 EUR in Rome.', 'I pay 40.', true],
  ['with facts that nobody repeats', 'It costs 40 EUR in Rome.', 'I go home.', false],
  ['without a fact, before more work', 'Well done, all of you.', 'I go home.', true],
  ['without a fact, at the end of the work', 'Well done, all of you.', ' \n', false],
])('an answer %s', (_, text, later, expected) => {
  expect(isUsed(answer(text), later)).toBe(expected)
})

test.each([
  ['the same words', answer('40 EUR'), answer('40 EUR'), true],
  ['other white space around them', answer('40 EUR\n'), answer(' 40 EUR'), true],
  ['other words', answer('40 EUR'), answer('52 EUR'), false],
  ['the same words as an error', answer('40 EUR'), answer('40 EUR', true), false],
])('answers with %s', (_, a, b, expected) => {
  expect(isSameAnswer(a, b)).toBe(expected)
})
