import { isDone } from '../core/fit.js'
import type { FaultFacts } from '../core/report.js'
import type { RunFile } from '../core/schemas/run-file.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import type { Injector } from '../core/taxonomy.js'
import { baselineArm, faultsIn } from '../core/trial-id.js'
import { type CountedCell, summariseCell } from './cell.js'
import { armKey, byArm, eligibleOf } from './trials.js'
import type { Verifications } from './verified.js'

/** What the cells of a run are made from. */
export type TrialsOfRun = Readonly<{
  plan: RunFile['plan']
  /** Each trial once. */
  trials: readonly TrialLine[]
  /** The injector of a fault, whose placebo arm it is compared with. */
  injectorOf: (fault: string) => Injector
  /** What is known of the faults; absent where nobody asks how they were dealt with. */
  faults?: readonly FaultFacts[]
  /** Whether others executed the trials: then its cells are those that have trials, and its baselines a selection. */
  imported?: boolean
  /** What is verified of them; absent: nothing. */
  verifications?: Verifications
}>

/** The cells of one system, and the trials that show what it does unharmed. */
export type SystemCells = Readonly<{
  system: string
  cells: readonly CountedCell[]
  baselines: readonly TrialLine[]
}>

/** Above this share of void trials a run measures nothing. */
export const mostVoid = 0.05

/** The cells of a run by system: in the order of the plan, whatever the order of the trials. */
export function cellsBySystem({
  plan,
  trials,
  injectorOf,
  faults = [],
  imported = false,
  verifications = new Map(),
}: TrialsOfRun): readonly SystemCells[] {
  const arms = byArm(trials)
  const arm = (system: string, scenario: string, fault: string) =>
    arms.get(armKey(system, scenario, fault)) ?? []
  const planned = [...new Set(plan.faults.map(plannedName))]
  const lost = trials.filter(({ verdict }) => verdict === 'void').length
  const runMeasured = lost <= mostVoid * trials.length

  const cellsOf = (system: string, scenario: string): readonly CountedCell[] => {
    const eligible = eligibleOf(arm(system, scenario, baselineArm))
    const asked = imported
      ? planned.filter((fault) => arm(system, scenario, fault).length > 0)
      : planned
    return asked.map((fault) => {
      const placebo = arm(system, scenario, `placebo-${injectorOf(faultsIn(fault)[0] ?? fault)}`)
      const faulted = arm(system, scenario, fault)
      const where = { system, scenario, fault, ruleOrder: ruleOrder(fault, faults) }
      const facts = { trials: faulted, placebo, eligible, runMeasured, verifications }
      return summariseCell({ ...where, ...facts })
    })
  }

  return plan.systems.map(({ id: system }) => {
    const done = plan.scenarios.filter(({ id }) => isDone(plan, system, id))
    return {
      system,
      cells: done.flatMap(({ id }) => cellsOf(system, id)),
      // Of what was selected for being right, being right says nothing.
      baselines: imported ? [] : done.flatMap(({ id }) => arm(system, id, baselineArm)),
    }
  })
}

/** The behaviours of faults that are set together, those of the first one first. */
const ruleOrder = (name: string, faults: readonly FaultFacts[]): readonly string[] =>
  faultsIn(name).flatMap((id) => {
    const rules = faults.find((fault) => fault.id === id)?.behaviours ?? []
    return rules.map((rule) => rule.id)
  })

/** The name of a planned fault, or of faults that are set together. */
export const plannedName = ({ id, also = [] }: RunFile['plan']['faults'][number]): string =>
  [id, ...also.map((other) => other.id)].join('+')

/** What kind of evidence a run is: simulated when its agents were answered by the simulated model. */
export const evidenceOf = ({ model }: RunFile['plan']): 'simulated' | 'measured' =>
  model.kind === 'simulated' ? 'simulated' : 'measured'
