import { AIMessage, type ToolMessage } from '@langchain/core/messages'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparisons } from '../../../scenarios/table-qa/comparison.js'
import { solve } from '../../../scenarios/table-qa/solution.js'
import { tableNamed } from '../../../scenarios/table-qa/tables.js'
import { questionOf, tasks } from '../../../scenarios/table-qa/tasks.js'
import { tableTools } from '../../../scenarios/table-qa/tools.js'
import { sample } from './sample.js'

const tools = tableTools(sample)

/** What LangGraph's tool node makes of a call. */
async function called(name: string, args: unknown, offered = tools): Promise<ToolMessage> {
  const call = { id: 'c1', name, args: args as Record<string, unknown>, type: 'tool_call' as const }
  const message = new AIMessage({ content: '', tool_calls: [call] })
  const { messages } = await new ToolNode([...offered]).invoke({ messages: [message] })
  return messages[0]
}

describe('a tool', () => {
  test.each([
    [
      'list_columns',
      {},
      'Columns: "Nation" (text), "Continent" (text), "Gold" (number), "Change" (number). 4 rows.',
    ],
    [
      'read_rows',
      { from: 2, to: 3 },
      'Nation | Continent | Gold | Change\nJapan | Asia | 1,012 | 0.2\nSpain | Europe | 7 | −3',
    ],
    [
      'find_rows',
      { column: 'Gold', comparison: 'at least', value: '1,000' },
      'Nation | Continent | Gold | Change\nJapan | Asia | 1,012 | 0.2',
    ],
    ['find_rows', { column: 'Nation', comparison: 'is', value: 'Chile' }, 'No rows match.'],
    [
      'sort_rows',
      { column: 'Gold', order: 'low to high', limit: 2 },
      'Nation | Continent | Gold | Change\nSpain | Europe | 7 | −3\nKenya | Asia | 7 | 4',
    ],
    [
      'sort_rows',
      { column: 'Change', order: 'high to low', limit: 1 },
      'Nation | Continent | Gold | Change\nKenya | Asia | 7 | 4',
    ],
    ['count_rows', { column: 'Gold', comparison: 'below', value: '12' }, '2 rows match.'],
    ['count_rows', { column: 'Gold', comparison: 'at least', value: '12' }, '2 rows match.'],
    ['count_rows', { column: 'Gold', comparison: 'at most', value: '12' }, '3 rows match.'],
    ['count_rows', { column: 'Gold', comparison: 'is', value: '1012' }, '1 rows match.'],
    ['count_rows', { column: 'Nation', comparison: 'is not', value: ' Italy' }, '3 rows match.'],
    ['count_rows', { column: 'Change', comparison: 'above', value: '-3' }, '3 rows match.'],
    ['total', { column: 'Gold' }, 'The total of "Gold" is 1038.'],
    ['total', { column: ' Change ' }, 'The total of "Change" is 1.3.'],
  ])('%s of %o works', async (name, args, text) => {
    const message = await called(name, args)
    expect(message.text).toBe(text)
    expect(message).toMatchObject({ status: 'success', name, tool_call_id: 'c1' })
  })

  const condition = { column: 'Gold', comparison: 'is', value: '7' }
  const invalid = 'Invalid arguments for'
  test.each([
    [
      'total',
      { column: 'Golds' },
      'There is no column "Golds". Columns: "Nation", "Continent", "Gold", "Change".',
    ],
    ['total', { column: 'Nation' }, 'Column "Nation" is not a number column.'],
    [
      'sort_rows',
      { column: 'Nation', order: 'high to low', limit: 1 },
      'Column "Nation" is not a number column.',
    ],
    [
      'count_rows',
      { ...condition, column: 'Nation', comparison: 'above' },
      'Column "Nation" is not a number column.',
    ],
    [
      'find_rows',
      { ...condition, column: 'gold' },
      'There is no column "gold". Columns: "Nation", "Continent", "Gold", "Change".',
    ],
    ['read_rows', { from: 3, to: 40 }, 'Rows 3 to 40 do not exist. The table has 4 rows.'],
    ['read_rows', { from: 3, to: 2 }, 'Rows 3 to 2 do not exist. The table has 4 rows.'],
    [
      'read_rows',
      { from: 0, to: 2 },
      `${invalid} read_rows: from must be an integer from 1 to 1000.`,
    ],
    [
      'read_rows',
      { from: 1.5, to: 2 },
      `${invalid} read_rows: from must be an integer from 1 to 1000.`,
    ],
    ['read_rows', { from: 1 }, `${invalid} read_rows: to is missing.`],
    ['total', { column: 7 }, `${invalid} total: column must be a non-empty string.`],
    ['total', { column: '' }, `${invalid} total: column must be a non-empty string.`],
    ['total', { column: null }, `${invalid} total: column must be a non-empty string.`],
    ['total', { columns: 'Gold' }, `${invalid} total: column is missing.`],
    ['total', { column: 'Gold', row: 1 }, `${invalid} total: row is unknown.`],
    ['list_columns', { table: 1 }, `${invalid} list_columns: table is unknown.`],
    [
      'sort_rows',
      { column: 'Gold', order: 'up', limit: 99 },
      `${invalid} sort_rows: order must be one of "high to low", "low to high".`,
    ],
    [
      'sort_rows',
      { column: 'Gold', order: 'low to high', limit: 31 },
      `${invalid} sort_rows: limit must be an integer from 1 to 30.`,
    ],
    [
      'count_rows',
      { ...condition, comparison: 'above', value: 'many' },
      `${invalid} count_rows: value must be a number.`,
    ],
    ['total', '{"column": "Gold"', `${invalid} total: the arguments are not valid JSON.`],
    ['total', ['Gold'], `${invalid} total: the arguments are not valid JSON.`],
    ['total', undefined, `${invalid} total: the arguments are not valid JSON.`],
  ])('%s of %o says what would be right', async (name, args, text) => {
    const message = await called(name, args)
    expect(message.text).toBe(text)
    expect(message).toMatchObject({ status: 'error', name, tool_call_id: 'c1' })
  })

  test('answers bare arguments with bare words', async () => {
    const total = tools.find(({ name }) => name === 'total')
    expect(await total?.invoke({ column: 'Gold' })).toBe('The total of "Gold" is 1038.')
    expect(await total?.invoke({})).toBe('Invalid arguments for total: column is missing.')
  })

  test('never throws, whatever it is called with', async () => {
    const name = fc.constantFrom(...tools.map((tool) => tool.name))
    const field = fc.constantFrom('column', 'comparison', 'value', 'from', 'to', 'order', 'limit')
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('Gold', 'Nation', 'is', 'above', 1, 4))
    const args = fc.oneof(fc.jsonValue(), fc.dictionary(field, value))
    await fc.assert(
      fc.asyncProperty(name, args, async (tool, given) => {
        const { text } = await called(tool, given)
        expect(text).not.toMatch(/^Error|Please fix|schema/)
        expect(text).not.toBe('')
      }),
      { numRuns: 300 },
    )
  })

  test('counts what it finds', async () => {
    const asked = fc.record({
      column: fc.constantFrom('Gold', 'Change', 'Nation'),
      comparison: fc.constantFrom(...comparisons),
      value: fc.constantFrom('7', '12', '0.1', '-3', 'Italy'),
    })
    await fc.assert(
      fc.asyncProperty(asked, async (args) => {
        const [found, counted] = [await called('find_rows', args), await called('count_rows', args)]
        if (found.status === 'error') {
          expect(counted.text).toBe(found.text.replace('find_rows', 'count_rows'))
          return
        }
        expect(counted.text).toBe(`${found.text.split('\n').length - 1} rows match.`)
      }),
    )
  })
})

