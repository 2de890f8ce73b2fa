import { HumanMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import type { Delivery, RoutingFault } from '../../../core/fault.js'
import { messageBroadcastAmplification } from '../../../faults/inter-agent/message-broadcast-amplification.js'
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

describe('message-broadcast-amplification', () => {
  const others = ['writer', 'critic', 'porter', 'lead', 'auditor', 'clerk']
  const broadcast = (
    deliveries: readonly Delivery[],
    parameters: Readonly<Record<string, number>> = {},
    reached: readonly string[] = others,
  ) =>
    messageBroadcastAmplification.inject(
      deliveries,
      siteWith({ to: 'editor', others: reached }, parameters),
    )

  test('sends the message to all others too, but to none twice and not to its sender', () => {
    expect(routes(broadcast(moment))).toEqual([
      ...(routes(moment) ?? []),
      'lead > porter: m',
      'lead > auditor: m',
      'lead > clerk: m',
    ])
  })

  test.each([
    [0.1, 1],
    [0.5, 3],
    [0.7, 4],
    [1, 5],
  ])('reaches a share of the others (%s), in the order of the graph', (reach, expected) => {
    const free = others.filter((other) => other !== 'lead')
    const found = Array.from({ length: 20 }, (_, seed) => {
      const after = broadcast([sent('lead', 'editor')], { reach, seed }) ?? []
      const added = after.slice(1).map(({ to }) => to)
      expect(added).toEqual(free.filter((other) => added.includes(other)))
      expect(added).toHaveLength(expected)
      return added.join()
    })
    expect(new Set(found).size).toBeGreaterThan(reach === 1 ? 0 : 1)
  })

  test('sends on the message that goes to the receiver, not another one', () => {
    const after = broadcast([sent('lead', 'writer', 'other'), sent('lead', 'editor')], {}, [
      'clerk',
    ])
    expect(routes(after)?.slice(2)).toEqual(['lead > clerk: m'])
  })

  test.each([
    ['nothing is sent', [], others],
    ['nothing is sent to the receiver', [sent('lead', 'writer')], others],
    ['there is nobody else', [sent('lead', 'editor')], []],
    ['all others get something already', moment, ['writer', 'critic']],
    ['only the sender is left', [sent('lead', 'editor')], ['lead']],
  ])('does nothing when %s', (_, deliveries, reached) => {
    expect(broadcast(deliveries, {}, reached)).toBeNull()
  })
})

const routing = [messageStorm, messageCycle, messageBroadcastAmplification]

test.each(routing)('$id can be recovered from: the message still arrives', ({ recoverable }) => {
  const more = { before: moment, after: [...moment, sent('lead', 'editor')] }
  expect(recoverable(more, siteWith())).toBe(true)
})

test.each(routing)('$id matters when it added a delivery', ({ effect }) => {
  const more = { before: moment, after: [...moment, sent('lead', 'editor')] }
  expect(effect(more, siteWith())).toBe(true)
  expect(effect({ before: moment, after: moment }, siteWith())).toBe(false)
})
