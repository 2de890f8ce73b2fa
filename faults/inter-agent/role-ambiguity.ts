import { HumanMessage, SystemMessage } from '@langchain/core/messages'
import {
  correctedItself,
  foreignWorkFiltered,
  foreignWorkPassed,
  nobodyReacted,
  peersFailed,
  peersMadeUp,
  stayedInRole,
} from '../../core/evidence/role.js'
import type { PromptFault } from '../../core/fault.js'
import { roleOf, textOf, withText } from '../../core/messages.js'
import type { Peer, Site } from '../../core/site.js'
import { isEnglish } from '../../core/text/english.js'
import { withoutForm, withoutLimits } from '../../core/text/limits.js'
import { keepsAll } from '../../core/text/occurrences.js'

/**
 * An agent's system prompt no longer says where its role ends: its limits go, and the role of the colleague it hands its
 * work to is put beside its own.
 *
 * @example
 * You are the planner. Do not search yourself.  ->  You are the planner. … You also hold this role: You are the engineer. …
 */
export const roleAmbiguity: PromptFault = {
  id: 'role-ambiguity',
  abbreviation: 'RA',
  category: 'configuration',
  injector: 'prompt',
  point: 'call',
  trigger: 'agent',
  summary: "An agent's system prompt mixes its role with that of another agent.",
  actsOn: 'the system message of one agent',
  parameters: {
    strength: {
      summary: 'Limits go (1), the other role is added (2), and so is an order to do it all (3)',
      default: 2,
      min: 1,
      max: 3,
      integer: true,
    },
  },
  example: {
    payload: [
      new SystemMessage('You are the planner. Your job is to plan. Do not search yourself.'),
      new HumanMessage('Book the ferry.'),
    ],
    site: {
      agent: 'planner',
      handsTo: [{ id: 'clerk', times: 2 }],
      peers: [
        { id: 'clerk', role: 'You are the clerk. Your job is to book. Reply with one line.' },
      ],
    },
  },

  inject(messages, site) {
    const at = messages.findIndex((message) => roleOf(message) === 'system')
    const system = messages[at]
    const other = otherRole(site)
    if (!system || !other) return null
    const before = textOf(system)
    if (!isEnglish(before)) return null // What is added to a role is English.
    const after = mixed(before, other.role, site)
    if (after === before || !keepsAll(before, after, site.protect)) return null
    return messages.map((message, here) => (here === at ? withText(message, after) : message))
  },

  written: {
    instruction: (site) =>
      `Merge the payload, which tells an agent its role, with this role of a colleague into one text without a border between them: "${otherRole(site)?.role ?? ''}". In which form to reply stays as the payload says.`,
    material: ['peers'],
    length: 'free',
    text: (messages, site) => {
      const system = messages.find((message) => roleOf(message) === 'system')
      return system && otherRole(site) ? textOf(system) : null
    },
    apply: (messages, _, text) => {
      const at = messages.findIndex((message) => roleOf(message) === 'system')
      return messages.map((message, here) => (here === at ? withText(message, text) : message))
    },
  },

  // Whoever hands over most has most to keep or to leave.
  prefers: (_, { handsTo }) => -handsTo.reduce((sum, { times }) => sum + times, 0),

  // The prompt of a call needs no reader to be found: the call was made with it.
  effect: ({ before, after }) =>
    before.some((message, at) => {
      const now = after[at]
      return roleOf(message) === 'system' && now !== undefined && textOf(now) !== textOf(message)
    }),
  // All that the work needs is still said.
  recoverable: () => true,

  behaviours: [
    {
      id: 'stays-in-role',
      summary: 'The agent does what its own role demands, and nothing else.',
      tiers: { prompt: 'success' },
      by: 'heuristic',
      detects: null,
      find: stayedInRole,
    },
    {
      id: 'disturbed-output-filtered',
      summary: 'The agent does foreign work, and a parser, router or filter drops all of it.',
      tiers: { rule: 'success', prompt: 'failure' },
      by: 'program',
      detects: null,
      find: foreignWorkFiltered,
    },
    {
      id: 'disturbed-self-corrects',
      summary: 'The agent does foreign work and then its own, so that the goal is reached.',
      tiers: { mechanism: 'success', prompt: 'failure' },
      by: 'heuristic',
      detects: null,
      find: correctedItself,
    },
    {
      id: 'disturbed-peers-compensate',
      summary: 'The agent does foreign work, and colleagues make up for it.',
      tiers: { mechanism: 'success', prompt: 'failure' },
      by: 'heuristic',
      detects: null,
      find: peersMadeUp,
    },
    {
      id: 'disturbed-peers-fail',
      summary: 'The agent does foreign work, and what colleagues do about it is not enough.',
      tiers: { mechanism: 'failure', prompt: 'failure' },
      by: 'heuristic',
      detects: null,
      find: peersFailed,
    },
    {
      id: 'disturbed-output-not-filtered',
      summary: 'Foreign output passes a parser or filter that is there, and is acted upon.',
      tiers: { rule: 'failure', prompt: 'failure' },
      by: 'program',
      detects: null,
      find: foreignWorkPassed,
    },
    {
      id: 'disturbed-without-tolerance',
      summary: 'The agent does foreign work, and nobody does anything about it.',
      tiers: { prompt: 'failure' },
      by: 'program',
      detects: false,
      find: nobodyReacted,
    },
  ],
}

/** The colleague whom the agent hands most to; without any, the first one whose role says more than a form. */
function otherRole({ handsTo, peers }: Pick<Site, 'handsTo' | 'peers'>): Peer | null {
  const known = peers.filter(({ role }) => withoutForm(role) !== '')
  const receiver = handsTo.flatMap(({ id }) => known.filter((peer) => peer.id === id))[0]
  return receiver ?? known[0] ?? null
}

function mixed(
  own: string,
  other: string,
  { protect, parameters: { strength = 2 } }: Site,
): string {
  const parts = [withoutLimits(own, protect), 'Help wherever you see fit.']
  if (strength >= 2) parts.push(`You also hold this role: ${withoutForm(other)}`)
  if (strength >= 3) parts.push('Do this work yourself whenever you can.')
  return parts.join(strength >= 2 ? '\n\n' : ' ')
}
