import type { Scenario } from '../../core/scenario.js'
import { briefings } from './briefings.js'
import { environment } from './environment.js'
import { oracle } from './oracle.js'
import { tasks } from './tasks.js'

/** Products to be found and bought: one purchase that meets every demand and cannot be taken back. */
export const webShop: Scenario = {
  id: 'web-shop',
  summary: 'Find the one product that meets every demand, and buy it.',
  licence: 'MIT',
  effects: 'final',
  tasks,
  environment,
  briefings,
  oracle,
}
