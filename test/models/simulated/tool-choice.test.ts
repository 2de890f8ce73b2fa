import { describe, expect, test } from 'vitest'
import { rng } from '../../../core/draw.js'
import { type OfferedTool, readTool } from '../../../models/simulated/offered-tools.js'
import { rowsWish, wishFor } from '../../../models/simulated/tables/requests.js'
import { readStep, type Step } from '../../../models/simulated/tables/steps.js'
import { chooseCall } from '../../../models/simulated/tool-choice.js'
import { offered } from './tables/little-tables.js'

const toolsOf = (given: readonly unknown[]): readonly OfferedTool[] =>
  given.flatMap((tool) => readTool(tool) ?? [])

const step = (sentence: string): Step => readStep(sentence) ?? { op: 'pick', slots: {} }

const wanted = [
  [
    'Find rows where "Nation" is not "Italy".',
    { column: 'Nation', comparison: 'is not', value: 'Italy' },
    'find_rows',
  ],
  [
    'Sort rows by "Gold" from low to high.',
    { column: 'Gold', order: 'low to high', limit: 3 },
    'sort_rows',
  ],
  [
    'Count rows where "Gold" is above "12".',
    { column: 'Gold', comparison: 'above', value: '12' },
    'count_rows',
  ],
  ['Compute the total of "Gold".', { column: 'Gold' }, 'total'],
] as const

describe('the tool for a step', () => {
  test.each(wanted)('%s', (sentence, args, name) => {
    expect(chooseCall(wishFor(step(sentence), 3), toolsOf(offered))).toEqual({ name, args })
  })

  test('is the same whatever the order in which tools are offered', () => {
    for (let seed = 0; seed < 20; seed++) {
      const tools = toolsOf(rng('shuffle', seed).shuffle(offered))
      for (const [sentence, args, name] of wanted) {
        expect(chooseCall(wishFor(step(sentence), 3), tools)).toEqual({ name, args })
      }
    }
  })

  test('is the same of two that are described alike', () => {
    const alike = ['sum_b', 'sum_a'].map((name) => ({
      name,
      description: 'The total of a column.',
      parameters: { properties: { column: { type: 'string' } }, required: ['column'] },
    }))
    const call = (given: readonly unknown[]) =>
      chooseCall(wishFor(step('Compute the total of "Gold".'), 3), toolsOf(given))?.name
    expect(call(alike)).toBe(call(alike.toReversed()))
  })

  test('is found under other names by what is said of it', () => {
    const tool = (name: string, description: string, properties: object) => ({
      name,
      description,
      parameters: { type: 'object', properties, required: Object.keys(properties) },
    })
    const tools = toolsOf([
      tool('lookup', 'Find rows whose cell compares with a given text.', {
        c: { type: 'string', description: 'the text to compare the cells with' },
        a: { type: 'string', description: 'the name of the column' },
        b: { type: 'string', enum: ['is', 'is_not', 'above'], description: 'the comparison' },
      }),
      tool('ranking', 'Sort rows by the numbers of a column.', {
        field: { type: 'string' },
        direction: { type: 'string', enum: ['ascending', 'descending'] },
        top: { type: 'integer', maximum: 2 },
      }),
      tool('sum', 'The total of all numbers in a column.', { header: { type: 'string' } }),
    ])
    const call = (sentence: string) => chooseCall(wishFor(step(sentence), 3), tools)
    expect(call('Find rows where "Nation" is not "Italy".')).toEqual({
      name: 'lookup',
      args: { c: 'Italy', a: 'Nation', b: 'is_not' },
    })
    expect(call('Sort rows by "Gold" from high to low.')).toEqual({
      name: 'ranking',
      args: { field: 'Gold', direction: 'descending', top: 2 },
    })
    expect(call('Compute the total of "Gold".')).toEqual({ name: 'sum', args: { header: 'Gold' } })
  })

  test('is none when no tool shares a word or can be filled', () => {
    const mail = {
      name: 'send_mail',
      description: 'Send a letter.',
      parameters: { type: 'object', properties: {} },
    }
    expect(chooseCall(rowsWish(1, 3), toolsOf([mail]))).toBeNull()
    const sort = {
      name: 'sort_rows',
      parameters: { properties: { when: { type: 'boolean' } }, required: ['when'] },
    }
    expect(
      chooseCall(wishFor(step('Sort rows by "Gold" from low to high.'), 3), toolsOf([sort])),
    ).toBeNull()
  })

  test('reads rows from one number to another', () => {
    expect(chooseCall(rowsWish(2, 5), toolsOf(offered))).toEqual({
      name: 'read_rows',
      args: { from: 2, to: 5 },
    })
  })
})

test.each([null, 7, 'tool', {}, { function: {} }, { name: 3 }])('%j is no tool', (given) => {
  expect(readTool(given)).toBeNull()
})
