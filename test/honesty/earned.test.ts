import { describe, expect, test } from 'vitest'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import type { System } from '../../core/system.js'
import { parseTrialCalls } from '../../core/trial-calls.js'
import { parseSite } from '../../engine/select.js'
import { selectFaults } from '../../engine/select-faults.js'
import { faults } from '../../faults/catalogue.js'
import { models } from '../../models/catalogue.js'
import { scenarios } from '../../scenarios/catalogue.js'
import { systems } from '../../systems/catalogue.js'
import type { Earning, Earns } from '../systems/earning.js'
import { armOf, count, solved, trialsOf } from './trials.js'

function named<Thing extends Readonly<{ id: string }>>(things: readonly Thing[], id: string) {
  const thing = things.find((one) => one.id === id)
  if (!thing) throw new Error(`There is no ${id}.`)
  return thing
}

/** The trials of a system on the work and under the fault on which one of its defences earns its place. */
function trialsFor(system: string, without: readonly string[], earning: Earning) {
  const { fault, tasks, site = 'default', scenario = 'table-qa', model = 'sim-strong' } = earning
  const { trialCalls = null } = earning
  const asked = JSON.stringify([system, without, fault, tasks, site, trialCalls, scenario, model])
  const known = executed.get(asked)
  if (known) return known
  const trials = trialsOf({
    ...{ system, without, tasks, site: parseSite(site) },
    faults: selectFaults(faults, [fault]),
    trialCalls: trialCalls === null ? null : parseTrialCalls(trialCalls),
    scenario: named(scenarios, scenario),
    model: named(models, model),
  })
  executed.set(asked, trials)
  return trials
}

// Several defences earn their place on the same work, and the whole system does it the same way for each of them.
const executed = new Map<string, Promise<readonly TrialLine[]>>()

const held = (lines: readonly TrialLine[]) => count(lines, 'held')
const counted = (lines: readonly TrialLine[]) => held(lines) + count(lines, 'broke')
const unharmed = (lines: readonly TrialLine[]) => solved(armOf(lines, 'baseline'))

/** The defences of a system that the one it is a variant of does not have. */
const ownDefences = ({ variantOf, defences = [] }: System) => {
  const others = new Set(systems.find(({ id }) => id === variantOf)?.defences)
  return defences.filter((defence) => !others.has(defence))
}

describe.each(systems)('every defence of $id', async (system) => {
  const { id } = system
  const { earns }: { earns: Earns } = await import(`../systems/${id}/earns.ts`)
  const earning = Object.entries(earns).map(([defence, one]) => ({ defence, one }))

  test('is known to earn its place somewhere', () => {
    expect(Object.keys(earns).sort()).toEqual(
      ownDefences(system)
        .map(({ id }) => id)
        .sort(),
    )
  })

  test.each(earning)('without $defence fewer trials hold under $one.fault', async (given) => {
    const { beside = [] } = given.one
    const whole = await trialsFor(id, beside, given.one)
    const bare = await trialsFor(id, [...beside, given.defence], given.one)
    const arm = (lines: readonly TrialLine[]) => lines.filter((line) => line.arm === 'fault')
    // Each of both was asked, and of what counts a smaller share holds.
    expect(counted(arm(bare))).toBeGreaterThan(0)
    const share = (lines: readonly TrialLine[]) => held(arm(lines)) / counted(arm(lines))
    expect(share(bare)).toBeLessThan(share(whole))
    // Without a fault it makes no difference beyond a single task.
    expect(Math.abs(unharmed(bare) - unharmed(whole))).toBeLessThanOrEqual(1)
  })
})
