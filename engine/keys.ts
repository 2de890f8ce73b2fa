import { canonicalJson, hashOf } from '../core/canonical-json.js'
import type { PlannedFault } from '../core/schemas/run-file.js'

/** Everything that decides a trial. Reports, concurrency and time limits are not in it. */
export type TrialSpecification = Readonly<{
  system: string
  codeHash: string
  without: readonly string[]
  scenario: string
  task: string
  taskHash: string
  arm: string
  faults: readonly PlannedFault[]
  site: string
  seed: number
  model: string
  /** Hash of the injector model; absent when it writes nothing in this trial. */
  injector?: string
  /** How many calls the trial may make; absent when that follows from its baseline alone. */
  calls?: string
  engine: string
}>

/** The key of a trial: equal specifications give equal keys, in every process. */
export function trialKey(specification: TrialSpecification): string {
  return hashOf(`trial/1|${canonicalJson(specification)}`)
}

/** The id of a plan: which trials it has, in whatever order. */
export function planId(keys: readonly string[]): string {
  return hashOf(['plan/1', ...[...keys].sort()].join('|'))
}
