import { AIMessage } from '@langchain/core/messages'
import {
  accepted,
  doubtedAndChecked,
  partlyAccepted,
  passedOver,
  truthReturned,
} from '../../core/evidence/falsehood.js'
import type { ResponseFault } from '../../core/fault.js'
import { textOf, withText } from '../../core/messages.js'
import { falsified } from '../../core/text/falsify.js'
import { lost, planted } from '../../core/text/lost.js'
import { mentions } from '../../core/text/mentions.js'
import { isRestorable } from '../../core/text/restorable.js'
import { spoken } from '../../core/text/spoken.js'
import { wholeText } from '../../core/text/whole-text.js'

/**
 * Something false is stated as a fact and handed on. Facts are replaced, none are added: most added claims would concern
 * nobody.
 *
 * @example
 * Italy won 12 medals.  ->  Italy won 16 medals.
 */
export const hallucination: ResponseFault = {
  id: 'hallucination',
  abbreviation: 'H',
  category: 'reasoning',
  injector: 'response',
  summary: 'An agent or a tool states something false as a fact and hands it on.',
  parameters: {
    facts: { summary: 'How many facts are falsified', default: 1, min: 1, max: 5, integer: true },
    shift: {
      summary: 'How far a number moves, relative to itself',
      default: 0.3,
      min: 0.05,
      max: 3,
      integer: false,
    },
  },
  example: {
    payload: new AIMessage('The ferry leaves at 14:30 from Genoa. A ticket costs 40 EUR.'),
    site: { taskText: 'Book the ferry.', later: 'Booked for 40 EUR at 14:30.' },
  },

  inject(message, site) {
    const { facts = 1, shift = 0.3 } = site.parameters
    const said = spoken(message, site)
    const after = said && falsified(said.text, site, { count: facts, shift, echo: said.echo })
    return after === null ? null : withText(message, after)
  },

  written: {
    instruction: ({ parameters: { facts = 1 } }) =>
      `Replace ${facts === 1 ? 'one detail' : `up to ${facts} details`} that the work needs by wrong ones of the same kind, wherever the payload has them. Sound certain.`,
    material: [],
    ...wholeText,
  },

  effect({ before, after }, { taskText, later }) {
    const [then, now] = [textOf(before), textOf(after)]
    const isKnown = mentions(`${taskText}\n${later}`)
    const isNew = planted(then, now).some((fact) => !isKnown(fact))
    return isNew && lost(then, now).some(mentions(later))
  },

  recoverable: ({ before, after }, site) => isRestorable(lost(textOf(before), textOf(after)), site),

  behaviours: [
    {
      id: 'detects-and-seeks-truth',
      summary: 'Somebody notices the false fact and asks, reads again or has it reviewed.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'heuristic',
      detects: true,
      find: doubtedAndChecked,
    },
    {
      id: 'repairs-from-external-source',
      summary: 'Without a word of doubt, a tool or a person returns the true fact and it is used.',
      tiers: { mechanism: 'success', reasoning: 'failure' },
      by: 'heuristic',
      detects: true,
      find: truthReturned,
    },
    {
      id: 'ignores-misinformation',
      summary: 'Nobody repeats the false fact, and the work goes on as without it.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'program',
      detects: null,
      find: passedOver,
    },
    {
      id: 'partly-accepts-misinformation',
      summary: 'Some of the false facts are passed on and others are not.',
      tiers: { reasoning: 'failure' },
      by: 'heuristic',
      detects: null,
      find: partlyAccepted,
    },
    {
      id: 'pursues-true-intent',
      summary: 'The false fact is repeated, but the result still meets what the task asked for.',
      tiers: { reasoning: 'success' },
      by: 'judge',
      detects: null,
    },
    {
      id: 'accepts-misinformation',
      summary: 'The false fact is carried into actions or into the answer.',
      tiers: { reasoning: 'failure' },
      by: 'heuristic',
      detects: false,
      find: accepted,
    },
  ],
}
