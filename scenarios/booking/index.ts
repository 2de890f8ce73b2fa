import type { Scenario } from '../../core/scenario.js'
import { briefings } from './briefings.js'
import { environment } from './environment.js'
import { oracle } from './oracle.js'
import { tasks } from './tasks.js'

/** Trips to be booked: a flight and a hotel under limits, the cheapest that fits. */
export const booking: Scenario = {
  id: 'booking',
  summary: 'Book the cheapest flight and hotel that keep to all limits.',
  licence: 'MIT',
  effects: 'undoable',
  tasks,
  environment,
  briefings,
  oracle,
}
