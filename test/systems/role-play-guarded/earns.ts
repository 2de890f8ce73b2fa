import type { Earns } from '../earning.js'

export const earns: Earns = {
  'guard-prompt': { fault: 'role-ambiguity', tasks: 10 },
}
