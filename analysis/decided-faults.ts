import { groupBy } from '../core/lists.js'
import type { Behaviour } from '../core/schemas/behaviour.js'
import type { DecidedFault } from '../core/schemas/detection.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { faultWithoutParameters } from '../core/trial-id.js'
import { scoreOf } from './interval.js'
import { distinct } from './trials.js'

/** How the behaviours of each fault were decided, in the order of `faults`; of faults that acted in no trial nothing. */
export function decidedFaults(
  lines: readonly TrialLine[],
  faults: readonly string[],
): readonly DecidedFault[] {
  const behaviours = distinct(lines).flatMap((line) => line.behaviours)
  const byFault = groupBy(behaviours, ({ fault }) => faultWithoutParameters(fault))
  const others = [...byFault.keys()].filter((fault) => !faults.includes(fault)).sort()
  return [...faults, ...others].flatMap((fault) => {
    const some = byFault.get(fault)
    return some ? [decided(fault, some)] : []
  })
}

function decided(fault: string, some: readonly Behaviour[]): DecidedFault {
  const share = (is: (one: Behaviour) => boolean) => scoreOf(some.filter(is).length, some.length)
  const decidedBy = (who: Behaviour['by']) => share(({ id, by }) => id !== null && by === who)
  return {
    fault,
    n: some.length,
    program: decidedBy('program'),
    heuristic: decidedBy('heuristic'),
    judge: decidedBy('judge'),
    undetermined: share(({ id, undecided }) => id === null && undecided.length > 0),
    unclassified: share(({ id, undecided }) => id === null && undecided.length === 0),
    doubtful: share(({ id, undecided }) => id !== null && undecided.length > 0),
  }
}
