import type { Earns } from '../earning.js'

export const earns: Earns = {
  'ask-person': { fault: 'instruction-logic-conflict', tasks: 10 },
}
