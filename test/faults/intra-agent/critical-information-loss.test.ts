import { AIMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { textOf } from '../../../core/messages.js'
import type { SiteFacts } from '../../../core/site.js'
import { criticalInformationLoss } from '../../../faults/intra-agent/critical-information-loss.js'
import { siteWith } from '../site.js'

const tool = (content: string) => new ToolMessage({ content, tool_call_id: '1' })

function told(
  message: AIMessage | ToolMessage,
  facts: Partial<SiteFacts> = {},
  parameters: Readonly<Record<string, number>> = { facts: 1 },
): string | null {
  const after = criticalInformationLoss.inject(message, siteWith(facts, parameters))
  return after && textOf(after)
}

describe('critical-information-loss', () => {
  test.each([
    [
      'a number with its preposition',
      'Book a room for 40 EUR in Rome.',
      '40',
      'Book a room in Rome.',
    ],
    [
      'a quoted string with its marks',
      'Sort rows by "Gold" from high to low.',
      'Gold',
      'Sort rows from high to low.',
    ],
    [
      'the first entry of a list',
      'It has "Gold" (number), "Year" (number), "City" (text).',
      'Gold',
      'It has "Year" (number), "City" (text).',
    ],
    [
      'the last entry of a list',
      'It has "Gold" (number), "Year" (number), "City" (text).',
      'City',
      'It has "Gold" (number), "Year" (number).',
    ],
    ['a price of the only sentence', 'It costs 40 EUR.', '40', 'It costs some money.'],
    ['the first word of a sentence', '6 rows match in Rome.', '6', 'Rows match in Rome.'],
    [
      'an entry of a list with what is said about it',
      'It has "Gold" (number), "Year" (number), "City" (text).',
      'Year',
      'It has "Gold" (number), "City" (text).',
    ],
    [
      'a comparator',
      'Sort rows by "Gold" from high to low.',
      'high to low',
      'Sort rows by "Gold".',
    ],
    ['a bound with its number', 'Take at least 12 boxes to Rome.', '12', 'Take boxes to Rome.'],
    [
      'a sentence that says nothing else',
      'It costs 40. It lies in Rome.',
      '40',
      'It lies in Rome.',
    ],
    [
      'an item that says nothing else',
      '- It costs 40.\n- It lies in Rome.\n',
      'Rome',
      '- It costs 40.\n',
    ],
    ['the last line', 'It costs 40.\nIt lies in Rome.', 'Rome', 'It costs 40.'],
    [
      'the value of a field, but not its key',
      'Price: 40 EUR\nIt lies in Rome.',
      '40',
      'Price:\nIt lies in Rome.',
    ],
    [
      'a cell, but not its column',
      'City | Beds\nRome | 12\nOslo | 7',
      '12',
      'City | Beds\nRome | \nOslo | 7',
    ],
    ['a fact at every place', 'Rome | 12\nOslo | 12', '12', 'Rome | \nOslo | '],
    ['a key of JSON', '{"city":"Rome","beds":12}', '12', '{"city":"Rome"}'],
    [
      'a part of a value of JSON',
      '{"note":"It costs 40 EUR in Rome."}',
      '40',
      '{"note":"It costs some money in Rome."}',
    ],
  ])('takes away %s', (_, before, later, after) => {
    expect(told(tool(before), { later })).toBe(after)
  })

  test('takes a row away only when all its cells go', () => {
    const table = 'City | Beds\nRome | 12\nOslo | 7'
    expect(told(tool(table), { later: 'Rome 12' }, { facts: 2 })).toBe('City | Beds\nOslo | 7')
  })

  test('takes two facts away when it is told nothing', () => {
    expect(told(tool('Rome | 12 | 1996\nOslo | 7 | 2000'), { later: 'Rome 12' }, {})).toBe(
      ' |  | 1996\nOslo | 7 | 2000',
    )
  })

  test('prefers the news of a tool to what repeats the question', () => {
    const facts = { taskText: 'What is the total of "Gold"?', later: 'The Gold is 46.' }
    for (let seed = 1; seed <= 20; seed++) {
      const after = told(tool('The total of "Gold" is 46.'), facts, { facts: 1, seed })
      expect(after).toBe('The total of "Gold" is known.')
    }
  })

  test('prefers what was used later', () => {
    for (let seed = 1; seed <= 20; seed++) {
      expect(told(tool('It costs 40. It lies in Rome.'), { later: '40' }, { facts: 1, seed })).toBe(
        'It lies in Rome.',
      )
    }
  })

  test.each([
    ['nothing would be left', tool('Rome'), {}],
    ['nothing would be left in a block', new AIMessage('```answer\nRome\n```'), {}],
    ['nothing would be left of a table but its header', tool('City | Beds\nRome | Rome'), {}],
    ['there is no fact', tool('Well done, all of you.'), {}],
    [
      'there is no text',
      new AIMessage({ content: '', tool_calls: [{ name: 'f', args: { n: 12 } }] }),
      {},
    ],
    ['nobody gets the message', new AIMessage('It costs 40 EUR here.'), { handsOver: false }],
    ['the only fact is protected', tool('It costs 40 EUR here.'), { protect: ['40 EUR'] }],
    ['the only facts are code', tool('```js\nreturn fee(12);\n```'), {}],
  ] as const)('does nothing when %s', (_, message, facts) => {
    expect(told(message, facts)).toBeNull()
  })
})

describe('a loss matters', () => {
  const change = { before: tool('It costs 40 EUR in Rome.'), after: tool('It costs in Rome.') }

  test('when what is lost was used', () => {
    expect(criticalInformationLoss.effect(change, siteWith({ later: 'Paid 40.' }))).toBe(true)
  })

  test('unless nobody used it', () => {
    expect(criticalInformationLoss.effect(change, siteWith({ later: 'In Rome.' }))).toBe(false)
  })

  test('unless the text still tells it in another way', () => {
    const after = tool('It costs 40 USD in Rome.')
    const site = siteWith({ later: 'Paid 40.' })
    expect(criticalInformationLoss.effect({ ...change, after }, site)).toBe(false)
  })

  test.each([
    ['when it is told elsewhere', { elsewhere: 'Price: 40' }, true],
    ['when somebody can be asked', { canAsk: 'peer' as const }, true],
    ['not otherwise', {}, false],
  ])('and can be recovered from %s', (_, facts, expected) => {
    expect(criticalInformationLoss.recoverable(change, siteWith(facts))).toBe(expected)
  })
})
