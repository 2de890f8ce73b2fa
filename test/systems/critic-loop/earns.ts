import type { Earns } from '../earning.js'

export const earns: Earns = {
  'judge-loop': { fault: 'hallucination', model: 'sim-weak', tasks: 8 },
  'own-source': {
    ...{ fault: 'parameter-filling-error', scenario: 'booking', model: 'sim-weak', tasks: 8 },
  },
  // With a source of their own judge and critic name every wrong step, and the refiner need not look for any.
  'truncate-and-replan': {
    ...{ fault: 'hallucination:trigger=every', beside: ['own-source'], tasks: 24 },
  },
  'turn-limit': { fault: 'critical-information-loss:trigger=every', model: 'sim-weak', tasks: 8 },
  dedupe: { fault: 'message-storm', trialCalls: '2x', tasks: 4 },
  subscriptions: { fault: 'message-broadcast-amplification', trialCalls: '2x', tasks: 6 },
  // What the loop refines has its block again.
  'tool-retry': {
    ...{ fault: 'tool-format-error', tasks: 8 },
    beside: ['block-retry', 'judge-loop'],
  },
  'block-retry': { fault: 'tool-format-error', beside: ['judge-loop'], tasks: 8 },
}
