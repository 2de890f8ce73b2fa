import { AIMessage, AIMessageChunk } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { copyMessage, withText } from '../../core/messages.js'

const call = { id: 'c1', name: 'find', args: { query: 'Rome' }, type: 'tool_call' as const }
const other = { ...call, args: { query: 'Oslo' } }
const broken = { id: 'c1', name: 'find', args: '{"query": ', type: 'invalid_tool_call' as const }
const chunk = new AIMessageChunk({
  content: '',
  tool_call_chunks: [
    { id: 'c1', name: 'find', args: '{"query":"Rome"}', index: 0, type: 'tool_call_chunk' },
  ],
})

describe('a copy of a message with other tool calls', () => {
  test('that was put together from a stream has those calls', () => {
    expect(copyMessage(chunk, { tool_calls: [other] }).tool_calls).toEqual([other])
    const malformed = copyMessage(chunk, { tool_calls: [], invalid_tool_calls: [broken] })
    expect(malformed.tool_calls).toEqual([])
    expect(malformed.invalid_tool_calls).toEqual([broken])
    expect(copyMessage(malformed, {}).invalid_tool_calls).toEqual([broken])
    expect(chunk.tool_calls).toEqual([call])
  })

  test('has no second set of calls', () => {
    const raw = [{ id: 'c1', type: 'function', function: { name: 'find', arguments: '{}' } }]
    const message = new AIMessage({
      content: '',
      tool_calls: [call],
      additional_kwargs: { tool_calls: raw as [], reasoning: 'kept' },
    })
    expect(copyMessage(message, { tool_calls: [] }).additional_kwargs).toEqual({
      reasoning: 'kept',
    })
    expect(withText(message, 'other').additional_kwargs).toEqual(message.additional_kwargs)
  })

  test('shows them in its content where the original did', () => {
    const block = { type: 'tool_use', id: 'c1', name: 'find', input: { query: 'Rome' } }
    const text = { type: 'text', text: 'I look.' }
    const message = new AIMessage({ content: [text, block], tool_calls: [call] })
    expect(copyMessage(message, { tool_calls: [other] }).content).toEqual([
      text,
      { ...block, input: { query: 'Oslo' } },
    ])
    expect(copyMessage(message, { tool_calls: [] }).content).toEqual([text])
    const bare = new AIMessage({ content: [block], tool_calls: [call] })
    expect(copyMessage(bare, { tool_calls: [] }).content).toBe('')
  })

  test('keeps its calls when only its text is another', () => {
    expect(withText(chunk, 'Done.').tool_calls).toEqual([call])
  })
})
