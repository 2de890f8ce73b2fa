import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cutSeams } from '../../engine/session.js'
import { agentAt, falseProofs, performed, planOf } from './case.js'
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
    const done = await performed(planOf(one))
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
  })
})
