import { AIMessage } from '@langchain/core/messages'
import {
  inferred,
  leftOut,
  repairedFromOutside,
  restoredByProcess,
} from '../../core/evidence/loss.js'
import type { ResponseFault } from '../../core/fault.js'
import { textOf, withText } from '../../core/messages.js'
import { lost } from '../../core/text/lost.js'
import { mentions } from '../../core/text/mentions.js'
import { shortened } from '../../core/text/omit.js'
import { isRestorable } from '../../core/text/restorable.js'
import { spoken } from '../../core/text/spoken.js'
import { wholeText } from '../../core/text/whole-text.js'

/**
 * What is said or returned lacks details that the work needs.
 *
 * @example
 * Sort rows by "Gold" from high to low.  ->  Sort rows from high to low.
 */
export const criticalInformationLoss: ResponseFault = {
  id: 'critical-information-loss',
  abbreviation: 'CIL',
  category: 'planning',
  injector: 'response',
  summary: 'A message or a tool result arrives without details that the work needs.',
  parameters: {
    facts: { summary: 'How many facts are removed', default: 2, min: 1, max: 10, integer: true },
  },
  example: {
    payload: new AIMessage(
      'Book the ferry from Genoa at 14:30.\nThe budget is 40 EUR.\nAsk for a cabin.',
    ),
    site: { later: 'Booked from Genoa at 14:30 for 40 EUR.' },
  },

  inject(message, site) {
    const { facts = 2 } = site.parameters
    const said = spoken(message, site)
    const after = said && shortened(said.text, site, { count: facts, echo: said.echo })
    return after === null ? null : withText(message, after)
  },

  written: {
    instruction: ({ parameters: { facts = 2 } }) =>
      `Remove ${facts === 1 ? 'one detail' : `up to ${facts} details`} that the work needs – a value, a name, a date, a condition – wherever the payload has it. Put nothing in its place, so that nobody sees a gap.`,
    material: [],
    ...wholeText,
  },

  effect({ before, after }, { later }) {
    const isLeft = mentions(textOf(after))
    const isLater = mentions(later)
    return lost(textOf(before), textOf(after)).some((fact) => isLater(fact) && !isLeft(fact))
  },

  recoverable: ({ before, after }, site) => isRestorable(lost(textOf(before), textOf(after)), site),

  behaviours: [
    {
      id: 'repairs-from-external-source',
      summary: 'A tool call or a question that the baseline lacks brings the lost fact back.',
      tiers: { mechanism: 'success', reasoning: 'failure' },
      by: 'program',
      detects: true,
      find: repairedFromOutside,
    },
    {
      id: 'restores-information-via-process',
      summary: 'The lost fact comes back through messages that the system passes around anyway.',
      tiers: { mechanism: 'success' },
      by: 'program',
      detects: null,
      find: restoredByProcess,
    },
    {
      id: 'infers-lost-information',
      summary: 'The receiver states the lost fact although nobody told it again.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'heuristic',
      detects: null,
      find: inferred,
    },
    {
      id: 'avoids-lost-information',
      summary: 'The goal is reached in another way that does not need the lost fact.',
      tiers: { reasoning: 'success' },
      by: 'judge',
      detects: null,
    },
    {
      id: 'ignores-lost-information',
      summary: 'The work goes on without the lost fact, with another value or not at all.',
      tiers: { reasoning: 'failure' },
      by: 'heuristic',
      detects: false,
      find: leftOut,
    },
  ],
}
