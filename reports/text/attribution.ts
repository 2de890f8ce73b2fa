import type { Summary } from '../../core/schemas/summary.js'

/** Where the material of a scenario comes from; null when it is not of others, or a run of old has not kept it. */
export const attributionOf = ({ run }: Pick<Summary, 'run'>, scenario: string): string | null =>
  run.attributions?.find((one) => one.scenario === scenario)?.text ?? null
