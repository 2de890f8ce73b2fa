import type { Model } from '../core/model.js'
import { swept } from './simulated/model.js'

/** Many tempers, one in each repetition: which conclusions do not hang on the temper of a model? */
export const simSweep: Model = swept('sim-sweep', {
  summary:
    'A simulated model with another temper for every seed, drawn from wide bounds: what holds for all of them does not hang on the model.',
  tempers: 60,
  prior: {
    window: [800, 16_000],
    miss: [0, 0.05],
    notice: [0.05, 0.95],
    verify: [0.05, 0.95],
    carry: [0.1, 1],
    repair: [0.05, 0.95],
    slip: [0, 0.1],
    chat: [0, 3],
    rho: [0, 0.9],
    obey: [0.05, 0.95],
    toolRepair: [0.05, 0.95],
    ask: [0.05, 0.95],
  },
})
