import type { Earns } from '../earning.js'

export const earns: Earns = {
  'shared-pool': {
    ...{ fault: 'hallucination:trigger=agent', site: 'supervisor', scenario: 'booking', tasks: 8 },
  },
}
