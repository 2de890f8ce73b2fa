import { AIMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { textOf } from '../../../core/messages.js'
import type { SiteFacts } from '../../../core/site.js'
import { instructionAmbiguity } from '../../../faults/inter-agent/instruction-ambiguity.js'
import { siteWith } from '../site.js'

const nights = 'Book a room for 3 nights in Rome.'
const vague = 'Book a room for a few nights in the usual place.'

function told(
  taskText: string,
  parameters: Readonly<Record<string, number>> = { facts: 1 },
  facts: Partial<SiteFacts> = {},
): string | null {
  const site = siteWith({ taskText, ...facts }, parameters)
  return (
    instructionAmbiguity
      .inject([new HumanMessage(taskText)], site)
      ?.map(textOf)
      .join() ?? null
  )
}

describe('instruction-ambiguity', () => {
  test.each([
    ['a number of things', 'Book a room for 3 nights.', 'Book a room for a few nights.'],
    ['an amount', 'Pay 40 EUR.', 'Pay a few EUR.'],
    ['a date', 'Leave on 2031-05-14.', 'Leave in due time.'],
    ['a place', 'Book a room in Rome.', 'Book a room in the usual place.'],
    ['a quoted name', 'Sort the rows by "Gold".', 'Sort the rows by the usual one.'],
  ])('leaves open %s', (_, task, expected) => {
    expect(told(task)).toBe(expected)
  })

  test('leaves open two facts when it is told nothing, or as many as it is told', () => {
    expect(told(nights, {})).toBe(vague)
    const ones = Array.from({ length: 20 }, (_, seed) => told(nights, { facts: 1, seed }))
    for (const one of ones) expect(one === null || one === vague).toBe(false)
    expect(told(nights, { facts: 10 })).toBe(vague)
  })

  test('finds the task inside of longer messages and leaves the rest as it is', () => {
    const before = [
      new SystemMessage(nights),
      new HumanMessage(`The task:\n\n${nights}\n\nBe back on 2031-05-14. ${nights}`),
      new AIMessage(nights),
    ]
    const after = instructionAmbiguity.inject(before, siteWith({ taskText: nights }))
    expect(after?.map(textOf)).toEqual([
      nights,
      `The task:\n\n${vague}\n\nBe back on 2031-05-14. ${vague}`,
      nights,
    ])
  })

  test('says the same at every site of a trial, whatever was read there', () => {
    const taskText = 'Meet 3 people in Oslo. Go to Rome by 12 May. Pay 40 EUR.'
    for (let seed = 1; seed <= 10; seed++) {
      const here = siteWith({ taskText, later: 'Oslo', elsewhere: 'Lima | 7' }, { seed })
      const there = { ...siteWith({ taskText }, { seed }), rng: siteWith().rng, id: 'there' }
      const [one, other] = [here, there].map((site) =>
        instructionAmbiguity.inject([new HumanMessage(taskText)], site)?.map(textOf),
      )
      expect(one).toBeDefined()
      expect(one).toEqual(other)
    }
  })

  test('keeps protected strings', () => {
    for (let seed = 1; seed <= 10; seed++) {
      expect(told(nights, { seed }, { protect: ['Rome'] })).toBe(
        'Book a room for a few nights in Rome.',
      )
    }
  })

  test.each([
    ['the task states nothing', 'Do it well.', {}],
    ['the task is empty', '', {}],
    ['all of it is protected', nights, { protect: [nights] }],
    ['only the form of the reply could be left open', 'Reply with 3 words.', {}],
  ])('does nothing when %s', (_, task, facts) => {
    expect(told(task, {}, facts)).toBeNull()
  })

  test('does nothing when the task is not among the messages', () => {
    const site = siteWith({ taskText: nights })
    expect(instructionAmbiguity.inject([new HumanMessage('Hello')], site)).toBeNull()
    expect(instructionAmbiguity.inject([new AIMessage(nights)], site)).toBeNull()
    expect(instructionAmbiguity.inject([], site)).toBeNull()
  })
})

describe('an open task matters', () => {
  const site = siteWith({ taskText: nights, later: 'Booked: 3 nights.' })
  const change = { before: [new HumanMessage(nights)], after: [new HumanMessage(vague)] }
  const { effect, recoverable } = instructionAmbiguity

  test.each([
    ['when what is open was used', change, site, true],
    ['when somebody read it', { ...change, prompts: [`You plan.\n${vague}`] }, site, true],
    ['unless nobody read it', { ...change, prompts: [nights] }, site, false],
    [
      'unless the same prompt tells the detail elsewhere',
      { ...change, prompts: [`${vague} Yes, 3 nights.`] },
      site,
      false,
    ],
    ['unless what is open was not used', change, { ...site, later: 'Home.' }, false],
    ['unless the task is as it was', { ...change, after: change.before }, site, false],
    ['unless it was not there', { before: [], after: [] }, site, false],
  ])('%s', (_, given, at, expected) => {
    expect(effect(given, at)).toBe(expected)
  })

  test.each([
    ['by asking a person', { canAsk: 'person' as const }, true],
    ['by reading the task again', { taskReread: true }, true],
    ['not by asking a colleague, who read the same', { canAsk: 'peer' as const }, false],
    ['not otherwise', {}, false],
  ])('and can be settled %s', (_, facts, expected) => {
    expect(recoverable(change, siteWith(facts))).toBe(expected)
  })

  test('also when an injector model wrote it', () => {
    const { instruction, text, apply } = instructionAmbiguity.written ?? {}
    const before = [new HumanMessage(`Task:\n${nights}`), new AIMessage(nights)]
    expect(text?.(before, site)).toBe(nights)
    expect(text?.([new HumanMessage('Hello.')], site)).toBeNull()
    expect(apply?.([new HumanMessage('Hello.')], site, vague)).toBeNull()
    const after = apply?.(before, site, 'Book some nights in Rome.')
    expect(after?.map(textOf)).toEqual(['Task:\nBook some nights in Rome.', nights])
    expect(after && effect({ before, after }, site)).toBe(true)
    expect(instruction?.(siteWith({}, { facts: 1 }))).toContain('one detail')
  })
})
