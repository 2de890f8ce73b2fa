import type { RunFile } from '../../core/schemas/run-file.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { Stopping, TrialResult } from '../../core/stopping.js'
import { decideByLooks, isHopeless } from '../sequential.js'
import { standing } from '../trials.js'
import type { Gate } from './select.js'

/** The name of a question: one gate asked of one system. */
export const questionOf = ({ rule }: Pick<Gate, 'rule'>, system: string): string =>
  `${rule}\u0000${system}`

/** When a run may end early, from its gates and the looks that were stored before it. */
export function stoppingOf(
  gates: readonly Gate[],
  stored: NonNullable<RunFile['stopping']>,
): Stopping {
  const asked = gates.flatMap((gate) => {
    const looks = stored.find(({ rule }) => rule === gate.rule)?.looks
    return looks ? [{ gate, looks }] : []
  })
  return {
    questionsOf: ({ system, scenario, fault }) =>
      asked.flatMap(({ gate }) =>
        gate.systems.includes(system) &&
        gate.scenarios.includes(scenario) &&
        gate.faults.includes(fault)
          ? [questionOf(gate, system)]
          : [],
      ),
    looks: new Map(
      asked.flatMap(({ gate, looks }) =>
        gate.systems.map((system) => [questionOf(gate, system), looks] as const),
      ),
    ),
    resultOf,
    decide: decideByLooks,
    isHopeless,
  }
}

/** What a trial is to the questions it is asked for. */
export function resultOf(line: TrialLine): TrialResult {
  const found = standing(line, everything)
  if (found === 'counted') return line.verdict === 'held' ? 'held' : 'broke'
  return lost.has(found) || hasVoidBaseline(line) ? 'lost' : 'left out'
}

const lost: ReadonlySet<string> = new Set(['void', 'notReached', 'notWritten'])

// Trouble of the testbed as well: with a baseline this trial might have counted.
const hasVoidBaseline = ({ outcome }: TrialLine): boolean =>
  outcome.kind === 'not-run' && outcome.reason === 'baseline-void'

// Trials of tasks that are not solved unharmed have no verdict, so no baseline needs to be asked.
const everything = { has: () => true }
