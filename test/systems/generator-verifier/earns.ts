import type { Earns } from '../earning.js'

export const earns: Earns = {
  verifier: { fault: 'hallucination:trigger=every', tasks: 12 },
  'own-source': { fault: 'hallucination:trigger=every', tasks: 12 },
  majority: { fault: 'hallucination', model: 'sim-weak', tasks: 6 },
  dedupe: { fault: 'message-storm:copies=200', tasks: 4 },
  subscriptions: { fault: 'message-broadcast-amplification', trialCalls: '1.3x', tasks: 4 },
}
