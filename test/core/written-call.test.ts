import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { plain, textOf, toolCallsOf } from '../../core/messages.js'
import { writtenCall } from '../../core/written-call.js'
import { siteWith } from '../faults/site.js'

const site = siteWith({ tools: [{ name: 'search', description: '', schema: {} }] })
const message = new AIMessage({
  content: 'I look.',
  tool_calls: [
    { id: 'a', name: 'search', args: { q: 'Rome' } },
    { id: 'b', name: 'count', args: {} },
  ],
})
const { text, apply } = writtenCall
const changed = '{"name": "count", "args": {"q": "Oslo"}}'

describe('a call that an injector model writes', () => {
  test('is the first of a message, as JSON', () => {
    expect(text(message, site)).toBe('{"name":"search","args":{"q":"Rome"}}')
    expect(text(new AIMessage('search[Rome]'), site)).toBe(
      '{"name":"search","args":{"input":"Rome"}}',
    )
  })

  test('goes back to where it was, with its id, and nothing else changes', () => {
    const after = apply(message, site, changed)
    expect(after && toolCallsOf(after)).toMatchObject([
      { id: 'a', name: 'count', args: { q: 'Oslo' } },
      { id: 'b', name: 'count', args: {} },
    ])
    expect(after && textOf(after)).toBe('I look.')
  })

  test.each([message, new AIMessage('I look:\nsearch[Rome]')])(
    'changes nothing when it comes back as it was',
    (given) => {
      const after = apply(given, site, text(given, site) ?? '')
      expect(after && plain(after)).toEqual(plain(given))
    },
  )

  test.each([
    ['no JSON', 'search(Rome)'],
    ['a list', '["search", {}]'],
    ['a call without a name', '{"args": {}}'],
    ['a call without arguments', '{"name": "search"}'],
    ['a call whose arguments are a text', '{"name": "search", "args": "Rome"}'],
    ['a call whose arguments are a list', '{"name": "search", "args": ["Rome"]}'],
  ])('is refused when it is %s', (_, answer) => {
    expect(apply(message, site, answer)).toBeNull()
  })

  test.each([
    ['a message without calls', new AIMessage('I look for Rome.')],
    ['an answer of a tool', new ToolMessage({ content: 'search[Rome]', tool_call_id: 'a' })],
    ['what a person says', new HumanMessage('search[Rome]') as unknown as AIMessage],
  ])('is not asked for at %s', (_, other) => {
    expect(text(other, site)).toBeNull()
  })
})
