import type { Scenario } from './scenario.js'
import type { System } from './system.js'

/** Why a system cannot do a work; null when it can. */
export const unfitBecause = (
  { unfit = {} }: Pick<System, 'unfit'>,
  { effects = 'none' }: Pick<Scenario, 'effects'>,
): string | null => unfit[effects] ?? null
