import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textOf } from '../../../core/messages.js'
import type { SiteFacts } from '../../../core/site.js'
import { facts } from '../../../core/text/facts.js'
import { contextLengthViolation } from '../../../faults/intra-agent/context-length-violation.js'
import { siteWith } from '../site.js'

const task = new HumanMessage('Book the ferry from Genoa. The budget is 40 EUR. Be back by noon.')
const plan = new HumanMessage({
  id: 'p',
  content: 'From: planner\nTake the night boat.\nReply DONE.',
})

function swollen(
  messages: readonly BaseMessage[],
  parameters: Readonly<Record<string, number>> = { tokens: 500 },
  known: Partial<SiteFacts> = {},
): readonly BaseMessage[] | null {
  return contextLengthViolation.inject(messages, siteWith(known, parameters))
}
const textAt = (messages: readonly BaseMessage[] | null, at = 0) =>
  messages?.[at] ? textOf(messages[at]) : ''
const sentences = (text: string) => text.split(/\n\n|(?<=\.) /)

describe('context-length-violation', () => {
  test('puts 16,000 tokens of padding into the message when it is told nothing', () => {
    const added = textAt(swollen([task], {})).length - textOf(task).length
    expect(added).toBeGreaterThanOrEqual(64_000)
    expect(added).toBeLessThan(64_000 + 1200)
  })

  test.each([
    [{ tokens: 500 }, 8000, 2000],
    [{ tokens: 2000 }, null, 8000],
    [{ tokens: 500, windows: 1 }, 1000, 4000],
    [{ tokens: 500, windows: 1.5 }, 1000, 6000],
    [{ tokens: 500, windows: 2 }, null, 2000],
  ])('adds as many characters as %o say, with a window of %s', (parameters, window, expected) => {
    const added = textAt(swollen([task], parameters, { window })).length - textOf(task).length
    expect(added).toBeGreaterThanOrEqual(expected)
    expect(added).toBeLessThan(expected + 1200)
  })

  test('scatters the message in order, in as many pieces as it is told to', () => {
    const parts = textOf(task).split(/(?<=\.) /)
    const text = textAt(swollen([task], { tokens: 2000, pieces: 3 }))
    const places = parts.map((part) => text.indexOf(part) / text.length)
    for (const [at, place] of places.entries()) {
      expect(place).toBeGreaterThan(at / 3)
      expect(place).toBeLessThan((at + 1) / 3)
    }
    expect(textAt(swollen([task], { tokens: 2000, pieces: 1 }))).toContain(textOf(task))
  })

  test('takes nothing away, repeats nothing and states no number, date or name', () => {
    const said = fc.array<string>(
      fc.constantFrom('Go to Rome.', 'Pay 40 EUR.', '"Gold" is it.', 'At 14:30.'),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(said, fc.integer({ min: 1, max: 20 }), fc.integer(), (parts, pieces, seed) => {
        const message = new HumanMessage(parts.join(' '))
        const text = textAt(swollen([message], { tokens: 600, pieces, seed }))
        const all = sentences(text)
        const known = all.filter((one) => parts.includes(one))
        expect(known).toEqual(parts)
        const padding = all.filter((one) => !parts.includes(one))
        expect(new Set(padding).size).toBe(padding.length)
        const stated = facts(padding.join(' '))
        expect(stated).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('changes nothing but the newest message of a person or a colleague', () => {
    const answer = new AIMessage('I look.')
    const result = new ToolMessage({ content: 'None.', tool_call_id: 'a' })
    const before = [new SystemMessage('You are the clerk.'), task, plan, answer, result]
    const after = swollen(before)
    expect(after?.map((message, at) => message === before[at])).toEqual([
      true,
      true,
      false,
      true,
      true,
    ])
    expect(after?.[2]?.id).toBe('p')
    for (const line of textOf(plan).split('\n')) expect(textAt(after, 2)).toContain(line)
  })

  test('swells it in the same way at every call of the agent', () => {
    const grown = [task, plan, new AIMessage('I look.'), new AIMessage('I wait.')]
    const elsewhere = {
      ...siteWith({}, { tokens: 500 }),
      id: 'call:agent#0.1',
      rng: siteWith({}, { seed: 9 }).rng,
    }
    const first = swollen([task, plan])
    const then = contextLengthViolation.inject(grown, elsewhere)
    expect(textAt(then, 1)).toBe(textAt(first, 1))
    expect(textAt(swollen([task, plan], { tokens: 500, seed: 2 }), 1)).not.toBe(textAt(first, 1))
  })

  test('gives the padding a heading where the message has some', () => {
    const text = textAt(swollen([new HumanMessage('# Task\nGo to Rome.\n# Rules\nBe kind.')]))
    for (const part of ['# Task\nGo to Rome.', '# Rules\nBe kind.']) expect(text).toContain(part)
    const headings = text.match(/^#.*$/gm) ?? []
    expect(headings.length).toBeGreaterThan(3)
    expect(new Set(headings)).toEqual(new Set(['# Task', '# Rules', '## Background']))
  })

  test('prefers an agent that a colleague has told something', () => {
    const rank = (messages: readonly BaseMessage[]) =>
      contextLengthViolation.prefers?.(messages, siteWith())
    expect(rank([task, plan])).toBeLessThan(rank([task]) ?? 0)
  })

  test.each([
    ['nobody has said anything', [new SystemMessage('You plan.'), new AIMessage('Hm.')]],
    ['what was said is empty', [new HumanMessage(' ')]],
    ['there is no message', []],
    ['the input is longer already', [new AIMessage('x'.repeat(2000)), task]],
  ])('does nothing when %s', (_, messages) => {
    expect(swollen(messages)).toBeNull()
  })
})

describe('padding matters', () => {
  const change = { before: [task], after: [new HumanMessage('x'.repeat(8000))] }
  const { effect, recoverable, note } = contextLengthViolation

  test('when the input is longer than before, and can be recovered from', () => {
    expect(effect(change, siteWith())).toBe(true)
    expect(effect({ before: [task], after: [task] }, siteWith())).toBe(false)
    expect(recoverable(change, siteWith())).toBe(true)
  })

  test.each([
    [1999, '2000 tokens overflow the window of 1999'],
    [2000, '2000 tokens fit into the window of 2000'],
    [null, '2000 tokens; the window of the model is not known'],
  ])('and the ledger says whether it fits into a window of %s', (window, expected) => {
    expect(note?.(change, siteWith({ window }))).toBe(expected)
  })
})
