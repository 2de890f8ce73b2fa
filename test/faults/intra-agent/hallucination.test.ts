import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { textOf, toolCallsOf } from '../../../core/messages.js'
import type { SiteFacts } from '../../../core/site.js'
import { hallucination } from '../../../faults/intra-agent/hallucination.js'
import { siteWith } from '../site.js'

const tool = (content: string) => new ToolMessage({ content, tool_call_id: '1' })

function told(
  message: AIMessage | ToolMessage,
  facts: Partial<SiteFacts> = {},
  parameters: Readonly<Record<string, number>> = {},
): string | null {
  const after = hallucination.inject(message, siteWith(facts, parameters))
  return after && textOf(after)
}

const seeds = Array.from({ length: 20 }, (_, n) => n + 1)

describe('hallucination', () => {
  test.each([
    [
      'moves a number by the shift',
      'It costs 40 EUR.',
      { shift: 0.5 },
      ['It costs 60 EUR.', 'It costs 20 EUR.'],
    ],
    [
      'moves a small number by one at least, but not to one of several',
      'It has 2 doors.',
      { shift: 0.05 },
      ['It has 3 doors.'],
    ],
    [
      'keeps decimals',
      'It is 2.50 deep.',
      { shift: 0.1 },
      ['It is 2.75 deep.', 'It is 2.25 deep.'],
    ],
    [
      'keeps thousands separators',
      'It holds 1,000.',
      { shift: 0.5 },
      ['It holds 1,500.', 'It holds 500.'],
    ],
    [
      'keeps a Unicode minus',
      'It was −10 there.',
      { shift: 0.5 },
      ['It was −15 there.', 'It was −5 there.'],
    ],
    ['keeps a percentage below 100', 'It is 90% full.', { shift: 0.3 }, ['It is 63% full.']],
    [
      'replaces a rank by a neighbour',
      'It came third.',
      {},
      ['It came fourth.', 'It came second.'],
    ],
    ['turns a comparator round', 'Take the highest bid.', {}, ['Take the lowest bid.']],
    [
      'turns a phrase that sorts round',
      'Sort them from high to low.',
      {},
      ['Sort them from low to high.'],
    ],
    [
      'turns a yes into a no when nothing else fits',
      'The door is open.',
      {},
      ['The door is not open.'],
    ],
  ] as const)('%s', (_, before, parameters, expected) => {
    const found = seeds.map((seed) => told(tool(before), {}, { ...parameters, seed }))
    expect(new Set(found)).toEqual(new Set(expected))
  })

  test('moves a year by one to five', () => {
    for (const seed of seeds) {
      const year = Number(told(tool('It opened in 1996.'), {}, { seed })?.match(/\d+/)?.[0])
      expect(Math.abs(year - 1996)).toBeGreaterThanOrEqual(1)
      expect(Math.abs(year - 1996)).toBeLessThanOrEqual(5)
    }
  })

  test('moves a date to another day of its month', () => {
    expect(told(tool('It opened on 12 March 1996.'))).toMatch(
      /^It opened on (?!12)\d+ March 1996\.$/,
    )
  })

  test('takes a cell from the same column, at every place and not in the header', () => {
    const table = 'Italy | Gold\nItaly | 12\nNorway | 7\nItaly | 3'
    const facts = { later: 'Italy' }
    expect(told(tool(table), facts)).toBe('Italy | Gold\nNorway | 12\nNorway | 7\nNorway | 3')
  })

  test('takes a cell from another column only when its own has no other', () => {
    const facts = { taskText: 'Oslo', later: 'Rome Oslo', elsewhere: 'Bonn | 9' }
    expect(told(tool('Rome | Blue house | 3\nOslo | Red house | 7'), facts)).toBe(
      'Bonn | Blue house | 3\nOslo | Red house | 7',
    )
  })

  test('prefers the news of a tool to what repeats the question', () => {
    const facts = { taskText: 'What is the total of "Gold"?', later: 'The Gold is 46.' }
    for (const seed of seeds) {
      const after = told(tool('The total of "Gold" is 46.'), facts, { seed })
      expect(after).toMatch(/^The total of "Gold" is (?!46)\d+\.$/)
    }
  })

  test('changes a name also where a sentence starts with it', () => {
    const text = 'It lies near Rome.\nRome is old.\nThat is not Bonn.'
    expect(told(tool(text), { later: 'Rome' })).toBe(
      'It lies near Bonn.\nBonn is old.\nThat is not Bonn.',
    )
  })

  test('takes no number that stands beside the true one', () => {
    for (const seed of seeds) {
      expect(told(tool('Pay 3 or 4.'), {}, { seed })).toMatch(/^Pay (?:2 or 4|3 or 5)\.$/)
    }
  })

  test('takes no word that stands beside the true one', () => {
    const facts = { later: 'Italy', elsewhere: 'Then Norway met France.' }
    for (const seed of seeds) {
      expect(told(tool('Then Italy met France.'), facts, { seed })).toBe('Then Norway met France.')
    }
  })

  test('never only swaps two facts, which would state the same facts', () => {
    for (const seed of seeds) {
      const after = told(tool('Rome | 1\nOslo | 1'), { later: 'Rome Oslo' }, { facts: 2, seed })
      expect(after).not.toBe('Oslo | 1\nRome | 1')
    }
  })

  test('moves a month by its year', () => {
    for (const seed of seeds) {
      const after = told(tool('It opened in March 1996.'), {}, { seed })
      const year = Number(after?.match(/^It opened in March (\d{4})\.$/)?.[1])
      expect([1997, 1998, 1999, 2000, 2001]).toContain(year)
    }
  })

  test('leaves a longer cell with the same word alone', () => {
    const table = 'Name | Gold\nKorea | 12\nSouth Korea | 7'
    expect(told(tool(table), { later: 'Korea' })).toBe(
      'Name | Gold\nSouth Korea | 12\nSouth Korea | 7',
    )
  })

  test('changes nothing but the fact in a plan', () => {
    const plan = '```ops\n1. Find rows where "Year" is "1996".\n2. Sort rows by "Gold".\n```'
    expect(told(new AIMessage(plan), { later: '1996' }, { seed: 3 })).toMatch(
      /^```ops\n1\. Find rows where "Year" is "(?!1996)\d{4}"\.\n2\. Sort rows by "Gold"\.\n```$/,
    )
  })

  test('keeps JSON parseable and the type of its numbers', () => {
    const json = '{"rows":[{"name":"Italy","gold":12},{"name":"Norway","gold":7}]}'
    const after = JSON.parse(told(tool(json), { later: '12' }, { shift: 0.5 }) ?? '')
    expect([18, 6]).toContain(after.rows[0].gold)
    expect(after).toEqual({
      rows: [
        { name: 'Italy', gold: after.rows[0].gold },
        { name: 'Norway', gold: 7 },
      ],
    })
  })

  test('takes a word for a lone value from what others could read', () => {
    expect(told(new AIMessage('Italy'), { elsewhere: 'Norway | 7' })).toBe('Norway')
  })

  test('prefers what was used later, with a form that nobody knows', () => {
    const facts = { taskText: 'Is it 28 or 52?', later: 'So 40.' }
    for (const seed of seeds) {
      const after = told(tool('It costs 40. It weighs 9.'), facts, { seed })
      expect(after).toMatch(/^It costs (?!40|28|52)\d+\. It weighs 9\.$/)
    }
  })

  test('falsifies as many facts as it is told to', () => {
    expect(told(tool('It costs 40. It weighs 9.'), {}, { facts: 2 })).toMatch(
      /^It costs (?!40)\d+\. It weighs (?!9)\d+\.$/,
    )
  })

  test('keeps tool calls and the id of a message', () => {
    const tool_calls = [{ id: 'c', name: 'find', args: { year: 1996 } }]
    const message = new AIMessage({ id: 'm', content: 'It opened in 1996.', tool_calls })
    const after = hallucination.inject(message, siteWith())
    expect(after?.id).toBe('m')
    expect(after && toolCallsOf(after)).toEqual(tool_calls)
  })

  test.each([
    ['there is nothing to falsify', tool('Well done'), {}],
    [
      'there is no text',
      new AIMessage({ content: '', tool_calls: [{ name: 'f', args: { n: 12 } }] }),
      {},
    ],
    ['nobody gets the message', new AIMessage('It costs 40 EUR.'), { handsOver: false }],
    ['the only fact is protected', tool('It costs 40 EUR.'), { protect: ['40 EUR'] }],
    ['the only fact is in a rule about the form', tool('Reply with 3 words.'), {}],
    ['the only yes is protected', tool('The door is open.'), { protect: ['door is open'] }],
    ['both of two opposites are told', tool('Come before or after noon.'), {}],
    ['a person speaks', new HumanMessage('It costs 40 EUR.') as unknown as AIMessage, {}],
  ] as const)('does nothing when %s', (_, message, facts) => {
    expect(told(message, facts)).toBeNull()
  })
})

