import { type Reach, reachOf } from '../analysis/gates/reach.js'
import type { Gate } from '../analysis/gates/select.js'
import type { Plan } from '../engine/plan.js'

/** What the gates of a plan can come to at all. */
export const reachesOf = (gates: readonly Gate[], plan: Plan): readonly Reach[] =>
  gates.map((gate) => {
    const asked = plan.scenarios.filter(({ scenario }) => gate.scenarios.includes(scenario.id))
    const tasks = asked.reduce((sum, scenario) => sum + scenario.tasks.length, 0)
    return reachOf(gate, tasks, plan.seeds.length)
  })

/** What a plan can come to in one gate, in words. */
export function reachText(reach: Reach): string {
  const { rule, fewest, planned, longest } = reach
  if (fewest === null) return `${rule}.`
  const trials = `the plan asks at most ${planned} of a system`
  const most = longest === null ? '' : ` With --stop-when-decided it takes ${longest} at most.`
  return isHopeless(reach)
    ? `${rule}: cannot pass. Even if all hold that takes ${fewest} trials; ${trials}.`
    : `${rule}: can pass from ${fewest} trials on; ${trials}.${most}`
}

/** Whether a plan is too small for a gate to pass, whatever comes out. */
export const isHopeless = ({ fewest, planned }: Reach): boolean =>
  fewest !== null && fewest > planned
