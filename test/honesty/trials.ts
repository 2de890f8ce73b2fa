import { judge } from '../../analysis/judge.js'
import { stoppedClock } from '../../core/clock.js'
import { defaultsOf } from '../../core/example.js'
import type { Fault } from '../../core/fault.js'
import type { Model } from '../../core/model.js'
import type { Scenario } from '../../core/scenario.js'
import { isRight } from '../../core/schemas/outcome.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { System } from '../../core/system.js'
import type { TrialCalls } from '../../core/trial-calls.js'
import type { SiteChoice } from '../../engine/choose-site.js'
import { expand, type FaultsOfTrial, type Plan } from '../../engine/plan.js'
import { execute } from '../../engine/run.js'
import { cutSeams } from '../../engine/session.js'
import { simStrong } from '../../models/sim-strong.js'
import { tableQa } from '../../scenarios/table-qa/index.js'
import { systems } from '../../systems/catalogue.js'

/** How many tasks these tests ask; with the simulated model the same ones every time. */
export const taskCount = 10

/** A system of the catalogue by its id. */
function systemCalled(id: string): System {
  const system = systems.find((one) => one.id === id)
  if (!system) throw new Error(`There is no system ${id}.`)
  return system
}

type Asked = Readonly<{
  system: string
  without?: readonly string[]
  faults: readonly (Fault | FaultsOfTrial)[]
  site?: SiteChoice
  trialCalls?: TrialCalls | null
  scenario?: Scenario
  model?: Model
  tasks?: number
}>

const asPlanned = (fault: Fault | FaultsOfTrial): FaultsOfTrial =>
  'planned' in fault
    ? fault
    : {
        fault,
        planned: { id: fault.id, parameters: defaultsOf(fault), trigger: fault.trigger ?? 'once' },
      }

/** The trials of some faults in one system, on real tasks, with the simulated model. */
export async function trialsOf({ system, without = [], faults, site, ...asked }: Asked) {
  const { scenario = tableQa, model = simStrong, tasks: wanted = taskCount } = asked
  const { trialCalls = null } = asked
  const plan: Plan = {
    systems: [{ system: systemCalled(system), without }],
    scenarios: [{ scenario, tasks: await scenario.tasks({ count: wanted, seed: 1 }) }],
    faults: faults.map(asPlanned),
    ...{ seeds: [1], site: site ?? { kind: 'default' }, model, trialCalls, engine: 'test' },
  }
  const lines: TrialLine[] = []
  const uninstall = await cutSeams([import.meta.dirname])
  const { signal } = new AbortController()
  await execute({
    ...{ plan, groups: expand(plan), done: new Map(), concurrency: 1, clock: stoppedClock, judge },
    ...{ signal, onTrial: ({ line }) => lines.push(line) },
  }).finally(uninstall)
  return lines
}

/** The trials of one fault or arm, in the order of their tasks. */
export const armOf = (lines: readonly TrialLine[], fault: string): readonly TrialLine[] =>
  lines
    .filter((line) => line.fault === fault)
    .sort((a, b) => a.task.localeCompare(b.task, 'en', { numeric: true }))

/** How many trials came to a verdict. */
export const count = (lines: readonly TrialLine[], verdict: TrialLine['verdict']): number =>
  lines.filter((line) => line.verdict === verdict).length

/** How many trials were answered right. */
export const solved = (lines: readonly TrialLine[]): number =>
  lines.filter(({ outcome }) => isRight(outcome)).length
