import type { Earns } from '../earning.js'

export const earns: Earns = {
  'revision-round': { fault: 'hallucination:trigger=every', tasks: 8 },
  vote: { fault: 'hallucination:trigger=agent', tasks: 8 },
  'own-task': { fault: 'hallucination:trigger=every', tasks: 8 },
  'guard-prompt': {
    idle: 'The round with the task in sight and the vote catch first what the sentence is there for: with role-ambiguity and blind-trust at every debater 7 of 7 held with it and without it.',
  },
  dedupe: { fault: 'message-storm:copies=200', tasks: 4 },
  subscriptions: {
    idle: 'Debaters listen to all others anyway, and the chair speaks only where there is no majority.',
  },
  'tool-retry': {
    ...{ fault: 'tool-format-error', tasks: 8 },
    beside: ['block-retry', 'vote', 'revision-round'],
  },
  'block-retry': { fault: 'tool-format-error', beside: ['vote', 'revision-round'], tasks: 8 },
}
