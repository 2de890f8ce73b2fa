import { HumanMessage } from '@langchain/core/messages'
import { filtered, readWithEffect, readWithoutEffect } from '../../core/evidence/copies.js'
import type { RoutingFault } from '../../core/fault.js'

/**
 * A message for one agent goes to others as well, whom it does not concern.
 *
 * @example
 * planner > clerk  ->  planner > clerk, planner > auditor, planner > porter
 */
export const messageBroadcastAmplification: RoutingFault = {
  id: 'message-broadcast-amplification',
  abbreviation: 'MBA',
  category: 'communication',
  injector: 'routing',
  summary: 'A message for one agent is also delivered to agents whom it does not concern.',
  parameters: {
    reach: {
      summary: 'Share of the other agents that get it, at least one',
      default: 1,
      min: 0.1,
      max: 1,
      integer: false,
    },
  },
  example: {
    payload: [
      {
        from: 'planner',
        to: 'clerk',
        message: new HumanMessage({ id: 'm1', content: 'Book the ferry.' }),
      },
    ],
    site: { agent: 'planner', to: 'clerk', others: ['auditor', 'porter'] },
  },

  inject(deliveries, { to, others, rng, parameters: { reach = 1 } }) {
    const sent = deliveries.find((delivery) => delivery.to === to)
    const receivers = new Set(deliveries.map((delivery) => delivery.to))
    const free = others.filter((other) => !receivers.has(other) && other !== sent?.from)
    if (!sent || free.length === 0) return null
    const reached = rng.shuffle(free).slice(0, Math.max(1, Math.round(free.length * reach)))
    // In the order of the graph, so that who is drawn and not how decides.
    const added = free.filter((other) => reached.includes(other))
    return [...deliveries, ...added.map((other) => ({ ...sent, to: other }))]
  },

  effect: ({ before, after }) => after.length > before.length,
  // The message still reaches whom it was meant for.
  recoverable: () => true,

  behaviours: [
    {
      id: 'system-filters-messages',
      summary: 'Those whom the message does not concern are not woken, or throw it away.',
      tiers: { rule: 'success' },
      by: 'program',
      detects: null,
      find: filtered,
    },
    {
      id: 'unfiltered-without-effect',
      summary: 'Somebody else reads the message, and everybody acts as without that.',
      tiers: { rule: 'failure', reasoning: 'success' },
      by: 'program',
      detects: null,
      find: readWithoutEffect,
    },
    {
      id: 'unfiltered-with-effect',
      summary: 'Somebody else reads the message, and somebody acts differently.',
      tiers: { rule: 'failure', reasoning: 'failure' },
      by: 'program',
      detects: null,
      find: readWithEffect,
    },
  ],
}
