import type { Earns } from '../earning.js'

export const earns: Earns = {
  'shared-pool': { fault: 'critical-information-loss', tasks: 8 },
  dedupe: { fault: 'message-storm:copies=200', tasks: 4 },
  subscriptions: { fault: 'message-broadcast-amplification', trialCalls: '1.2x', tasks: 6 },
  'ask-channel': { fault: 'inexecutable-plan', model: 'sim-weak', tasks: 12 },
  'tool-retry': { fault: 'tool-format-error', beside: ['block-retry'], tasks: 8 },
  'block-retry': { fault: 'tool-format-error', scenario: 'booking', model: 'sim-weak', tasks: 6 },
}
