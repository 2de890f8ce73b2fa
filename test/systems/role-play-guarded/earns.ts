import type { Earns } from '../earning.js'

export const earns: Earns = {
  'guard-prompt': { fault: 'role-ambiguity', site: 'assistant', tasks: 12 },
}
