import type { Scenario } from './scenario.js'
import type { Unfit } from './schemas/unfit.js'
import type { System } from './system.js'

/** Why a system cannot do a work; null when it can. */
export const unfitBecause = (
  { unfit = {} }: Pick<System, 'unfit'>,
  { effects = 'none' }: Pick<Scenario, 'effects'>,
): string | null => unfit[effects] ?? null

/** Whether a plan has a system do a work. */
export const isDone = (
  { unfit = [] }: Readonly<{ unfit?: readonly Unfit[] | undefined }>,
  system: string,
  scenario: string,
): boolean => !unfit.some((one) => one.system === system && one.scenario === scenario)
