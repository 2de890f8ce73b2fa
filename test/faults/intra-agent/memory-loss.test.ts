import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { roleOf, textOf, toolCallsOf } from '../../../core/messages.js'
import type { SiteFacts } from '../../../core/site.js'
import { memoryLoss } from '../../../faults/intra-agent/memory-loss.js'
import { siteWith } from '../site.js'

const said = (text: string) => new HumanMessage(text)
const call = (id: string, port: string) =>
  new AIMessage({ content: '', tool_calls: [{ id, name: 'find', args: { port } }] })
const result = (tool_call_id: string, content: string) => new ToolMessage({ content, tool_call_id })

const system = new SystemMessage('You are the clerk.')
const task = said('Book the ferry from Genoa at 14:30.')
const budget = said('From: planner\nThe budget is 40 EUR.')
const question = said('From: clerk\nShall I book?')
const own = 'Yes: from Genoa at 14:30, for 40 EUR.'

function told(
  messages: readonly BaseMessage[],
  facts: Partial<SiteFacts> = {},
  parameters: Readonly<Record<string, number>> = {},
): readonly string[] | null {
  const site = siteWith({ own, ...facts }, parameters)
  return memoryLoss.inject(messages, site)?.map(textOf) ?? null
}
const texts = (...messages: readonly BaseMessage[]) => messages.map(textOf)

describe('memory-loss', () => {
  test.each([
    ['the oldest message that matters', [task, budget, question], own, texts(budget, question)],
    ['no message that does not matter', [task, budget, question], '40 EUR', texts(task, question)],
    ['never the system message', [system, task, question], own, texts(system, question)],
    [
      'a call together with its result',
      [said('Go on.'), call('a', 'Pisa'), result('a', 'It leaves at 14:30.'), question],
      '14:30',
      texts(said('Go on.'), question),
    ],
    [
      'calls together with all their results',
      [
        said('Go on.'),
        new AIMessage({
          content: 'I look.',
          tool_calls: ['a', 'b'].map((id) => ({ id, name: 'find', args: {} })),
        }),
        result('b', 'It costs 40 EUR in all.'),
        result('a', 'Nothing.'),
        question,
      ],
      '40 EUR',
      texts(said('Go on.'), question),
    ],
  ])('forgets %s', (_, messages, used, expected) => {
    expect(told(messages, { own: used })).toEqual(expected)
  })

  test('forgets as many messages as it is told to, the newest never', () => {
    const all = [task, budget, said('From: planner\nNot before 14:30.'), question]
    expect(told(all, {}, { messages: 2 })).toEqual(texts(...all.slice(2)))
    expect(told(all, {}, { messages: 50 })).toEqual(texts(question))
    expect(told([task, said('At 14:30, for 40 EUR.')], {}, { messages: 50 })).toEqual([
      'At 14:30, for 40 EUR.',
    ])
  })

  test('forgets the last half of the only message', () => {
    expect(told([said('It leaves Genoa. It costs 40 EUR.')])).toEqual(['It leaves Genoa.'])
  })

  test('never begins with an answer: what was answered is forgotten with the question', () => {
    const calls = [call('a', 'Genoa'), result('a', 'Nothing.')]
    const after = told([system, task, ...calls, question], { own: 'Genoa 14:30' })
    expect(after).toEqual(texts(system, question))
  })

  test('never begins with an answer: with nothing else to begin, half of a message stays', () => {
    const long = said('Book the ferry from Genoa. It leaves at 14:30.')
    const calls = [call('a', 'Genoa'), result('a', 'Nothing.')]
    const after = memoryLoss.inject([long, ...calls], siteWith({ own: 'Genoa 14:30' }))
    expect(after?.map(textOf)).toEqual(['Book the ferry from Genoa.', ...texts(...calls)])
    expect(after?.map(roleOf)).toEqual(['human', 'ai', 'tool'])
  })

  test('keeps what is protected, and forgets the rest of that message', () => {
    const long = said('Book the ferry from Genoa. It leaves at 14:30. Reply DONE.')
    expect(told([long, question], { protect: ['DONE'] })).toEqual(['Reply DONE.', textOf(question)])
    const again = said('Shall I reply DONE?')
    expect(told([long, again], { protect: ['DONE'] })).toEqual([textOf(again)])
  })

  test('forgets the same at every call of the agent, while its turns grow', () => {
    const first = [system, task, budget]
    const grown = [...first, call('a', 'Genoa'), result('a', 'At 14:30 for 40 EUR.')]
    const site = siteWith({ own })
    const [now, then] = [first, grown].map((all) => memoryLoss.inject(all, site))
    expect(now).toEqual([system, budget])
    expect(then).toEqual([system, ...grown.slice(2)])
    expect(then?.flatMap(toolCallsOf)).toHaveLength(1)
  })

  test('prefers an agent that has been told several things', () => {
    const rank = (messages: readonly BaseMessage[]) => memoryLoss.prefers?.(messages, siteWith())
    expect(rank([system, task, budget])).toBeLessThan(rank([system, task]) ?? 0)
  })

  test.each([
    ['there is nothing to forget', [], {}],
    ['nothing of it was used', [task, budget, question], { own: 'I go home.' }],
    ['the only message is one sentence', [task], {}],
    ['only the first half was used', [said('It leaves Genoa. It is blue.')], {}],
    ['all of it is protected', [task, question], { protect: [textOf(task)] }],
  ])('does nothing when %s', (_, messages, facts) => {
    expect(told(messages, facts)).toBeNull()
  })
})

