import { AIMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { changedCall, heldCalls } from '../../core/held-calls.js'
import { textOf, toolCallsOf } from '../../core/messages.js'

const tools = ['search', 'look.up', 'count'].map((name) => ({ name, description: '', schema: {} }))
const held = (content: string) => heldCalls(new AIMessage(content), tools)
const shown = (content: string) => held(content).map(({ name, args }) => [name, args])

const fenced = (json: string) => `I look.\n\`\`\`json\n${json}\n\`\`\`\nThen I stop.`

describe('the calls of a message', () => {
  test('are its tool calls, also of tools that nobody knows', () => {
    const message = new AIMessage({
      content: 'search[Rome]',
      tool_calls: [
        { id: 'a', name: 'search', args: { q: 'Oslo' } },
        { id: 'b', name: 'other', args: {} },
      ],
    })
    const calls = heldCalls(message, tools)
    expect(calls.map(({ name, index, tool }) => [name, index, tool?.name])).toEqual([
      ['search', 0, 'search'],
      ['other', 1, undefined],
    ])
    const after = calls[1]?.with({ name: 'count', args: { n: 1 } })
    expect(after && toolCallsOf(after)[1]).toMatchObject({ id: 'b', name: 'count', args: { n: 1 } })
    expect(after && textOf(after)).toBe('search[Rome]')
  })

  test.each([
    ['a whole text', '{"name": "search", "args": {"q": "Rome"}}'],
    ['a fenced block', fenced('{"name": "search", "args": {"q": "Rome"}}')],
    ['a line', 'I look.\n{"tool": "search", "input": {"q": "Rome"}}'],
    ['the words of an agent', fenced('{"action": "search", "action_input": {"q": "Rome"}}')],
    ['the words of a client', '{"function": "search", "arguments": {"q": "Rome"}}'],
  ])('are read as JSON in %s', (_, content) => {
    expect(shown(content)).toEqual([['search', { q: 'Rome' }]])
  })

  test.each([
    ['square brackets', 'Thought: look.\nsearch[red wine]', 'search', 'red wine'],
    ['round brackets', 'I call search(red wine).', 'search', 'red wine'],
    ['a name with a dot', 'look.up[Rome]', 'look.up', 'Rome'],
  ])('are read in %s', (_, content, name, input) => {
    expect(shown(content)).toEqual([[name, { input }]])
  })

  test.each([
    ['of tools that nobody knows', 'fetch[Rome] {"name": "fetch", "args": {}}'],
    ['inside of another word', 'research[Rome] my.search[Rome]'],
    ['without a bracket that closes', 'search[Rome'],
    ['without arguments', '{"name": "search"}'],
    ['whose arguments are a list', '{"name": "search", "args": ["Rome"]}'],
    ['in plain words', 'I will search for Rome and count.'],
  ])('are not those %s', (_, content) => {
    expect(shown(content)).toEqual([])
  })
})

describe('a call in a text', () => {
  test('is replaced where it stands, and the rest stays', () => {
    const content = fenced('{"id": 7, "name": "search", "args": {"q": "Rome"}}')
    const [call] = held(content)
    const after = call?.with({ name: 'count', args: { q: 'Oslo', n: 2 } })
    expect(after && textOf(after)).toBe(fenced('{"id":7,"name":"count","args":{"q":"Oslo","n":2}}'))
  })

  test('keeps its lines', () => {
    const content = fenced('{\n  "name": "search",\n  "args": {\n    "q": "Rome"\n  }\n}')
    const after = held(content)[0]?.with({ name: 'search', args: { q: 'Oslo' } })
    expect(after && textOf(after)).toBe(content.replace('Rome', 'Oslo'))
  })

  test('can be broken', () => {
    const json = held('{"name": "search", "args": {"q": "Rome"}}')[0]
    const after = json?.with({ name: 'search', broken: "{'q': 'Rome'}" })
    expect(after && textOf(after)).toBe(`{"name":"search","args":{'q': 'Rome'}}`)
    const bracket = held('I call search[Rome] now.')[0]
    const cut = bracket?.with({ name: 'search', broken: '{' })
    expect(cut && textOf(cut)).toBe('I call search[Rome now.')
  })

  test.each([
    ['search[Rome]', 'count[Oslo]'],
    ['search(Rome)', 'count(Oslo)'],
  ])('keeps its brackets: %s', (content, expected) => {
    const after = held(content)[0]?.with({ name: 'count', args: { input: 'Oslo' } })
    expect(after && textOf(after)).toBe(expected)
  })

  test('is taken word for word, whatever it holds', () => {
    const after = held('search[Rome]')[0]?.with({ name: 'search', args: { input: "$& $1 $'" } })
    expect(after && textOf(after)).toBe("search[$& $1 $']")
  })
})

describe('the call that has changed', () => {
  const of = (...names: readonly string[]) =>
    new AIMessage({
      content: '',
      tool_calls: names.map((name, at) => ({ id: `c${at}`, name, args: { n: 1, m: 2 } })),
    })

  test.each([
    ['the first', of('a', 'b'), of('x', 'b'), 0],
    ['the second', of('a', 'b'), of('a', 'x'), 1],
    ['one that is gone', of('a', 'b'), of('a'), 1],
    ['none', of('a', 'b'), of('a', 'b'), null],
    ['none of none', of(), of(), null],
  ])('is %s', (_, before, after, expected) => {
    expect(changedCall(before, after)).toBe(expected)
  })

  test('is not one whose arguments only stand in another order', () => {
    const [before, after] = [
      { n: 1, m: 2 },
      { m: 2, n: 1 },
    ].map((args) => new AIMessage({ content: '', tool_calls: [{ id: 'c', name: 'a', args }] }))
    expect(before && after && changedCall(before, after)).toBeNull()
  })
})
