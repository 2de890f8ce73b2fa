import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fits, type JsonSchema } from '../../../core/json-schema.js'
import { textOf, toolCallsOf } from '../../../core/messages.js'
import type { SiteFacts } from '../../../core/site.js'
import { toolSelectionError } from '../../../faults/intra-agent/tool-selection-error.js'
import { siteWith } from '../site.js'

const tool = (name: string, properties: JsonSchema['properties'] = {}) => ({
  ...{ name, description: '' },
  schema: { type: 'object', properties, required: Object.keys(properties) },
})
const text = { type: 'string' } as const
const find = tool('find_rows', { column: text, value: text })
const count = tool('count_rows', { column: text, value: text })
const args = { column: 'City', value: 'Rome' }
const calling = (given: Readonly<Record<string, unknown>> = args, name = 'find_rows') =>
  new AIMessage({ id: 'm', content: 'I look.', tool_calls: [{ id: 'c', name, args: given }] })
const seeds = Array.from({ length: 10 }, (_, n) => n + 1)

function made(
  message: AIMessage | ToolMessage,
  facts: Partial<SiteFacts> = {},
  seed = 1,
): AIMessage | ToolMessage | null {
  return toolSelectionError.inject(message, siteWith({ tools: [find, count], ...facts }, { seed }))
}
const callOf = (...given: Parameters<typeof made>) => {
  const after = made(...given)
  return after && toolCallsOf(after)[0]
}

describe('tool-selection-error', () => {
  test('calls the tool that takes most of the same arguments, with the same id', () => {
    const tools = [tool('list_tables'), find, tool('sort_rows', { column: text }), count]
    for (const seed of seeds) {
      expect(callOf(calling(), { tools }, seed)).toMatchObject({
        id: 'c',
        name: 'count_rows',
        args,
      })
    }
  })

  test('fills in what the other tool needs besides', () => {
    const tools = [find, tool('page', { column: text, limit: { type: 'integer' } })]
    expect(callOf(calling(), { tools, elsewhere: 'It has 12 rows.' })).toMatchObject({
      name: 'page',
      args: { column: 'City', limit: 12 },
    })
  })

  test('makes a call that the other tool takes', () => {
    const schema = fc.constantFrom<JsonSchema>(
      text,
      { type: 'integer', minimum: 2, maximum: 5 },
      { enum: ['up', 'down'] },
      { type: 'string', pattern: '^[A-Z]\\d$' },
    )
    const properties = fc.dictionary(fc.constantFrom('column', 'limit', 'order'), schema)
    fc.assert(
      fc.property(properties, properties, fc.integer(), (one, two, seed) => {
        const tools = [find, tool('one', one), tool('two', two)]
        const call = callOf(calling(), { tools, elsewhere: 'Rome has 3 rows in "B2".' }, seed)
        const other = tools.find(({ name }) => name === call?.name)
        if (call) expect(other && fits(other.schema, call.args)).toBe(true)
        expect(call?.name).not.toBe('find_rows')
      }),
    )
  })

  test('takes the next call when there is no other tool for the first', () => {
    const given = [
      { id: 'c', name: 'find_rows', args },
      { id: 'd', name: 'count_rows', args },
    ]
    const message = new AIMessage({ content: '', tool_calls: given })
    const after = made(message, { tools: [tool('transfer_to_clerk'), count, find] })
    expect(after && toolCallsOf(after).map(({ id, name }) => [id, name])).toEqual([
      ['c', 'count_rows'],
      ['d', 'count_rows'],
    ])
  })

  test.each([
    ['in brackets', 'I look:\nfind_rows[Rome]', 'I look:\ncount_rows[Rome]'],
    [
      'in a fenced block',
      '```json\n{"name":"find_rows","args":{"column":"City","value":"Rome"}}\n```',
      '```json\n{"name":"count_rows","args":{"column":"City","value":"Rome"}}\n```',
    ],
  ])('changes a call in the text: %s', (_, before, expected) => {
    const facts = { taskText: 'Look for "Rome" in "City".' }
    const after = made(new AIMessage(before), facts)
    expect(after && textOf(after)).toBe(expected)
  })

  test.each([
    ['there is no call', new AIMessage('I look.'), {}],
    ['there is no other tool', calling(), { tools: [find] }],
    ['no tool is known', calling(), { tools: [] }],
    ['other tools ask a person', calling(), { tools: [find, tool('ask_user'), tool('askPeer')] }],
    ['other tools end the work', calling(), { tools: [find, tool('finish'), tool('submitAll')] }],
    ['other tools hand the work over', calling(), { tools: [find, tool('transfer_to_clerk')] }],
    [
      'what the other tool needs is not known',
      calling(),
      { tools: [find, tool('other', { of: { type: 'object' } })] },
    ],
    ['a tool speaks', new ToolMessage({ content: 'find_rows[Rome]', tool_call_id: 'c' }), {}],
    ['a person speaks', new HumanMessage('find_rows[Rome]') as unknown as AIMessage, {}],
  ] as const)('does nothing when %s', (_, message, facts) => {
    for (const seed of seeds) expect(made(message, facts, seed)).toBeNull()
  })
})

describe('a wrong tool matters', () => {
  const said = (text: string, failed = false) => ({ text, failed })
  const usual = said('Rome has 12 rows in all.')
  const site = siteWith({ later: 'So 12.', results: [usual] })
  const before = calling()
  const change = { before, after: calling(args, 'count_rows') }
  const { effect, recoverable } = toolSelectionError

  test.each([
    ['when the answer was used, as far as is known', undefined, site, true],
    ['when the other tool answers something else', [said('1')], site, true],
    ['unless it answers the usual', [said(usual.text)], site, false],
    ['unless it refuses, which would be an error of form', [said('no', true)], site, false],
    ['unless nobody answers', [null], site, false],
    ['unless the answer was not used', undefined, { ...site, later: 'Home.' }, false],
    [
      'unless the call had failed before',
      undefined,
      { ...site, results: [said('So 12.', true)] },
      false,
    ],
    ['unless nobody ever answered', undefined, { ...site, results: [] }, false],
  ] as const)('%s', (_, results, at, expected) => {
    expect(effect({ ...change, ...(results ? { results } : {}) }, at)).toBe(expected)
  })

  test('in the text whenever it is another one, and not otherwise', () => {
    const [one, other] = [new AIMessage('find_rows[Rome]'), new AIMessage('count_rows[Rome]')]
    expect(effect({ before: one, after: other }, siteWith())).toBe(true)
    expect(effect({ before: one, after: one }, siteWith())).toBe(false)
  })

  test('and can be recovered from', () => {
    expect(recoverable(change, site)).toBe(true)
  })

  test('also when an injector model wrote it', () => {
    const { text, apply, material } = toolSelectionError.written ?? {}
    const own = text?.(before, site) ?? ''
    const after = apply?.(before, site, own.replace('find', 'count'))
    expect(after && toolCallsOf(after)).toEqual(toolCallsOf(change.after))
    expect(material).toEqual(['tools'])
  })
})
