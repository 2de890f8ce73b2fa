import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  firstDifference,
  readStep,
  sentenceOf,
  withColumn,
} from '../../../../models/simulated/tables/steps.js'

describe('a step', () => {
  test.each([
    'Find rows where "Year" is "1996".',
    'Find rows where "Year" is not "1996".',
    'Find rows where "Gold" is at least "12".',
    'Sort rows by "Gold" from low to high.',
    'Count rows where "Gold" is above "12".',
    'Compute the total of "Gold".',
    'Answer with the count.',
    'Answer with the total.',
    'Answer with "Nation" of row 2.',
    'Answer with "Gold" of step 1 minus "Gold" of step 2.',
    'Answer with "Nation" of the step with the higher "Gold".',
  ])('is written as it was read: %s', (sentence) => {
    const step = readStep(sentence)
    expect(step && sentenceOf(step)).toBe(sentence)
  })

  test('keeps any column name without quotation marks', () => {
    const name = fc.stringMatching(/^[^"\n\s](?:[^"\n\s]| )*$/).filter((text) => /\w{3}/.test(text))
    fc.assert(
      fc.property(name, (column) => {
        fc.pre(column === column.trim() && !column.includes('  '))
        fc.pre(!/^(?:it|something|some|several|enough|_+)$/i.test(column))
        const sentence = `Sort rows by "${column}" from low to high.`
        expect(readStep(sentence)?.slots['column']).toBe(column)
      }),
    )
  })

  test('with more than its form says is not read', () => {
    expect(readStep('Sort rows by "Gold" from low to high using the result of step 9.')).toBeNull()
    expect(readStep('Sort_twice rows by "Gold" from low to high.')).toBeNull()
  })

  test.each([
    [
      'Answer with "Nation" of the step "Gold".',
      'higher',
      { key: 'Nation', which: '', column: 'Gold' },
    ],
    ['Answer with "Nation".', 'pick', { column: 'Nation', row: '' }],
    ['Find rows where "Year" is .', 'find', { column: 'Year', comparison: 'is', value: '' }],
    ['Count rows where is above "12".', 'count', { column: '', comparison: 'above', value: '12' }],
  ])('of which something is left is read as that: %s', (sentence, op, slots) => {
    expect(readStep(sentence)).toEqual({ op, slots })
  })

  test('that lost its column has a hole', () => {
    expect(readStep('Sort rows from low to high.')).toEqual({
      op: 'sort',
      slots: { column: '', order: 'low to high' },
    })
  })
})

describe('the first difference of two plans', () => {
  const read = (...sentences: readonly string[]) =>
    sentences.flatMap((sentence) => readStep(sentence) ?? [])
  const plan = read('Sort rows by "Gold" from high to low.', 'Answer with "Nation" of row 1.')

  test('is none between a plan and itself', () => expect(firstDifference(plan, plan)).toBeNull())

  test('names step and slot', () => {
    const other = read('Sort rows by "Gold" from high to low.', 'Answer with "Nation" of row 2.')
    expect(firstDifference(plan, other)).toEqual({ number: 2, slot: 'row' })
  })

  test('is a step that only one of them has', () => {
    expect(firstDifference(plan, plan.slice(0, 1))).toEqual({ number: 2, slot: null })
  })

  test('is none in a slot that one of them does not state', () => {
    const find = { op: 'find', slots: { comparison: 'is', value: 'Italy' } } as const
    const found = { op: 'find', slots: { ...find.slots, column: 'Nation' } } as const
    expect(firstDifference([find], [found])).toBeNull()
    expect(firstDifference([found], [find])).toBeNull()
  })
})

test('a column is exchanged where it stands as a column, not where it stands as a value', () => {
  const step = { op: 'find', slots: { column: 'Gold', comparison: 'is', value: 'Gold' } } as const
  expect(withColumn([step], 'Gold', 'Iron')[0]?.slots).toMatchObject({
    column: 'Iron',
    value: 'Gold',
  })
})
