import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changed } from '../../../core/changed.js'
import { textOf, toolCallsOf } from '../../../core/messages.js'
import type { SiteFacts } from '../../../core/site.js'
import { toolFormatError } from '../../../faults/intra-agent/tool-format-error.js'
import { siteWith } from '../site.js'

const tool = (name: string, properties: readonly string[] = [], required = properties) => ({
  ...{ name, description: '' },
  schema: {
    type: 'object',
    properties: Object.fromEntries(properties.map((key) => [key, { type: 'string' }])),
    required,
  },
})
const calling = (args: Readonly<Record<string, unknown>>, name = 'find') =>
  new AIMessage({ id: 'm', content: 'I look.', tool_calls: [{ id: 'c', name, args }] })
const seeds = Array.from({ length: 30 }, (_, n) => n + 1)

function made(
  message: AIMessage | ToolMessage,
  parameters: Readonly<Record<string, number>> = {},
  facts: Partial<SiteFacts> = {},
) {
  const site = siteWith({ tools: [tool('find', ['from_port'])], ...facts }, parameters)
  return toolFormatError.inject(message, site)
}
const callOf = (...given: Parameters<typeof made>) => {
  const after = made(...given)
  return after && toolCallsOf(after)[0]
}
const args = { from_port: 'Genoa', day: 3 }

describe('tool-format-error', () => {
  test('misspells the name (variant 1)', () => {
    const names = seeds.map((seed) => callOf(calling(args), { variant: 1, seed })?.name)
    expect(new Set(names)).toEqual(new Set(['fnid', 'fidn', 'fiind', 'finnd', 'findd']))
    expect(callOf(calling(args), { variant: 1 })).toMatchObject({ id: 'c', args })
  })

  test('never misspells a name as that of another tool', () => {
    const tools = ['find', 'fnid', 'fidn', 'fiind', 'findd'].map((name) => tool(name))
    for (const seed of seeds) {
      expect(callOf(calling(args), { variant: 1, seed }, { tools })?.name).toBe('finnd')
    }
    const all = [...tools, tool('finnd')]
    expect(made(calling(args), { variant: 1 }, { tools: all })).toBeNull()
  })

  test('renames a key that is required (variant 2)', () => {
    const tools = [tool('find', ['from_port', 'day'], ['from_port'])]
    for (const seed of seeds) {
      expect(callOf(calling(args), { variant: 2, seed }, { tools })?.args).toEqual({
        fromPort: 'Genoa',
        day: 3,
      })
    }
  })

  test('renames no key to one that is there', () => {
    const tools = [tool('find', ['port', 'ports'], ['port'])]
    expect(made(calling({ port: 'Genoa', ports: 2 }), { variant: 2 }, { tools })).toBeNull()
  })

  test('writes all arguments as one string (variant 3)', () => {
    const after = callOf(calling(args), { variant: 3 })
    expect(after).toMatchObject({ id: 'c', name: 'find' })
    expect(after?.args).toEqual({ input: JSON.stringify(args) })
  })

  test('breaks the text of the arguments (variant 4), which then are no call', () => {
    const found = seeds.map((seed) => {
      const after = made(calling(args), { variant: 4, seed }) as AIMessage
      expect(toolCallsOf(after)).toEqual([])
      expect(after.invalid_tool_calls).toMatchObject([{ id: 'c', name: 'find' }])
      expect([after.id, after.text]).toEqual(['m', 'I look.'])
      return after.invalid_tool_calls?.[0]?.args
    })
    expect(new Set(found)).toEqual(
      new Set(["{'from_port':'Genoa','day':3}", '{from_port: "Genoa",day: 3}']),
    )
  })

  test('leaves no JSON in broken arguments, whatever they hold', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.integer(), (given, seed) => {
        const after = made(calling(given), { variant: 4, seed }) as AIMessage
        expect(() => JSON.parse(after.invalid_tool_calls?.[0]?.args ?? '{}')).toThrow()
      }),
    )
  })

  test('takes a variant by seed when it is told none, each now and then', () => {
    const kinds = seeds.map((seed) => {
      const after = made(calling(args), { seed })
      const call = after && toolCallsOf(after)[0]
      if (!call) return 4
      if (call.name !== 'find') return 1
      return 'input' in call.args ? 3 : 2
    })
    expect(new Set(kinds)).toEqual(new Set([1, 2, 3, 4]))
  })

  test.each([
    ['name', 1, /^I look:\nf\w+\[Genoa\]$/],
    ['end', 4, /^I look:\nfind\[Genoa$/],
  ])('changes the %s of a call in brackets', (_, variant, expected) => {
    const after = made(new AIMessage('I look:\nfind[Genoa]'), { variant })
    expect(after && textOf(after)).toMatch(expected)
  })

  test.each([
    [2, '{"name":"find","args":{"fromPort":"Genoa"}}'],
    [4, /^\{"name":"find","args":\{(?:'from_port':'Genoa'|from_port: "Genoa")\}\}$/],
  ])('changes a call in JSON (variant %s)', (variant, expected) => {
    const after = made(new AIMessage('{"name":"find","args":{"from_port":"Genoa"}}'), { variant })
    expect(after && textOf(after)).toEqual(
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    )
  })

  test('changes any call, in the text too, whatever the seed', () => {
    for (const seed of seeds) {
      for (const message of [calling({}), new AIMessage('find[Genoa]'), calling({ n: 1 }, 'x')]) {
        const after = made(message, { seed })
        expect(after && changed(message, after)).toBe(true)
      }
    }
  })

  test.each([
    ['there is no call', new AIMessage('I look.'), {}],
    ['a call in brackets has no keys', new AIMessage('find[Genoa]'), { variant: 2 }],
    ['a call in the text has no string of arguments', new AIMessage('find[Genoa]'), { variant: 3 }],
    ['there is no key to rename', calling({}), { variant: 2 }],
    ['there is nothing to put into one string', calling({}), { variant: 3 }],
    ['the tool takes one string', calling({ input: 'Genoa' }), { variant: 3 }],
    ['the name has no letters to slip on', calling(args, 'f1'), { variant: 1 }],
    ['a tool speaks', new ToolMessage({ content: 'find[Genoa]', tool_call_id: 'c' }), {}],
    ['a person speaks', new HumanMessage('find[Genoa]') as unknown as AIMessage, {}],
  ] as const)('does nothing when %s', (_, message, parameters) => {
    for (const seed of seeds) expect(made(message, { ...parameters, seed })).toBeNull()
  })
})

