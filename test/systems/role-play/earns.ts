import type { Earns } from '../earning.js'

export const earns: Earns = {
  'goal-holder': { fault: 'hallucination', tasks: 8 },
  'turn-limit': { fault: 'message-cycle', tasks: 8 },
  'role-flip-guard': { fault: 'role-ambiguity', site: 'assistant', tasks: 12 },
  // Of a column that one of two demands names the error says whether it can be added up.
  'error-page': { fault: 'instruction-logic-conflict:conflicts=2', tasks: 24 },
}
