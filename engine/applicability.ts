import { type Action, sitesFor } from './action.js'
import { chooseTarget } from './choose-site.js'
import { executeBaseline } from './run.js'
import type { FoundSite } from './sites.js'
import type { Execution } from './work.js'
import { forEach } from './workers.js'

/** Why a fault finds nothing to do: no hand-over, no place of its kind, nothing there to change, or nobody needs it. */
export type EmptyReason = 'no-hand-over' | 'no-place' | 'nothing-to-change' | 'no-effect'

/** What one baseline says of each fault of a plan, by the fault's name; null when it did not solve its task. */
export type Looked = Readonly<{
  system: string
  scenario: string
  faults: ReadonlyMap<string, 'site' | EmptyReason> | null
}>

/**
 * Executes the baselines of a plan and asks of each fault whether it finds a site there, exactly as a run does before it
 * arms a fault. No fault is armed.
 */
export async function lookForSites(
  execution: Execution,
  onBaseline: (looked: Looked) => void,
): Promise<void> {
  await forEach(execution.groups, execution, async (group) => {
    const [first, ...others] = group.trials
    if (!first) return
    const { baseline } = await executeBaseline(group, first, execution)
    const seed = { seed: group.seed, task: group.task.id }
    const standing = (actions: readonly Action[], sites: readonly FoundSite[]) => {
      for (const action of actions) {
        const target = chooseTarget(action, sites, execution.plan.site, seed)
        if (target.kind === 'none') return emptyReason(action, sites, target.because)
      }
      return 'site'
    }
    const faults = others.filter(({ arm }) => arm === 'fault')
    onBaseline({
      system: group.name,
      scenario: group.scenario.id,
      faults:
        baseline &&
        new Map(faults.map(({ label, actions }) => [label, standing(actions, baseline.sites)])),
    })
  })
}

function emptyReason(
  action: Action,
  sites: readonly FoundSite[],
  because: 'no-site' | 'no-effect',
): EmptyReason {
  if (because === 'no-effect') return because
  if (sitesFor(action, sites).length > 0) return 'nothing-to-change'
  return action.injector === 'routing' ? 'no-hand-over' : 'no-place'
}
