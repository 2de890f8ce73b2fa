import type { Earns } from '../earning.js'

export const earns: Earns = {
  'known-agent': { fault: 'role-ambiguity', tasks: 8 },
  'guard-prompt': { fault: 'role-ambiguity:trigger=every', tasks: 12 },
  dedupe: { fault: 'message-storm:copies=200', tasks: 4 },
  subscriptions: { fault: 'message-broadcast-amplification', trialCalls: '1.2x', tasks: 8 },
  // Told to keep to its job, the checker hardly ever gets the work into a loop.
  'turn-limit': {
    ...{ fault: 'role-ambiguity', site: 'checker', model: 'sim-weak', tasks: 16 },
    beside: ['guard-prompt'],
  },
  'block-retry': {
    ...{ fault: 'role-ambiguity:trigger=every', scenario: 'booking', tasks: 8 },
    beside: ['guard-prompt'],
  },
}
