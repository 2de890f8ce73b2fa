import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fits } from '../../../core/json-schema.js'
import { textOf, toolCallsOf } from '../../../core/messages.js'
import type { SiteFacts } from '../../../core/site.js'
import { parameterFillingError } from '../../../faults/intra-agent/parameter-filling-error.js'
import { siteWith } from '../site.js'

const schema = {
  type: 'object',
  properties: {
    ferry: { type: 'string' },
    cabins: { type: 'integer', minimum: 1, maximum: 9 },
    class: { enum: ['first', 'second'] },
  },
  required: ['ferry'],
}
const tools = [{ name: 'book', description: '', schema }]
const calling = (args: Readonly<Record<string, unknown>>, name = 'book') =>
  new AIMessage({ id: 'm', content: 'I book.', tool_calls: [{ id: 'c', name, args }] })
const seeds = Array.from({ length: 20 }, (_, n) => n + 1)

function made(
  message: AIMessage | ToolMessage,
  facts: Partial<SiteFacts> = {},
  parameters: Readonly<Record<string, number>> = {},
) {
  return parameterFillingError.inject(message, siteWith({ tools, ...facts }, parameters))
}
const argsOf = (...given: Parameters<typeof made>) => {
  const after = made(...given)
  return after && toolCallsOf(after)[0]?.args
}

describe('parameter-filling-error', () => {
  test.each([
    ['another member', { class: 'first' }, {}, { class: 'second' }],
    [
      'an identifier that was read',
      { ferry: 'G104' },
      { elsewhere: 'G104 leaves at 14:30, G117 at 18:15.' },
      { ferry: 'G117' },
    ],
    [
      'another word of its column',
      { ferry: 'Moby' },
      { elsewhere: 'Ferry | Beds\nMoby | 12\nTirrenia | 7' },
      { ferry: 'Tirrenia' },
    ],
    ['a search without its longest word', { ferry: 'night boat' }, {}, { ferry: 'boat' }],
  ])('fills in %s', (_, args, facts, expected) => {
    for (const seed of seeds) expect(argsOf(calling(args), facts, { seed })).toEqual(expected)
  })

  test('fills in a value that the schema takes, under the same names', () => {
    const value = fc.record(
      {
        ferry: fc.stringMatching(/^[A-Z]{1,2}[-#:]?\d{1,4}$/),
        cabins: fc.integer({ min: 1, max: 9 }),
        class: fc.constantFrom('first', 'second'),
      },
      { requiredKeys: ['ferry'] },
    )
    const wanted = fc.integer({ min: 1, max: 5 })
    fc.assert(
      fc.property(value, fc.integer(), wanted, (args, seed, count) => {
        const after = argsOf(calling(args), {}, { seed, arguments: count }) ?? {}
        expect(fits(schema, after)).toBe(true)
        expect(Object.keys(after)).toEqual(Object.keys(args))
        const wrong = Object.entries(args).filter(([key, was]) => after[key] !== was)
        expect(wrong).toHaveLength(Math.min(count, Object.keys(args).length))
      }),
    )
  })

  test('fills in a value that the schema rejects when it is loud', () => {
    const args = { ferry: 'G104', cabins: 2, class: 'first' }
    for (const seed of seeds) {
      const after = argsOf(calling(args), {}, { loud: 1, seed })
      expect(fits(schema, after)).toBe(false)
    }
    expect(argsOf(calling({ ferry: 'G1' }, 'sail'), {}, { loud: 1 })).toBeNull()
  })

  test('prefers an argument that was used later', () => {
    for (const seed of seeds) {
      const after = argsOf(calling({ ferry: 'G104', cabins: 2 }), { later: 'On G104.' }, { seed })
      expect(after).toMatchObject({ cabins: 2 })
      expect(after?.['ferry']).not.toBe('G104')
    }
  })

  test('keeps the ids, the text and the other call', () => {
    const other = { id: 'd', name: 'book', args: { ferry: 'G104' } }
    const after = made(
      new AIMessage({
        ...{ id: 'm', content: 'I book.' },
        tool_calls: [{ id: 'c', name: 'list', args: {} }, other],
      }),
    )
    expect(after && [after.id, textOf(after)]).toEqual(['m', 'I book.'])
    expect(after && toolCallsOf(after).map(({ id, name }) => [id, name])).toEqual([
      ['c', 'list'],
      ['d', 'book'],
    ])
    expect(after && toolCallsOf(after)[1]?.args).not.toEqual(other.args)
  })

  test.each([
    ['in brackets', 'I book:\nbook[night boat]', 'I book:\nbook[boat]'],
    [
      'in a fenced block',
      '```json\n{"name":"book","args":{"class":"first"}}\n```',
      '```json\n{"name":"book","args":{"class":"second"}}\n```',
    ],
  ])('changes a call in the text: %s', (_, before, expected) => {
    const message = new AIMessage(before)
    const after = made(message)
    expect(after && textOf(after)).toBe(expected)
    if (!after) return
    expect(parameterFillingError.effect({ before: message, after }, siteWith())).toBe(true)
  })

  test.each([
    ['there is no call', new AIMessage('I book G104.'), {}],
    ['the call has no arguments', calling({}), {}],
    ['nothing of the kind is known', calling({ ferry: 'Moby' }), {}],
    ['the value is protected', calling({ ferry: 'G104' }), { protect: ['G104'] }],
    ['a tool speaks', new ToolMessage({ content: 'book[night boat]', tool_call_id: 'c' }), {}],
    ['a person speaks', new HumanMessage('book[night boat]') as unknown as AIMessage, {}],
  ] as const)('does nothing when %s', (_, message, facts) => {
    expect(made(message, facts)).toBeNull()
  })
})

describe('a wrong argument matters', () => {
  const change = { before: calling({ ferry: 'G104' }), after: calling({ ferry: 'G117' }) }
  const said = (text: string, failed = false) => ({ text, failed })
  const usual = said('G104 costs 40 EUR in all.')
  const site = siteWith({ later: 'I pay 40.', results: [usual] })
  const { effect, recoverable } = parameterFillingError

  test.each([
    ['when the answer was used, as far as is known', undefined, site, true],
    ['when the answer is another one', [said('G117 costs 52 EUR in all.')], site, true],
    ['when the tool now refuses', [said(usual.text, true)], site, true],
    ['unless the answer is the usual one', [said(`${usual.text}\n`)], site, false],
    ['unless nobody answered', [null], site, false],
    ['unless the answer was not used', undefined, { ...site, later: 'Home.' }, false],
    ['unless nobody ever answered', undefined, { ...site, results: [null] }, false],
  ] as const)('%s', (_, results, at, expected) => {
    const given = { ...change, ...(results ? { results } : {}) }
    expect(effect(given, at)).toBe(expected)
  })

  test('unless no call has changed', () => {
    expect(effect({ ...change, after: change.before }, site)).toBe(false)
  })

  test('and can be recovered from', () => {
    expect(recoverable(change, site)).toBe(true)
  })

  test('also when an injector model wrote it', () => {
    const { instruction, text, apply } = parameterFillingError.written ?? {}
    expect(text?.(change.before, site)).toBe('{"name":"book","args":{"ferry":"G104"}}')
    const after = apply?.(change.before, site, '{"name":"book","args":{"ferry":"G117"}}')
    expect(after && toolCallsOf(after)).toEqual(toolCallsOf(change.after))
    expect(instruction?.(siteWith({}, { arguments: 3 }))).toContain('up to 3 arguments')
    expect(instruction?.(siteWith({}, { loud: 1 }))).toContain('rejects')
  })
})
