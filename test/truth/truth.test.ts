import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cutSeams } from '../../engine/session.js'
import { agentAt, falseProofs, performed, planOf, verifiedIn } from './case.js'
import { deliveries } from './deliveries.js'
import { facts } from './facts.js'
import { instructions } from './instructions.js'
import { tools } from './tools.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await cutSeams([import.meta.dirname])
})
afterAll(() => uninstall())

describe.each([
  ['deliveries', deliveries],
  ['calls of tools', tools],
  ['facts', facts],
  ['instructions', instructions],
])('truth graphs: %s', (_, cases) => {
  test.each(cases)('$name', async (one) => {
    const plan = planOf(one)
    const done = await performed(plan)
    const { line } = done.trial
    expect({
      verdict: line.verdict,
      behaviour: line.behaviours[0]?.id,
      tiers: line.behaviours[0]?.tiers,
      containedBy: agentAt(done.trial, line.spread?.contained ?? null),
    }).toEqual({
      verdict: one.expected.verdict,
      behaviour: one.expected.behaviour,
      tiers: one.expected.tiers,
      containedBy: one.expected.containedBy,
    })
    expect(falseProofs(done)).toEqual([])
    const { verdict, defences = [] } = { ...one.expected, ...one }
    const isTried = verdict === 'held' && defences.length > 0
    expect(isTried ? await verifiedIn(plan, done.trial) : undefined).toEqual(one.expected.verified)
  })
})
