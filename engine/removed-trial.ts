import { canonicalJson, hashOf } from '../core/canonical-json.js'
import { isNonEmpty } from '../core/lists.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { parseTrialId, trialId } from '../core/trial-id.js'
import { firesEverywhere, type Pins } from './choose-site.js'
import { groupOf, type Plan, type PlannedTrial, type TrialGroup } from './plan.js'

/** The same task and seed in a system that lacks more defences: a group with nothing but its baseline. */
export function groupWithout(
  plan: Plan,
  { planned: { system, without }, scenario, task, seed }: TrialGroup,
  ids: readonly string[],
): TrialGroup {
  const group = groupOf(plan, { system, without: [...without, ...ids] }, scenario, task, seed)
  return { ...group, trials: group.trials.slice(0, 1) }
}

/** A trial again, in another group of its task and seed: its faults fire at the addresses at which they fired then. */
export function repeated(
  { site }: Plan,
  { name, scenario, task, seed, trials }: TrialGroup,
  { trial, injections }: Readonly<{ trial: PlannedTrial }> & Pick<TrialLine, 'injections'>,
): PlannedTrial {
  const pins = trial.actions.flatMap((action): readonly (readonly [string, Pins])[] => {
    const ids = injections.filter(({ fault }) => fault === action.label).map((one) => one.site)
    if (!isNonEmpty(ids)) return []
    return [[action.label, { kind: 'pinned', ids, everywhere: firesEverywhere(action, site) }]]
  })
  return {
    ...trial,
    id: trialId({ system: name, scenario: scenario.id, fault: trial.label, task: task.id, seed }),
    key: hashOf(`repeated/1|${trials[0]?.key}|${trial.key}|${canonicalJson(pins)}`),
    pins: new Map(pins),
  }
}

/**
 * The trial behind an id that a verification names: one of the run, or the baseline beside it, repeated without
 * defences. Null when the id names no such trial.
 */
export function trialWithout(
  { plan, groups }: Readonly<{ plan: Plan; groups: readonly TrialGroup[] }>,
  id: string,
  lines: readonly TrialLine[],
): TrialGroup | null {
  const { system, fault, scenario, task, seed } = parseTrialId(id)
  const [name = '', ...removed] = system.split('~')
  const isBeside = ({ planned, ...group }: TrialGroup) =>
    planned.system.id === name &&
    planned.without.every((one) => removed.includes(one)) &&
    removed.every((one) => planned.system.defences?.some((defence) => defence.id === one)) &&
    group.scenario.id === scenario &&
    group.task.id === task &&
    group.seed === seed
  for (const group of groups.filter(isBeside)) {
    const more = removed.filter((one) => !group.planned.without.includes(one))
    const without = groupWithout(plan, group, more)
    if (without.name !== system) continue // Defences stand in one order only.
    const trial = group.trials.find((one) => one.label === fault && one.arm !== 'placebo')
    if (trial?.arm === 'baseline') return without
    const line = trial && lines.find(({ key }) => key === trial.key)
    if (!line || line.injections.length === 0) continue
    const again = repeated(plan, without, { trial, injections: line.injections })
    return { ...without, trials: [...without.trials, again] }
  }
  return null
}
