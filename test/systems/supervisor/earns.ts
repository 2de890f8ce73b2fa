import type { Earns } from '../earning.js'

export const earns: Earns = {
  'known-agent': { fault: 'role-ambiguity', tasks: 8 },
  'guard-prompt': { fault: 'role-ambiguity:trigger=every', tasks: 12 },
  dedupe: { fault: 'message-storm:copies=200', tasks: 4 },
  'relay-by-leader': { fault: 'hallucination:trigger=every', model: 'sim-weak', tasks: 8 },
  subscriptions: {
    idle: 'Whoever is woken by an order for somebody else speaks as well: more calls, but the last word of the builder is as right as before.',
  },
  'tool-retry': {
    ...{ fault: 'tool-selection-error:trigger=every', model: 'sim-weak', tasks: 8 },
  },
  'turn-limit': {
    idle: 'The simulated model ends its orders well before the limit of hand-outs, whatever was tried.',
  },
  'block-retry': { fault: 'role-ambiguity:trigger=every', scenario: 'booking', tasks: 8 },
}
