import { groupBy } from '../core/lists.js'
import { isRight } from '../core/schemas/outcome.js'
import type { Cell } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { faultsIn, faultWithoutParameters } from '../core/trial-id.js'

/** How a trial of a fault stands: counted towards the score, or why not. */
export type Standing = 'counted' | 'void' | keyof Cell['leftOut']

const standingOfDormant = {
  'no-site': 'noSite',
  'not-reached': 'notReached',
  'not-written': 'notWritten',
  'no-effect': 'noEffect',
} as const

/** Every trial once, its last attempt, in an order that does not depend on the order of the lines. */
export function distinct(lines: readonly TrialLine[]): readonly TrialLine[] {
  const last = new Map<string, TrialLine>()
  for (const line of lines) {
    const known = last.get(line.key)
    if (!known || line.attempt > known.attempt) last.set(line.key, line)
  }
  return [...last.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** The name under which the trials of one arm of a system and scenario are found. */
export const armKey = (system: string, scenario: string, fault: string): string =>
  [system, scenario, fault].join('\u0000')

/** Trials by system, scenario and arm. A fault that was set other parameters is still the same fault. */
export function byArm(lines: readonly TrialLine[]): ReadonlyMap<string, readonly TrialLine[]> {
  return groupBy(lines, ({ system, scenario, fault }) =>
    armKey(system, scenario, faultWithoutParameters(fault)),
  )
}

/** The name of a task and seed within a system and scenario. */
export const twinKey = ({ task, seed }: Pick<TrialLine, 'task' | 'seed'>): string =>
  `${task}\u0000${seed}`

/** Tasks and seeds that the system solves unharmed. */
export const eligibleOf = (baselines: readonly TrialLine[]): ReadonlySet<string> =>
  new Set(baselines.filter(({ outcome }) => isRight(outcome)).map(twinKey))

/** Whether an arm without a fault has a result; void and not executed ones have none. */
export const hasResult = ({ outcome }: TrialLine): boolean =>
  outcome.kind !== 'void' && outcome.kind !== 'not-run'

/** How a trial of a fault stands, given the tasks and seeds that the system solves unharmed. */
export function standing(line: TrialLine, eligible: Pick<ReadonlySet<string>, 'has'>): Standing {
  if (line.verdict === 'void') return 'void'
  if (line.verdict === null || !eligible.has(twinKey(line))) return 'ineligible'
  if (line.verdict === 'dormant') return standingOfDormant[line.dormantBecause ?? 'not-reached']
  return isRecoverable(line) ? 'counted' : 'notRecoverable'
}

/** Whether anything but luck could save a trial; of several faults the hardest one decides. */
function isRecoverable({ fault, injections }: TrialLine): boolean {
  const saved = injections.filter((one) => one.effective && one.recoverable)
  const names = faultsIn(fault)
  if (names.length === 1) return saved.length > 0
  return names.every((name) => saved.some((one) => faultWithoutParameters(one.fault) === name))
}
