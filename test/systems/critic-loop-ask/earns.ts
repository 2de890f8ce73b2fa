import type { Earns } from '../earning.js'

export const earns: Earns = {
  'ask-person': { fault: 'instruction-ambiguity', tasks: 8 },
}
