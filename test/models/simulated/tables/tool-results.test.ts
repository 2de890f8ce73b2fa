import { describe, expect, test } from 'vitest'
import { readToolResult } from '../../../../models/simulated/tables/tool-results.js'

describe('the result of a tool is read', () => {
  test.each([
    ['5 rows match.', { kind: 'count', value: '5' }],
    ['1 row matches.', { kind: 'count', value: '1' }],
    ['No rows match.', { kind: 'no-rows' }],
    ['The total of "Gold" is −1,046.5.', { kind: 'total', value: '−1,046.5' }],
    [
      'There is no column "Golds". Columns: "Nation", "Gold".',
      { kind: 'unknown-column', column: 'Golds', columns: ['Nation', 'Gold'] },
    ],
    ['Column "Nation" is not a number column.', { kind: 'not-numbers', column: 'Nation' }],
    ['Rows 20 to 40 do not exist. The table has 12 rows.', { kind: 'refused' }],
    ['Invalid arguments for total: column is missing.', { kind: 'refused' }],
    ['The limit of 20 tool calls is reached.', { kind: 'limit' }],
    ['Oops', { kind: 'unread' }],
    ['', { kind: 'unread' }],
  ])('%s', (text, expected) => expect(readToolResult(text)).toEqual(expected))

  test('columns come with their types and the number of rows', () => {
    expect(readToolResult('Columns: "Nation" (text), "Gold" (number). 12 rows.')).toEqual({
      kind: 'columns',
      columns: [
        { name: 'Nation', type: 'text' },
        { name: 'Gold', type: 'number' },
      ],
      rowCount: 12,
    })
  })

  test('a row that lost a cell is told from one whose cell is empty', () => {
    expect(readToolResult('Nation | Gold\nItaly | 12\nSpain |\nMalta')).toEqual({
      kind: 'rows',
      table: {
        header: ['Nation', 'Gold'],
        rows: [
          ['Italy', '12'],
          ['Spain', ''],
        ],
      },
      torn: ['Malta'],
    })
  })
})
