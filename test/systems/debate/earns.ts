import type { Earns } from '../earning.js'

export const earns: Earns = {
  'revision-round': { fault: 'hallucination:trigger=every', tasks: 8 },
  vote: { fault: 'hallucination:trigger=agent', tasks: 8 },
  'own-task': { fault: 'hallucination:trigger=every', tasks: 8 },
  dedupe: { fault: 'message-storm:copies=200', tasks: 4 },
  'tool-retry': {
    ...{ fault: 'tool-format-error', tasks: 8 },
    beside: ['block-retry', 'vote', 'revision-round'],
  },
  'block-retry': { fault: 'tool-format-error', beside: ['vote', 'revision-round'], tasks: 8 },
}
