import { type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { textOf } from '../../../core/messages.js'
import type { SiteFacts } from '../../../core/site.js'
import { roleAmbiguity } from '../../../faults/inter-agent/role-ambiguity.js'
import { siteWith } from '../site.js'

const own = 'You are the planner. Your job is to plan. Do not search yourself.'
const task = new HumanMessage('Book the ferry. Do not hurry.')
const prompt = [new SystemMessage(own), task]
const peers = [
  { id: 'porter', role: 'You are the porter.' },
  { id: 'clerk', role: 'You are the clerk. Do not plan. Reply with one line.' },
]
const handsTo = [{ id: 'clerk', times: 2 }]

function told(
  messages: readonly BaseMessage[],
  parameters: Readonly<Record<string, number>> = {},
  facts: Partial<SiteFacts> = {},
): readonly string[] | null {
  const site = siteWith({ peers, handsTo, ...facts }, parameters)
  return roleAmbiguity.inject(messages, site)?.map(textOf) ?? null
}

const open = 'You are the planner. Your job is to plan.'
const mixed = `${open}\n\nHelp wherever you see fit.\n\nYou also hold this role: You are the clerk. Do not plan.`

describe('role-ambiguity', () => {
  test.each([
    ['takes its limits away (1)', 1, `${open} Help wherever you see fit.`],
    ['adds the other role (2)', 2, mixed],
    ['adds an order to do it all (3)', 3, `${mixed}\n\nDo this work yourself whenever you can.`],
  ])('%s', (_, strength, expected) => {
    expect(told(prompt, { strength })).toEqual([expected, textOf(task)])
  })

  test('adds the other role when it is told nothing', () => {
    expect(told(prompt)?.[0]).toBe(mixed)
  })

  test.each([
    ['whom it hands most to', handsTo, peers, 'clerk'],
    [
      'whom it hands to and whose role is known',
      [{ id: 'x', times: 9 }, ...handsTo],
      peers,
      'clerk',
    ],
    ['whose role is known, when it hands to nobody', [], peers, 'porter'],
    ['who has a role', [], [{ id: 'x', role: ' ' }, ...peers], 'porter'],
    [
      'whose role says more than its form',
      [{ id: 'x', times: 9 }],
      [{ id: 'x', role: 'Reply with one line.' }, ...peers],
      'porter',
    ],
  ])('takes the role of the colleague %s', (_, handsTo, peers, expected) => {
    expect(told(prompt, {}, { handsTo, peers })?.[0]).toContain(
      `You also hold this role: You are the ${expected}.`,
    )
  })

  test('keeps the form of a reply as it was, and protected strings', () => {
    const rules = 'Reply with a list only. Never say DONE before the end.'
    const after = told([new SystemMessage(`${own} ${rules}`)], {}, { protect: ['DONE'] })?.[0]
    expect(after).toContain(rules)
    expect(after).not.toContain('one line')
    expect(after).not.toContain('search yourself')
  })

  test('changes only the first system message, whatever else is read, and always alike', () => {
    const grown = [...prompt, new HumanMessage('Go on.'), new SystemMessage('Only now.')]
    const site = siteWith({ peers, handsTo })
    const other = { ...site, id: 'call:agent#0.1', rng: siteWith({}, { seed: 9 }).rng }
    const after = roleAmbiguity.inject(grown, other)
    expect(after?.map(textOf)).toEqual([mixed, ...grown.slice(1).map(textOf)])
    expect(after?.slice(1)).toEqual(grown.slice(1))
    expect(roleAmbiguity.inject(prompt, site)?.map(textOf)).toEqual(after?.map(textOf).slice(0, 2))
  })

  test('prefers the agent that hands over most often', () => {
    const rank = (...times: readonly number[]) =>
      roleAmbiguity.prefers?.(
        prompt,
        siteWith({ handsTo: times.map((n, at) => ({ id: `${at}`, times: n })) }),
      )
    expect(rank(2, 2)).toBeLessThan(rank(3) ?? 0)
    expect(rank(3)).toBeLessThan(rank() ?? 0)
  })

  test.each([
    ['there is no system message', [task], {}],
    ['there is no message', [], {}],
    ['no colleague is known', prompt, { peers: [] }],
    ['no role of a colleague is known', prompt, { peers: [{ id: 'clerk', role: '' }] }],
  ])('does nothing when %s', (_, messages, facts) => {
    for (const strength of [1, 2, 3]) expect(told(messages, { strength }, facts)).toBeNull()
  })
})

describe('a mixed role matters', () => {
  const change = { before: prompt, after: [new SystemMessage(mixed), task] }
  const { effect, recoverable } = roleAmbiguity

  test('when the agent has been called with it', () => {
    expect(effect(change, siteWith())).toBe(true)
  })

  test('unless the role is the same, whatever else has changed', () => {
    expect(effect({ before: prompt, after: prompt }, siteWith())).toBe(false)
    const after = [new SystemMessage(own), new HumanMessage('Wait.')]
    expect(effect({ before: prompt, after }, siteWith())).toBe(false)
    expect(effect({ before: prompt, after: [] }, siteWith())).toBe(false)
  })

  test('and can be recovered from: nothing is missing', () => {
    expect(recoverable(change, siteWith())).toBe(true)
  })

  test('also when an injector model merged the roles', () => {
    const { instruction, text, apply, material } = roleAmbiguity.written ?? {}
    const site = siteWith({ peers, handsTo })
    expect(text?.(prompt, site)).toBe(own)
    expect(text?.([task], site)).toBeNull()
    expect(text?.(prompt, siteWith())).toBeNull()
    const after = apply?.(prompt, site, 'You plan and book.')
    expect(after?.map(textOf)).toEqual(['You plan and book.', textOf(task)])
    expect(after && effect({ before: prompt, after }, site)).toBe(true)
    expect(instruction?.(site)).toContain('You are the clerk.')
    expect(material).toEqual(['peers'])
  })
})
