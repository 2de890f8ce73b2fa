import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Policy } from '../../../engine/seams/context.js'
import { sendLive, type Write } from '../../../engine/seams/routes.js'
import { installEverywhere, onEdge, tried } from './trial.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await installEverywhere()
})
afterAll(() => uninstall())

type Messages = typeof MessagesAnnotation.State

describe('the list of messages', () => {
  const say = (id: string) => async () => ({ messages: [new AIMessage({ content: id, id })] })

  /** One and two speak at once, then the reader reads; what it read, and what the state held in the end. */
  async function readWith(policy: Policy) {
    const read: string[] = []
    const reader = async ({ messages }: Messages) => {
      read.push(messages.map(({ text }) => text).join())
      return {}
    }
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('one', say('1'))
      .addNode('two', say('2'))
      .addNode('reader', reader)
      .addEdge(START, 'one')
      .addEdge(START, 'two')
      .addEdge(['one', 'two'], 'reader')
      .compile()
    const input = { messages: [new HumanMessage({ content: 'q', id: 'q' })] }
    const { result } = await tried(policy, () => graph.invoke(input))
    return { read, state: result.messages.map(({ text }) => text).join() }
  }
  const inputOf = (
    name: string,
    change: (messages: readonly BaseMessage[]) => readonly BaseMessage[],
  ): Policy => ({
    onInput: ({ node }, input) =>
      node === name
        ? { ...(input as Messages), messages: change((input as Messages).messages) }
        : input,
  })
  const written = (name: string, change: (messages: readonly AIMessage[]) => unknown): Policy => ({
    onWrites: ({ node }, writes) =>
      writes.map(
        ([channel, value]): Write => [
          channel,
          node === name && channel === 'messages' ? change(value as AIMessage[]) : value,
        ],
      ),
  })
  const forged = (id: string) => new AIMessage({ content: 'forged', id })

  test.each([
    { name: 'untouched', policy: {}, read: ['q,1,2'], state: 'q,1,2' },
    {
      name: 'a changed input reaches one receiver and leaves the state alone',
      policy: inputOf('reader', (messages) =>
        messages.filter(({ text }) => text !== '2').reverse(),
      ),
      read: ['1,q'],
      state: 'q,1,2',
    },
    {
      name: 'a changed write stays',
      policy: written('two', () => [forged('2')]),
      read: ['q,1,forged'],
      state: 'q,1,forged',
    },
    {
      name: 'a copy with the same id is merged by the reducer',
      policy: written('two', (messages) => [...messages, ...messages]),
      read: ['q,1,2'],
      state: 'q,1,2',
    },
    {
      name: 'a copy with an id of its own is one more message',
      policy: written('two', (messages) => [...messages, forged('3')]),
      read: ['q,1,2,forged'],
      state: 'q,1,2,forged',
    },
    {
      name: 'a join that misses one route starves without an error',
      policy: {
        onWrites: ({ node }, writes) =>
          node === 'one' ? writes.filter(([channel]) => !channel.startsWith('join:')) : writes,
      } satisfies Policy,
      read: [],
      state: 'q,1,2',
    },
  ])('$name', async ({ policy, read, state }) => {
    expect(await readWith(policy)).toEqual({ read, state })
  })

  test('a message that travels with one activation is read by that activation only', async () => {
    const read: string[] = []
    const reader = async ({ messages }: Messages) => {
      read.push(messages.map(({ text }) => text).join())
      return {}
    }
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('a', say('1'))
      .addNode('b', reader)
      .addEdge(START, 'a')
      .addEdge('a', 'b')
      .compile()
    const policy = onEdge('a', 'b', (write) => [write, sendLive('b', forged('f'))])
    const { result } = await tried(policy, () => graph.invoke({ messages: [] }))
    expect(read.sort()).toEqual(['1', '1,forged'])
    expect(result.messages.map(({ text }) => text)).toEqual(['1'])
  })
})