describe('a loss of memory matters', () => {
  const change = { before: [task, budget], after: [budget] }
  const { effect, recoverable } = memoryLoss

  test.each([
    ['when the agent used what it forgot', change, own, true],
    ['unless it used something else', change, '40 EUR', false],
    ['unless nothing is gone', { before: [task], after: [task] }, own, false],
    [
      'unless what a message was shortened to still says it',
      { before: [said('Genoa at 14:30. Be kind.')], after: [said('Genoa at 14:30.')] },
      own,
      false,
    ],
  ])('%s', (_, given, used, expected) => {
    expect(effect(given, siteWith({ own: used }))).toBe(expected)
  })

  const tools = [{ name: 'find', description: '', schema: {} }]
  const answer = { before: [task, result('a', 'It leaves at 14:30.')], after: [task] }

  test.each([
    [
      'when another message says it too',
      { before: [task, budget, task], after: [budget, said('Genoa at 14:30.')] },
      {},
      true,
    ],
    ['when others have read it', change, { readByOthers: 'Genoa, 14:30' }, true],
    ['when others have read only a part of it', change, { readByOthers: 'Genoa' }, false],
    ['when somebody can be asked', change, { canAsk: 'peer' as const }, true],
    ['when the task is read again', change, { taskReread: true }, true],
    [
      'when a tool can say it again',
      { ...answer, after: [said('Go on.')], before: answer.before.slice(1) },
      { tools },
      true,
    ],
    ['when no tool has said it', change, { tools }, false],
    ['not otherwise', change, {}, false],
  ])('and can be recovered from %s', (_, given, facts, expected) => {
    expect(recoverable(given, siteWith(facts))).toBe(expected)
  })

  test('also when an injector model shortened it', () => {
    const { text, apply } = memoryLoss.written ?? {}
    const site = siteWith({ own })
    const all = [system, task, question]
    expect(text?.(all, site)).toBe(textOf(task))
    const after = apply?.(all, site, 'Book a ferry.')
    expect(after?.map(textOf)).toEqual([textOf(system), 'Book a ferry.', textOf(question)])
    expect(after && effect({ before: all, after }, site)).toBe(true)
    expect(text?.([system, question], site)).toBeNull()
  })
})
