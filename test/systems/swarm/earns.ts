import type { Earns } from '../earning.js'

export const earns: Earns = {
  'full-history': { fault: 'hallucination', tasks: 8 },
  'checker-last': { fault: 'role-ambiguity', tasks: 8 },
  'known-agent': { fault: 'tool-format-error', beside: ['tool-retry'], tasks: 8 },
  'one-active': {
    idle: 'Whoever is woken beside the active agent speaks as well: twice the calls, the same last word.',
  },
  'ping-pong-guard': {
    idle: 'It saves calls where two read an unclear task differently; who is right then is a matter of luck with it and without it.',
  },
  'turn-limit': {
    idle: 'The guard against ping-pong ends such talks first: the limit is reached only where that guard is gone.',
  },
  dedupe: { fault: 'message-storm:copies=200', tasks: 4 },
  'tool-retry': { fault: 'tool-format-error', beside: ['known-agent'], tasks: 8 },
  // Sent on without its block the checker hands the work back, and the block comes in the second turn.
  'block-retry': {
    ...{ fault: 'role-ambiguity:trigger=every', site: 'builder', tasks: 8 },
    beside: ['checker-last'],
  },
}
