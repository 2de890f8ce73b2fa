import { HumanMessage } from '@langchain/core/messages'
import { filtered, readWithEffect, readWithoutEffect } from '../../core/evidence/copies.js'
import type { RoutingFault } from '../../core/fault.js'

/**
 * A message goes back to where it came from.
 *
 * @example
 * planner > engineer  ->  planner > engineer, engineer > planner
 */
export const messageCycle: RoutingFault = {
  id: 'message-cycle',
  abbreviation: 'MC',
  category: 'communication',
  injector: 'routing',
  summary: 'A message is also sent back from its receiver to its sender.',
  parameters: {
    echoes: {
      summary: 'How many times the message is sent back',
      default: 1,
      min: 1,
      max: 10,
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

  inject(deliveries, { to, parameters: { echoes = 1 } }) {
    const sent = deliveries.find((delivery) => delivery.to === to)
    // Neither the start nor the end of a graph is anybody who could get or send an echo.
    if (!sent || sent.from === '__start__' || sent.to === '__end__') return null
    const echo = { ...sent, from: sent.to, to: sent.from }
    return [...deliveries, ...Array.from({ length: echoes }, () => echo)]
  },

  effect: ({ before, after }) => after.length > before.length,
  // The message itself still arrives: nothing is lost.
  recoverable: () => true,

  behaviours: [
    {
      id: 'system-filters-messages',
      summary: 'The echo is thrown away before any agent reads it.',
      tiers: { rule: 'success' },
      by: 'program',
      detects: null,
      find: filtered,
    },
    {
      id: 'cycle-without-effect',
      summary: 'The sender reads its echo or is woken by it, and everybody acts as without it.',
      tiers: { reasoning: 'success' },
      by: 'program',
      detects: null,
      find: readWithoutEffect,
    },
    {
      id: 'cycle-with-effect',
      summary: 'The sender reads its echo or is woken by it, and somebody acts differently.',
      tiers: { reasoning: 'failure' },
      by: 'program',
      detects: null,
      find: readWithEffect,
    },
  ],
}
