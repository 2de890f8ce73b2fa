import type { Earns } from '../earning.js'

export const earns: Earns = {
  'full-history': { fault: 'hallucination', tasks: 8 },
  'checker-last': { fault: 'role-ambiguity', tasks: 8 },
  'known-agent': { fault: 'tool-format-error', beside: ['tool-retry'], tasks: 8 },
  'one-active': { fault: 'message-broadcast-amplification', trialCalls: '1.3x', tasks: 6 },
  // Each of both ends what the other one would.
  'ping-pong-guard': {
    ...{ fault: 'hallucination:trigger=every', scenario: 'code-rules', tasks: 12 },
    beside: ['turn-limit'],
  },
  'turn-limit': {
    ...{ fault: 'hallucination:trigger=every', scenario: 'code-rules', tasks: 12 },
    beside: ['ping-pong-guard'],
  },
  dedupe: { fault: 'message-storm:copies=200', tasks: 4 },
  'tool-retry': { fault: 'tool-format-error', beside: ['known-agent'], tasks: 8 },
  // Sent on without its block the checker hands the work back, and the block comes in the second turn.
  'block-retry': {
    ...{ fault: 'role-ambiguity:trigger=every', site: 'builder', tasks: 8 },
    beside: ['checker-last'],
  },
}
