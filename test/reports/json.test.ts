import { expect, test } from 'vitest'
import { summarySchema } from '../../core/schemas/summary.js'
import { json } from '../../reports/json.js'
import { cell, example, summaryOf } from './summary.js'

const render = (summary = example) =>
  json.render(summary, { width: 80, colour: false, faults: [], folder: null })

test('it is the summary, whole and valid', () => {
  expect(summarySchema.parse(JSON.parse(render()))).toEqual(example)
})

test('keys are sorted, so equal summaries are equal bytes', () => {
  const reversed = Object.fromEntries(Object.entries(example).reverse())
  expect(render(reversed as typeof example)).toBe(render())
  expect(Object.keys(JSON.parse(render()))).toEqual(Object.keys(example).sort())
})

test('characters that a terminal would obey are written as escapes', () => {
  const name = 'a\u009b2J\u202e\u{e0041}'
  const text = render(summaryOf({ cells: [cell('hallucination', 1, { system: name })] }))
  expect(text).toContain('"a\\u009b2J\\u202e\\udb40\\udc41"')
  expect(JSON.parse(text).cells[0].system).toBe(name)
})

test('five hundred cells stay below one megabyte', () => {
  const cells = Array.from({ length: 500 }, () => cell('message-broadcast-amplification', 11))
  expect(render(summaryOf({ cells })).length).toBeLessThan(1_000_000)
})