describe('a wrong form matters', () => {
  const said = (text: string, failed = false) => ({ text, failed })
  const usual = said('G104 costs 40 EUR in all.')
  const site = siteWith({ later: 'I pay 40.', results: [usual] })
  const before = calling(args)
  const change = { before, after: calling(args, 'fnid') }
  const { effect, recoverable } = toolFormatError

  test.each([
    ['when the answer was used, as far as is known', undefined, site, true],
    ['when the call got no answer', [null], site, true],
    ['when there was nobody to answer', [], site, true],
    ['when the answer is an error', [said('no tool fnid', true)], site, true],
    ['unless the call was taken after all', [said(usual.text)], site, false],
    ['unless the answer was not used', [null], { ...site, later: 'Home.' }, false],
    [
      'unless the call had failed before',
      [null],
      siteWith({ later: '40', results: [said('40', true)] }),
      false,
    ],
    ['unless nobody ever answered', undefined, { ...site, results: [] }, false],
  ] as const)('%s', (_, results, at, expected) => {
    expect(effect({ ...change, ...(results ? { results } : {}) }, at)).toBe(expected)
  })

  test('when the arguments can no longer be read', () => {
    const after = made(before, { variant: 4 })
    expect(after && effect({ before, after, results: [null] }, site)).toBe(true)
  })

  test('in the text whenever it is another one, and not otherwise', () => {
    const [one, other] = [new AIMessage('find[Genoa]'), new AIMessage('fnid[Genoa]')]
    expect(effect({ before: one, after: other }, siteWith())).toBe(true)
    expect(effect({ before: one, after: one }, siteWith())).toBe(false)
  })

  test('and can be recovered from', () => {
    expect(recoverable(change, site)).toBe(true)
  })

  test('also when an injector model wrote it', () => {
    const { text, apply } = toolFormatError.written ?? {}
    const own = text?.(before, site) ?? ''
    expect(own).toBe('{"name":"find","args":{"from_port":"Genoa","day":3}}')
    const after = apply?.(before, site, own.replace('find', 'fnid'))
    expect(after && toolCallsOf(after)).toEqual(toolCallsOf(change.after))
  })
})
