import { AIMessage, AIMessageChunk } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { plain, toolCallsOf } from '../../core/messages.js'
import { withCall } from '../../core/tool-calls.js'

const calls = [
  { id: 'a', name: 'find', args: { city: 'Rome' }, type: 'tool_call' as const },
  { id: 'b', name: 'count', args: { limit: 3 }, type: 'tool_call' as const },
]
const raw = calls.map(({ id, name, args }) => ({
  ...{ id, type: 'function' as const },
  function: { name, arguments: JSON.stringify(args) },
}))
const message = new AIMessage({
  ...{ id: 'm', content: 'I look.', tool_calls: calls },
  additional_kwargs: { tool_calls: raw },
})

describe('a message with another call', () => {
  test('keeps the id of the call, the other calls, its own id and its text', () => {
    const after = withCall(message, 0, { name: 'seek', args: { city: 'Oslo' } })
    expect(toolCallsOf(after)).toEqual([
      { ...calls[0], name: 'seek', args: { city: 'Oslo' } },
      calls[1],
    ])
    expect([after.id, after.text]).toEqual(['m', 'I look.'])
    expect(after).toBeInstanceOf(AIMessage)
  })

  test('moves a call that cannot be read to the invalid ones, with its id', () => {
    const after = withCall(message, 1, { name: 'count', broken: "{'limit': 3}" })
    expect(toolCallsOf(after)).toEqual([calls[0]])
    expect(after.invalid_tool_calls).toMatchObject([
      { id: 'b', name: 'count', args: "{'limit': 3}", type: 'invalid_tool_call' },
    ])
  })

  test('keeps calls that could not be read before', () => {
    const once = withCall(message, 0, { name: 'find', broken: '{' })
    const twice = withCall(once, 0, { name: 'count', broken: '[' })
    expect(toolCallsOf(twice)).toEqual([])
    expect(twice.invalid_tool_calls?.map(({ id, args }) => [id, args])).toEqual([
      ['a', '{'],
      ['b', '['],
    ])
  })

  test.each([
    ['another call', { name: 'seek', args: {} }],
    ['a call that cannot be read', { name: 'find', broken: '{' }],
  ])('keeps no second copy of the old one beside %s', (_, change) => {
    const after = withCall(message, 0, change)
    expect(after.additional_kwargs['tool_calls']).toBeUndefined()
    expect(JSON.stringify(after)).not.toContain('Rome')
  })

  test('is changed in the blocks that show its calls beside the text', () => {
    const blocks = new AIMessage({
      content: [
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 'a', name: 'find', input: { city: 'Rome' } },
      ],
      tool_calls: calls.slice(0, 1),
    })
    const after = withCall(blocks, 0, { name: 'seek', args: { city: 'Oslo' } })
    expect(after.content).toEqual([
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 'a', name: 'seek', input: { city: 'Oslo' } },
    ])
  })

  test('stays a chunk when it was one', () => {
    const chunk = new AIMessageChunk({
      ...{ content: '', tool_calls: calls.slice(0, 1) },
      tool_call_chunks: [
        { ...{ id: 'a', name: 'find', args: '{"city":"Rome"}' }, type: 'tool_call_chunk' },
      ],
    })
    const after = withCall(chunk, 0, { name: 'find', broken: '{' })
    expect(after).toBeInstanceOf(AIMessageChunk)
    expect(toolCallsOf(after)).toEqual([])
    expect(after.invalid_tool_calls?.map(({ id }) => id)).toEqual(['a'])
  })

  test('leaves the message as it was', () => {
    const before = JSON.stringify(plain(message))
    withCall(message, 0, { name: 'find', broken: '{' })
    expect(JSON.stringify(plain(message))).toBe(before)
  })
})
