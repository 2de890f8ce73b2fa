import type { Earning, Earns } from '../earning.js'

/** Work in which one chain is alone, so that no majority makes up for what is missing. */
const alone: Omit<Earning, 'fault'> = { scenario: 'booking', model: 'sim-weak', tasks: 12 }

export const earns: Earns = {
  verifier: { fault: 'parameter-filling-error', ...alone },
  'own-source': { fault: 'parameter-filling-error', ...alone },
  majority: { fault: 'hallucination', model: 'sim-weak', tasks: 6 },
  dedupe: { fault: 'message-storm:copies=200', tasks: 4 },
  subscriptions: {
    idle: 'Whoever is woken by another chain speaks twice: twice the calls, but the last word stands and is as right as before.',
  },
  'tool-retry': {
    idle: 'Reminded of its block, an agent goes back to its tools: block-retry makes up for one refused call.',
  },
  'block-retry': {
    idle: 'The refiner writes a block whatever the draft lacks, and its own is one of three.',
  },
}
