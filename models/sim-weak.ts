import type { Model } from '../core/model.js'
import { simulated } from './simulated/model.js'

/** A hasty temper with a small window. */
export const simWeak: Model = simulated('sim-weak', {
  summary:
    'A simulated model with a hasty temper and a small window: no key, no network, no evidence about real models.',
  profile: {
    version: 1,
    window: 1_500,
    miss: 0.02,
    notice: 0.3,
    verify: 0.45,
    carry: 0.6,
    repair: 0.3,
    slip: 0.06,
    chat: 2,
    rho: 0.5,
    obey: 0.8,
    toolRepair: 0.5,
    ask: 0.6,
  },
})
