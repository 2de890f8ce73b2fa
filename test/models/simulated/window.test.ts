import { AIMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { lookThrough } from '../../../models/simulated/window.js'

const line = (letter: string) => letter.repeat(39)
const system = new SystemMessage('You are the engineer. Your job is to plan.')

describe('the window', () => {
  test('holds everything when there is room', () => {
    const { system: told, seen, load } = lookThrough([system, new HumanMessage('one')], 1000)
    expect(told).toBe('You are the engineer. Your job is to plan.')
    expect(seen.map(({ text }) => text)).toEqual(['one'])
    expect(load).toBeLessThan(0.02)
  })

  test('forgets the oldest first and cuts the message that only fits in part', () => {
    const long = new HumanMessage(`From: analyst\n${[line('a'), line('b'), line('c')].join('\n')}`)
    const messages = [system, new HumanMessage('the task'), long, new AIMessage('newest')]
    const { seen, load } = lookThrough(messages, 11 + 2 + 22)
    expect(seen.map(({ text }) => text)).toEqual([
      `From: analyst\n${line('b')}\n${line('c')}`,
      'newest',
    ])
    expect(load).toBe(1)
  })

  test('never loses the system message', () => {
    expect(lookThrough([system, new HumanMessage('one')], 1)).toMatchObject({ seen: [], load: 1 })
    expect(lookThrough([system], 1).system).toContain('Your job')
  })
})
