import { AIMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { textOf } from '../../../core/messages.js'
import type { SiteFacts } from '../../../core/site.js'
import { instructionLogicConflict } from '../../../faults/inter-agent/instruction-logic-conflict.js'
import { siteWith } from '../site.js'

function told(
  taskText: string,
  facts: Partial<SiteFacts> = {},
  parameters: Readonly<Record<string, number>> = {},
): string | null {
  const site = siteWith({ taskText, ...facts }, parameters)
  const after = instructionLogicConflict.inject([new HumanMessage(taskText)], site)
  return after ? after.map(textOf).join() : null
}

const question = 'Which "Nation" has the highest "Gold"?'
const other = 'Which "Nation" has the lowest "Gold"?'

describe('instruction-logic-conflict', () => {
  test.each([
    ['a superlative', question, `${question}\n${other}`],
    [
      'a rank from the other end',
      'Name the second largest lake.',
      'Name the second largest lake.\nName the second smallest lake.',
    ],
    [
      'a bound',
      'How many rows have "Gold" above 12?',
      'How many rows have "Gold" above 12?\nHow many rows have "Gold" below 12?',
    ],
    [
      'a bound that could hold as well, with a value beyond',
      'Pay at least 60.',
      'Pay at least 60.\nPay at most 42.',
    ],
    [
      'a sentence among others',
      `${question} Reply with one word.`,
      `${question} ${other} Reply with one word.`,
    ],
    [
      'an item, at the end of its list',
      '## Rules\n1. Take the highest bid.\n2. Be kind.\n\n## Examples\n- Oslo: 12',
      '## Rules\n1. Take the highest bid.\n2. Be kind.\n3. Take the lowest bid.\n\n## Examples\n- Oslo: 12',
    ],
    [
      'a comparison rather than a name or a number',
      'Meet 3 people in Oslo. Go to Rome. Take the longest way.',
      'Meet 3 people in Oslo. Go to Rome. Take the longest way. Take the shortest way.',
    ],
    ['a yes', 'The door must be closed.', 'The door must be closed.\nThe door must not be closed.'],
  ])('contradicts %s', (_, task, expected) => {
    expect(told(task)).toBe(expected)
  })

  test('takes another word from the list that names the first one', () => {
    const task =
      'What is the total of "Gold" for "Italy"?\n\n- Call it "Table", "Chart" or "Plan".\n' +
      '- The columns are "Gold" and "Silver".'
    const added = '?\nWhat is the total of "Silver" for "Italy"?'
    for (let seed = 1; seed <= 10; seed++) {
      expect(told(task, {}, { seed })).toBe(task.replace('?', added))
    }
  })

  test('contradicts a number by another one', () => {
    expect(told('Invite 10 guests.')).toMatch(/^Invite 10 guests\.\nInvite (?:13|7) guests\.$/)
  })

  test('contradicts as many demands as it is told to', () => {
    const task = 'Take the highest bid.\nLeave before noon.'
    expect(told(task, {}, { conflicts: 2 })).toBe(
      'Take the highest bid.\nTake the lowest bid.\nLeave before noon.\nLeave after noon.',
    )
  })

  test('finds the task inside of a longer message and leaves the rest as it is', () => {
    const before = [
      new SystemMessage(question),
      new HumanMessage(`The task:\n\n${question}\n\nGood luck.`),
      new AIMessage(question),
    ]
    const after = instructionLogicConflict.inject(before, siteWith({ taskText: question }))
    expect(after?.map(textOf)).toEqual([
      question,
      `The task:\n\n${question}\n${other}\n\nGood luck.`,
      question,
    ])
  })

  test('says the same at every site of a trial, whatever was read there', () => {
    const taskText = 'Meet 3 people in Oslo. Go to Rome by 12 May.'
    const here = siteWith({ taskText, later: 'Oslo', elsewhere: 'Lima | 7' })
    const there = { ...siteWith({ taskText }), rng: siteWith({}, { seed: 9 }).rng, id: 'there' }
    const message = [new HumanMessage(taskText)]
    const texts = [here, there].map((site) =>
      instructionLogicConflict.inject(message, site)?.map(textOf),
    )
    expect(texts[0]).toBeDefined()
    expect(texts[0]).toEqual(texts[1])
  })

  test.each([
    ['the task demands nothing', 'Do it.', {}],
    ['the task is empty', '', {}],
    ['it asks for either of two', 'Is it before or after?', {}],
    ['only examples could be contradicted', 'Examples:\n- fee of 12 is 41', {}],
    ['only the form of the reply could be contradicted', 'Reply with the highest.', {}],
    ['the only yes is protected', 'The door must be closed.', { protect: ['door'] }],
    ['all of it is protected', question, { protect: [question] }],
  ])('does nothing when %s', (_, task, facts) => {
    expect(told(task, facts)).toBeNull()
  })

  test('does nothing when the task is not among the messages', () => {
    const site = siteWith({ taskText: question })
    expect(instructionLogicConflict.inject([new HumanMessage('Hello')], site)).toBeNull()
    expect(instructionLogicConflict.inject([], site)).toBeNull()
  })
})

describe('a conflict matters', () => {
  const site = siteWith({ taskText: question, later: 'The answer is Italy.' })
  const before = [new HumanMessage(question)]
  const after = [new HumanMessage(`${question}\n${other}`)]

  test('when both statements are read and the baseline answered the first', () => {
    const prompts = [`You plan.\n${question} ${other}`]
    expect(instructionLogicConflict.effect({ before, after }, site)).toBe(true)
    expect(instructionLogicConflict.effect({ before, after, prompts }, site)).toBe(true)
  })

  test.each([
    ['unless no prompt holds both', { before, after, prompts: [question, other] }, site],
    ['unless nothing was read at all', { before, after, prompts: [] }, site],
    ['unless the second statement is missing', { before, after: before }, site],
    ['unless the baseline did nothing with it', { before, after }, { ...site, later: '' }],
  ])('%s', (_, change, site) => {
    expect(instructionLogicConflict.effect(change, site)).toBe(false)
  })

  test('unless the baseline took nothing up of a demand', () => {
    const taskText = 'Take the highest bid.'
    const bids = [new HumanMessage(`${taskText}\nTake the lowest bid.`)]
    const change = { before: [new HumanMessage(taskText)], after: bids }
    const used = (later: string) =>
      instructionLogicConflict.effect(change, siteWith({ taskText, later }))
    expect([used('I take the highest.'), used('I go home.')]).toEqual([true, false])
  })

  test.each([
    ['person', true],
    ['peer', false],
    ['nobody', false],
  ] as const)('and can be settled only by asking a person (%s)', (canAsk, settled) => {
    const change = { before, after }
    expect(instructionLogicConflict.recoverable(change, { ...site, canAsk })).toBe(settled)
  })
})

describe('a conflict that an injector model wrote', () => {
  const taskText = 'The room must have at least 2 beds. The price must stay below 90 EUR.'
  const site = siteWith({ taskText, later: 'Booked: at least 2 beds.' }, { conflicts: 1 })
  const before = [new HumanMessage(`Task:\n${taskText}`), new AIMessage(taskText)]
  const { text, apply } = instructionLogicConflict.written ?? {}
  const applied = (changed: string) => apply?.(before, site, changed) ?? null

  test('is about the task, where somebody reads it', () => {
    expect(text?.(before, site)).toBe(taskText)
    expect(text?.([new HumanMessage('Hello.')], site)).toBeNull()
  })

  test('stands beside the task in every message of a person, and matters', () => {
    const changed = `${taskText} The room must have one bed only.`
    const after = applied(changed)
    expect(after?.map(textOf)).toEqual([`Task:\n${changed}`, taskText])
    if (!after) return
    const { effect } = instructionLogicConflict
    expect(effect({ before, after }, site)).toBe(true)
    expect(effect({ before, after, prompts: [changed] }, site)).toBe(true)
    expect(effect({ before, after, prompts: [taskText] }, site)).toBe(false)
    expect(effect({ before, after }, { ...site, later: '' })).toBe(false)
  })

  test('is none when a demand went, or when it is about something else', () => {
    expect(applied('The room must have one bed only.')).toBeNull()
    const after = applied(`${taskText} Whistle a tune.`)
    expect(after && instructionLogicConflict.effect({ before, after }, site)).toBe(false)
  })
})
