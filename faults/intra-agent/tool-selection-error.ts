import { AIMessage } from '@langchain/core/messages'
import {
  correctedByAgent,
  reachedOtherwise,
  retriedBySystem,
  takenAsItIs,
  triedInVain,
} from '../../core/evidence/changed-call.js'
import type { ResponseFault } from '../../core/fault.js'
import { changedCall, heldCalls } from '../../core/held-calls.js'
import { roleOf, textOf } from '../../core/messages.js'
import { otherCall } from '../../core/other-call.js'
import { isSameAnswer, isUsed } from '../../core/used-result.js'
import { writtenCall } from '../../core/written-call.js'

/**
 * A well-formed call of another tool that is on offer, with arguments that it takes.
 *
 * @example
 * find_rows({ column: 'Year', value: '1996' })  ->  count_rows({ column: 'Year', value: '1996' })
 */
export const toolSelectionError: ResponseFault = {
  id: 'tool-selection-error',
  abbreviation: 'TSE',
  category: 'action',
  injector: 'response',
  summary: 'An agent makes a well-formed call of the wrong tool.',
  actsOn: 'a call of a tool that an agent makes',
  example: {
    payload: new AIMessage({
      content: '',
      tool_calls: [{ id: 'call-1', name: 'list_ferries', args: { port: 'Genoa' } }],
    }),
    site: {
      tools: ['list_ferries', 'list_piers', 'list_hotels'].map((name) => ({
        name,
        description: `What there is in a port: ${name}.`,
        schema: {
          type: 'object',
          properties: { port: { type: 'string' } },
          required: ['port'],
        },
      })),
      later: 'G104 leaves Genoa at 14:30.',
      results: [{ text: 'G104 leaves Genoa at 14:30.', failed: false }],
    },
  },

  inject(message, site) {
    if (roleOf(message) !== 'ai') return null
    for (const call of heldCalls(message, site.tools)) {
      const change = otherCall(call, site)
      if (change) return call.with(change)
    }
    return null
  },

  written: {
    instruction: () =>
      'Make it a call of another tool on offer that could be mistaken for the right one, with all arguments that it requires. It has to be a valid call.',
    ...writtenCall,
  },

  effect({ before, after, results }, site) {
    const at = changedCall(before, after)
    if (at === null) return textOf(before) !== textOf(after)
    const usual = site.results[at]
    if (!usual || usual.failed || !isUsed(usual, site.later)) return false
    if (!results) return true
    const now = results[at]
    // A tool that refused did not run: that would be an error of form.
    return now !== null && now !== undefined && !now.failed && !isSameAnswer(now, usual)
  },

  // The right tool is still on offer.
  recoverable: () => true,

  behaviours: [
    {
      id: 'agent-corrects',
      summary: 'The agent sees the result and calls the tool that it had meant.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'program',
      detects: true,
      find: correctedByAgent,
    },
    {
      id: 'system-retries',
      summary: 'A parser, a retry or the ordinary loop repairs or repeats the call.',
      tiers: { mechanism: 'success' },
      by: 'heuristic',
      detects: null,
      find: retriedBySystem,
    },
    {
      id: 'alternative-path',
      summary: 'Another call or another agent brings what the call would have brought.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'heuristic',
      detects: null,
      find: reachedOtherwise,
    },
    {
      id: 'responds-but-fails',
      summary: 'Somebody reacts to the strange result, and the goal is not reached.',
      tiers: { mechanism: 'success', reasoning: 'failure' },
      by: 'heuristic',
      detects: true,
      find: triedInVain,
    },
    {
      id: 'no-correction',
      summary: 'The result of the wrong tool is used as if it were right.',
      tiers: {},
      by: 'program',
      detects: false,
      find: takenAsItIs,
    },
  ],
}
