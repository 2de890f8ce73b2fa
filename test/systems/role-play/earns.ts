import type { Earns } from '../earning.js'

export const earns: Earns = {
  'goal-holder': { fault: 'hallucination', tasks: 8 },
  'turn-limit': { fault: 'message-cycle', tasks: 8 },
  'role-flip-guard': { fault: 'role-ambiguity', site: 'assistant', tasks: 12 },
  'error-page': {
    idle: 'Where a call is refused the user names the step again in its next turn, with the error in sight or without; of 20 tasks one was lost at most.',
  },
}
