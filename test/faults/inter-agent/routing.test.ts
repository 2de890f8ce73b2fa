import { HumanMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import type { Delivery, RoutingFault } from '../../../core/fault.js'
import { messageCycle } from '../../../faults/inter-agent/message-cycle.js'
import { messageStorm } from '../../../faults/inter-agent/message-storm.js'
import { siteWith } from '../site.js'

const message = new HumanMessage({ id: 'm', content: 'Start.' })
const sent = (from: string, to: string, of: string = 'm'): Delivery => ({
  from,
  to,
  message: new HumanMessage({ id: of, content: 'Start.' }),
})
const routes = (deliveries: readonly Delivery[] | null) =>
  deliveries?.map(({ from, to, message }) => `${from} > ${to}: ${message?.id}`)

const moment = [sent('lead', 'writer'), sent('lead', 'editor'), sent('lead', 'critic')]
const injected = (
  fault: RoutingFault,
  deliveries: readonly Delivery[],
  parameters: Readonly<Record<string, number>> = {},
) => fault.inject(deliveries, siteWith({ to: 'editor' }, parameters))

describe('message-storm', () => {
  test('puts the copies right behind the message', () => {
    expect(routes(injected(messageStorm, moment, { copies: 2 }))).toEqual([
      'lead > writer: m',
      'lead > editor: m',
      'lead > editor: m',
      'lead > editor: m',
      'lead > critic: m',
    ])
  })

  test('gives fresh copies ids of their own', () => {
    const after = injected(messageStorm, [sent('lead', 'editor')], { copies: 2, fresh: 1 })
    expect(routes(after)).toEqual(['lead > editor: m', 'lead > editor: m~1', 'lead > editor: m~2'])
    expect(after?.map(({ message }) => message?.text)).toEqual(['Start.', 'Start.', 'Start.'])
  })

  test('adds 25 copies when it is told nothing', () => {
    expect(injected(messageStorm, moment)).toHaveLength(3 + 25)
  })

  test('copies a delivery without a message', () => {
    const after = injected(messageStorm, [{ from: 'lead', to: 'editor' }], { copies: 1, fresh: 1 })
    expect(after).toEqual([
      { from: 'lead', to: 'editor' },
      { from: 'lead', to: 'editor' },
    ])
  })

  test.each([
    ['nothing is sent', []],
    ['nothing is sent to the receiver', [sent('lead', 'writer')]],
  ])('does nothing when %s', (_, deliveries) => {
    expect(injected(messageStorm, deliveries)).toBeNull()
  })
})

describe('message-cycle', () => {
  test('sends the message back as well', () => {
    expect(routes(injected(messageCycle, moment))).toEqual([
      ...(routes(moment) ?? []),
      'editor > lead: m',
    ])
  })

  test('sends it back as often as it is told to', () => {
    expect(injected(messageCycle, moment, { echoes: 3 })).toHaveLength(3 + 3)
  })

  test('does nothing when the receiver is the end', () => {
    const site = siteWith({ to: '__end__' })
    expect(messageCycle.inject([{ from: 'lead', to: '__end__', message }], site)).toBeNull()
  })

  test.each([
    ['nothing is sent', []],
    ['nothing is sent to the receiver', [sent('lead', 'writer')]],
    ['the sender is the start', [sent('__start__', 'editor')]],
  ])('does nothing when %s', (_, deliveries) => {
    expect(injected(messageCycle, deliveries)).toBeNull()
  })
})

test.each([messageStorm, messageCycle])('$id matters when it added a delivery', ({ effect }) => {
  const more = { before: moment, after: [...moment, sent('lead', 'editor')] }
  expect(effect(more, siteWith())).toBe(true)
  expect(effect({ before: moment, after: moment }, siteWith())).toBe(false)
})
