import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import { expect, test } from 'vitest'
import { textOf } from '../../core/messages.js'
import { askingPerson } from '../../systems/person.js'
import { diligent, ScriptedModel } from './scripted-model.js'
import { asked, contextOf } from './setting.js'

/** An agent that says one thing after the other, and what it was given each time. */
function saying(...words: readonly string[]) {
  const heard: (readonly BaseMessage[])[] = []
  const agent = async ({ messages }: Readonly<{ messages: BaseMessage[] }>) => {
    const content = words[heard.length] ?? ''
    heard.push(messages)
    const id = `a#${heard.length}`
    return content === '' ? {} : { messages: [new AIMessage({ content, id, name: 'a' })] }
  }
  return { agent, heard }
}

const context = (...without: readonly string[]) =>
  contextOf(new ScriptedModel(diligent), ...without)
const played = async (words: readonly string[], ...without: readonly string[]) => {
  const { agent, heard } = saying(...words)
  const node = askingPerson(context(...without), () => agent)
  const { messages = [] } = await node({ messages: [asked] }, {})
  return { said: messages.map(textOf), heard }
}

test('who asks is answered, and goes on from the answer', async () => {
  const { said, heard } = await played(['QUESTION: Which one?', 'It is 46.'])
  expect(said).toEqual(['QUESTION: Which one?', asked.text, 'It is 46.'])
  expect(heard[1]?.map(textOf)).toEqual([asked.text, 'QUESTION: Which one?', asked.text])
})

test('who asks again is not answered again', async () => {
  const { said, heard } = await played(['QUESTION: Which one?', 'QUESTION: Really?', 'It is 46.'])
  expect(said.at(-1)).toBe('QUESTION: Really?')
  expect(heard).toHaveLength(2)
})

test.each([
  ['who does not ask', ['It is 46.'], []],
  ['who has nothing to say', [''], []],
  ['who may not ask', ['QUESTION: Which one?'], ['ask-person']],
] as const)('%s hears nobody', async (_, words, without) => {
  const { said, heard } = await played(words, ...without)
  expect(said).toEqual(words.filter((word) => word !== ''))
  expect(heard).toHaveLength(1)
})

test('an agent is told that it may ask, unless it may not', () => {
  const told: unknown[] = []
  const make = (asking: unknown) => {
    told.push(asking)
    return saying().agent
  }
  askingPerson(context(), make)
  askingPerson(context('ask-person'), make)
  expect(told).toEqual([{ mayAsk: true, channel: expect.stringContaining('QUESTION:') }, {}])
})
