import type { Earns } from '../earning.js'

export const earns: Earns = {
  'block-retry': { fault: 'tool-format-error', tasks: 10 },
  // Reminded of its block it goes back to its tools as well, which makes up for one refused call but not for all.
  'tool-retry': {
    ...{ fault: 'parameter-filling-error:trigger=every', model: 'sim-weak', tasks: 12 },
  },
}
