import { ToolMessage } from '@langchain/core/messages'
import {
  callsAfter,
  defineConfig,
  ended,
  firstCarrying,
  isRestorable,
  lost,
  mentions,
  proof,
  type ResponseFault,
  roleOf,
  textOf,
  withText,
} from 'firedrill'

/**
 * A tool answers from a list that is out of date: every amount is lower than it is now.
 *
 * @example
 * Item A17 costs 40 euros.  ->  Item A17 costs 34 euros.
 */
const oldPrice: ResponseFault = {
  id: 'old-price',
  abbreviation: 'OP',
  category: 'action',
  injector: 'response',
  summary: 'A tool answers with the prices of an old list.',
  parameters: {
    percent: { summary: 'How much lower they were', default: 15, min: 1, max: 90, integer: true },
  },
  example: {
    payload: new ToolMessage({
      tool_call_id: 'call-1',
      name: 'item_price',
      content: 'Item A17 costs 40 euros.',
    }),
    site: { later: 'Lamps cost 40 euros apiece.' },
  },

  inject(message, { protect, parameters: { percent = 15 } }) {
    if (roleOf(message) !== 'tool') return null
    const before = textOf(message)
    const after = before.replace(/\d+(\.\d+)?(?= euros)/g, (amount) =>
      protect.includes(amount)
        ? amount
        : String(Math.round(Number(amount) * (100 - percent)) / 100),
    )
    return after === before ? null : withText(message, after)
  },

  // An amount that nobody needed may be as old as it likes: one that went has to be used in the baseline.
  effect: ({ before, after }, { later }) =>
    lost(textOf(before), textOf(after)).some(mentions(later)),

  // Somebody who has the tool can look again.
  recoverable: ({ before, after }, site) => isRestorable(lost(textOf(before), textOf(after)), site),

  behaviours: [
    {
      id: 'looks-again',
      summary: 'The tool is called again before its answer is used.',
      tiers: { mechanism: 'success', reasoning: 'success' },
      by: 'program',
      detects: true,
      find(evidence) {
        const again = evidence.trial.results.find(
          ({ step, text }) => step > evidence.since && evidence.lost.some(mentions(text)),
        )
        const used = again && firstCarrying(callsAfter(evidence), evidence.lost)
        return used ? [proof(again.step, 'answers'), used] : null
      },
    },
    {
      id: 'uses-the-old-price',
      summary: 'The old price is carried into the answer.',
      tiers: { reasoning: 'failure' },
      by: 'heuristic',
      detects: false,
      find(evidence) {
        const carried = firstCarrying(callsAfter(evidence), evidence.planted)
        return carried ? [carried, ended(evidence)] : null
      },
    },
  ],
}

export default defineConfig({
  system: '../supervisor/graph.ts',
  faults: ['old-price', 'hallucination'],
  tasks: 12,
  ownFaults: [oldPrice],
})
