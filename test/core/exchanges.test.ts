import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages'
import { expect, test } from 'vitest'
import { beginsWell, exchanges } from '../../core/exchanges.js'

const system = new SystemMessage('You plan.')
const said = new HumanMessage('Go.')
const answer = new AIMessage('Gone.')
const calling = (...ids: readonly string[]) =>
  new AIMessage({ content: '', tool_calls: ids.map((id) => ({ id, name: 'f', args: {} })) })
const result = (tool_call_id: string) => new ToolMessage({ content: 'ok', tool_call_id })

test.each([
  ['nothing', [], []],
  ['what is said, each alone', [said, answer], [[0], [1]]],
  ['no system message', [system, said], [[1]]],
  ['a call with its result', [said, calling('a'), result('a')], [[0], [1, 2]]],
  [
    'several calls with their results',
    [said, calling('a', 'b'), result('b'), result('a'), answer],
    [[0], [1, 2, 3], [4]],
  ],
  ['a result without a call alone', [said, result('x')], [[0], [1]]],
  [
    'a call whose id comes again, with the result that is next',
    [calling('a'), result('a'), calling('a'), result('a')],
    [
      [0, 1],
      [2, 3],
    ],
  ],
])('a conversation has %s', (_, messages, expected) => {
  expect(exchanges(messages)).toEqual(expected)
})

test.each([
  ['a person', [system, said, answer], true],
  ['an answer', [system, answer, said], false],
  ['a result', [result('a')], false],
  ['nobody', [system], false],
])('a conversation that begins with %s', (_, messages, expected) => {
  expect(beginsWell(messages)).toBe(expected)
})