describe('the tools', () => {
  test('describe their arguments completely', () => {
    for (const { schema, name } of tools) {
      expect(schema, name).toMatchObject({ type: 'object', additionalProperties: false })
      const { properties = {}, required = [] } = schema as {
        properties?: Record<string, unknown>
        required?: string[]
      }
      expect(Object.keys(properties)).toEqual(required)
    }
  })

  test('lead to the right answers', async () => {
    for (const task of tasks({ count: 70, seed: 3 })) {
      const question = questionOf(task)
      const table = tableNamed(question.table)
      const offered = tableTools(table)
      const column = question.number
      const answer = solve(question, table) ?? ''
      if (question.type === 'total') {
        const { text } = await called('total', { column }, offered)
        expect(text).toBe(`The total of "${column}" is ${answer}.`)
      }
      if (question.type === 'count') {
        const value = String(question.above)
        const { text } = await called('count_rows', { column, comparison: 'above', value }, offered)
        expect(text).toBe(`${answer} rows match.`)
      }
      if (question.type === 'most' || question.type === 'nth') {
        const order = question.direction === 'high' ? 'high to low' : 'low to high'
        const limit = question.type === 'nth' ? question.rank : 1
        const { text } = await called('sort_rows', { column, order, limit }, offered)
        const at = table.columns.findIndex(({ name }) => name === question.key)
        expect(text.split('\n')[limit]?.split(' | ')[at]).toBe(answer)
      }
    }
  })
})
