import { describe, expect, test } from 'vitest'
import { readConditions } from '../../../models/simulated/conditions.js'

const plan = (...sentences: readonly string[]) =>
  readConditions(sentences).map(({ bare, possible }) => [bare, possible])

describe('a line of a plan', () => {
  test('is what it says when it waits for nothing', () => {
    expect(plan('Sort rows.', 'Answer with the count.')).toEqual([
      ['Sort rows.', true],
      ['Answer with the count.', true],
    ])
  })

  test.each([
    ['a tool that is named', 'Sort rows, using the tool sort_rows_v2.'],
    ['the result of a step that is not there', 'Sort rows, based on the result of step 9.'],
    ['somebody whom nobody knows', 'Sort rows, once the auditor has approved it.'],
    ['itself', 'Sort rows, after step 1 is done.'],
  ])('cannot be done when it waits for %s', (_, sentence) => {
    expect(plan(sentence, 'Answer with the count.')[0]).toEqual(['Sort rows.', false])
  })

  test('may wait for another one, unless that one waits for it', () => {
    const second = 'Answer with the count, after step 1 is done.'
    expect(plan('Sort rows.', second).map(([, possible]) => possible)).toEqual([true, true])
    const circle = plan('Sort rows, after step 2 is done.', second)
    expect(circle.map(([, possible]) => possible)).toEqual([false, false])
  })
})
