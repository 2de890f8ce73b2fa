import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { changed } from '../../core/changed.js'

const tool = (content: string, id = 'c') => new ToolMessage({ content, tool_call_id: id })
const call = (args: Record<string, unknown>) =>
  new AIMessage({ content: '', tool_calls: [{ id: 'c', name: 'find', args }] })
const sent = (to: string, id: string) => ({
  from: 'lead',
  to,
  message: new HumanMessage({ id, content: 'Start.' }),
})

describe('a payload has changed', () => {
  test.each([
    ['a text', tool('12'), tool('13')],
    ['an argument', call({ year: 1 }), call({ year: 2 })],
    ['the number of messages', [tool('12')], [tool('12'), tool('12')]],
    ['the order of messages', [tool('1'), tool('2')], [tool('2'), tool('1')]],
    ['a receiver', [sent('a', 'm')], [sent('b', 'm')]],
    ['the id of what is sent', [sent('a', 'm')], [sent('a', 'm~1')]],
    ['the number of deliveries', [sent('a', 'm')], [sent('a', 'm'), sent('a', 'm')]],
    [
      'a call that nobody can parse',
      new AIMessage({ content: '', invalid_tool_calls: [{ name: 'find', args: '{' }] }),
      new AIMessage({ content: '', invalid_tool_calls: [{ name: 'find', args: '{{' }] }),
    ],
  ])('when %s differs', (_, before, after) => {
    expect(changed(before, after)).toBe(true)
  })

  test.each([
    ['white space', tool(' a  b\n'), tool('a b')],
    ['the order of keys in JSON', tool('{"a":1,"b":2}'), tool('{ "b": 2, "a": 1 }')],
    ['the order of arguments', call({ a: 1, b: 2 }), call({ b: 2, a: 1 })],
    ['the id of a message', new HumanMessage({ id: 'x', content: 'a' }), new HumanMessage('a')],
  ])('unless only %s differs', (_, before, after) => {
    expect(changed(before, after)).toBe(false)
  })
})
