import { describe, expect, test } from 'vitest'
import { withoutForm, withoutLimits } from '../../../core/text/limits.js'

describe('a role without limits', () => {
  test.each([
    ['what it does not do', 'You plan. Do not search yourself.', 'You plan.'],
    ['what it only does', 'You only plan. You are kind.', 'You are kind.'],
    ['whom it leaves things to', 'You plan. Leave it to the clerk. Be kind.', 'You plan. Be kind.'],
    ['an item of its list', 'You plan.\n- Be kind.\n- Never search.', 'You plan.\n- Be kind.'],
  ])('no longer says %s', (_, text, expected) => {
    expect(withoutLimits(text, [])).toBe(expected)
  })

  test.each([
    ['a rule about the form', 'You plan. Reply with one line only.'],
    ['code', 'You plan.\n```js\nreturn only(12);\n```'],
    ['what the role is', 'You plan. Your job is to plan.'],
    ['its only sentence', 'Do not search.'],
  ])('keeps %s', (_, text) => {
    expect(withoutLimits(text, [])).toBe(text)
  })

  test('keeps what is protected', () => {
    const text = 'You plan. Never write DONE. Never search.'
    expect(withoutLimits(text, ['DONE'])).toBe('You plan. Never write DONE.')
  })
})

describe('a role without its form', () => {
  test.each([
    ['goes', 'You book. Reply with one line.', 'You book.'],
    ['goes from a list', 'You book.\n- Be kind.\n- Reply with JSON.', 'You book.\n- Be kind.'],
    ['was all there is', 'Reply with one line.', ''],
    ['was not there', 'You book. Do not plan.', 'You book. Do not plan.'],
  ])('which %s', (_, text, expected) => {
    expect(withoutForm(text)).toBe(expected)
  })
})
