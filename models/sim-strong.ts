import type { Model } from '../core/model.js'
import { simulated } from './simulated/model.js'

/** A careful temper with a large window. */
export const simStrong: Model = simulated('sim-strong', {
  summary:
    'A simulated model with a careful temper and a large window: no key, no network, no evidence about real models.',
  profile: {
    version: 1,
    window: 16_000,
    miss: 0.004,
    notice: 0.6,
    verify: 0.85,
    carry: 0.9,
    repair: 0.8,
    slip: 0.01,
    chat: 0,
    rho: 0.5,
    obey: 0.4,
    toolRepair: 0.9,
    ask: 0.9,
  },
})
