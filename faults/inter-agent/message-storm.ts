import { HumanMessage } from '@langchain/core/messages'
import { filtered, readWithEffect, readWithoutEffect } from '../../core/evidence/copies.js'
import type { Delivery, RoutingFault } from '../../core/fault.js'
import { copyMessage } from '../../core/messages.js'

/**
 * One message arrives many times.
 *
 * @example
 * planner > engineer  ->  planner > engineer, planner > engineer, planner > engineer, …
 */
export const messageStorm: RoutingFault = {
  id: 'message-storm',
  abbreviation: 'MS',
  category: 'communication',
  injector: 'routing',
  summary: 'One message is delivered to its receiver many times over.',
  parameters: {
    copies: {
      summary: 'How many copies follow the message',
      default: 25,
      min: 1,
      max: 1000,
      integer: true,
    },
    fresh: {
      summary: 'Whether every copy has an id of its own (1) or that of the message (0)',
      default: 0,
      min: 0,
      max: 1,
      integer: true,
    },
  },
  example: {
    payload: [
      {
        from: 'planner',
        to: 'engineer',
        message: new HumanMessage({ id: 'm1', content: 'Start.' }),
      },
    ],
    site: { agent: 'planner', to: 'engineer' },
  },

  inject(deliveries, { to, parameters: { copies = 25, fresh = 0 } }) {
    const at = deliveries.findIndex((delivery) => delivery.to === to)
    const stormed = deliveries[at]
    if (!stormed) return null
    const added = Array.from({ length: copies }, (_, n) =>
      fresh ? renewed(stormed, n + 1) : stormed,
    )
    return [...deliveries.slice(0, at + 1), ...added, ...deliveries.slice(at + 1)]
  },

  effect: ({ before, after }) => after.length > before.length,
  // Every copy says what the message says: nothing is lost.
  recoverable: () => true,

  behaviours: [
    {
      id: 'system-filters-messages',
      summary: 'The copies are thrown away before any agent reads them.',
      tiers: { rule: 'success' },
      by: 'program',
      detects: null,
      find: filtered,
    },
    {
      id: 'unfiltered-without-effect',
      summary: 'Copies are read or wake an agent, and everybody acts as without them.',
      tiers: { rule: 'failure', reasoning: 'success' },
      by: 'program',
      detects: null,
      find: readWithoutEffect,
    },
    {
      id: 'unfiltered-with-effect',
      summary: 'Copies are read or wake an agent, and somebody acts differently.',
      tiers: { rule: 'failure', reasoning: 'failure' },
      by: 'program',
      detects: null,
      find: readWithEffect,
    },
  ],
}

/** The same delivery whose message has a new id, so that only a comparison of contents finds it out. */
function renewed(delivery: Delivery, n: number): Delivery {
  const { message } = delivery
  if (!message) return delivery
  return { ...delivery, message: copyMessage(message, { id: `${message.id ?? 'message'}~${n}` }) }
}