describe('a hallucination matters', () => {
  const change = { before: tool('It costs 40 EUR.'), after: tool('It costs 52 EUR.') }

  test.each([
    ['when the true form was used and the false one is new', { later: 'So 40.' }, true],
    ['unless the true form was not used', { later: 'So be it.' }, false],
    ['unless the task names the false form', { later: 'So 40.', taskText: 'Pay 52.' }, false],
    ['unless the baseline used the false form too', { later: 'So 40, not 52.' }, false],
  ])('%s', (_, facts, expected) => {
    expect(hallucination.effect(change, siteWith(facts))).toBe(expected)
  })

  test.each([
    ['when the truth is told elsewhere', { elsewhere: 'Tickets: 40 EUR' }, true],
    ['when somebody can be asked', { canAsk: 'peer' as const }, true],
    [
      'when a tool may tell it again',
      { tools: [{ name: 'f', description: '', schema: {} }] },
      true,
    ],
    ['not otherwise', { elsewhere: 'Tickets: 52 EUR' }, false],
  ])('and can be recovered from %s', (_, facts, expected) => {
    expect(hallucination.recoverable(change, siteWith(facts))).toBe(expected)
  })

  test('does not take a word in capitals for a name', () => {
    const elsewhere = 'You may write a line that starts with QUESTION and ships from Oslo.'
    for (const seed of seeds) {
      const after = told(
        new AIMessage('Ship it from Riga, please.'),
        { elsewhere, later: 'Shipped from Riga.', taskText: '' },
        { seed },
      )
      expect(after).not.toMatch(/QUESTION/)
    }
  })
})
