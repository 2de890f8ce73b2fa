import { describe, expect, test } from 'vitest'
import type { Fault, ResponseFault } from '../../core/fault.js'
import { roleOf, textOf, withText } from '../../core/messages.js'
import type { Scenario } from '../../core/scenario.js'
import { criticalInformationLoss } from '../../faults/intra-agent/critical-information-loss.js'
import { hallucination } from '../../faults/intra-agent/hallucination.js'
import { tableQa } from '../../scenarios/table-qa/index.js'
import { systems } from '../../systems/catalogue.js'
import { armOf, count, solved, taskCount, trialsOf } from './trials.js'

describe('nobody knows what he was not told', () => {
  const blind: Scenario = {
    ...tableQa,
    tasks: async (options) =>
      (await tableQa.tasks(options)).map((task) => ({
        ...task,
        text: task.text.replace(/## Question\n.*\n/, ''),
      })),
  }

  test.each(systems)('$id solves no task whose question is missing', async ({ id }) => {
    expect((await blind.tasks({ count: 1, seed: 1 }))[0]?.text).not.toMatch(/\?/)
    const baselines = armOf(await trialsOf({ system: id, faults: [], scenario: blind }), 'baseline')
    expect(baselines).toHaveLength(taskCount)
    expect(solved(baselines)).toBe(0)
    expect(baselines.filter(({ verdict }) => verdict === 'void')).toEqual([])
  })
})

type Inject = ResponseFault['inject']

/** A fault like another one that does something else with the text. */
const like = (fault: Fault, id: string, inject: Inject): Fault =>
  ({ ...fault, id, inject, effect: () => true }) as Fault

/** Does harm as a fault does, then says the whole truth below it. */
const undone = (fault: ResponseFault): Fault =>
  like(fault, `${fault.id}-undone`, (message, site) => {
    const harmed = fault.inject(message, site)
    return (
      harmed &&
      withText(message, `${textOf(harmed)}\n\nCorrection, this holds:\n${textOf(message)}`)
    )
  })

/** Says the same in another layout, wherever the fault would have bitten. */
const paraphrased = (fault: ResponseFault): Fault =>
  like(fault, `${fault.id}-paraphrased`, (message, site) => {
    if (fault.inject(message, site) === null || roleOf(message) !== 'ai') return null
    return withText(message, `Here is what I have.\n\n${textOf(message)}\n\nThis is all.`)
  })

describe.each([criticalInformationLoss, hallucination])('$id', (fault) => {
  const variants = [fault, undone(fault), paraphrased(fault)]

  test('breaks trials by what it takes or puts in, and by nothing else', async () => {
    const lines = await trialsOf({
      ...{ system: 'pipeline', without: ['shared-pool', 'ask-channel'], faults: variants },
      site: { kind: 'agent', agent: 'analyst', number: null },
    })
    const [harm, repaired, said] = variants.map(({ id }) => armOf(lines, id))
    if (!harm || !repaired || !said) throw new Error('There are three.')
    expect(count(harm, 'broke')).toBeGreaterThan(0)
    const counted = harm.filter(({ verdict }) => verdict !== 'dormant').length
    for (const arm of [repaired, said]) {
      expect(count(arm, 'held')).toBeGreaterThanOrEqual(counted)
      expect(count(arm, 'broke')).toBe(0)
      expect(count(arm, 'void')).toBe(0)
    }
  })
})
