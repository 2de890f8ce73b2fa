import { beforeAll, describe, expect, test } from 'vitest'
import type { Fault, ResponseFault } from '../../core/fault.js'
import { roleOf, textOf, withText } from '../../core/messages.js'
import type { Scenario } from '../../core/scenario.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
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
        // Nor is it told by whoever could be asked: the first fact of a task is its question.
        facts: task.facts.map((fact) =>
          fact.ordinal === 0 ? { ...fact, sentence: 'There is a question.' } : fact,
        ),
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

/** Does harm as a fault does and puts back what it took or changed: the whole text, which a last line says it is. */
const restored = (fault: ResponseFault): Fault =>
  like(fault, `${fault.id}-restored`, (message, site) => {
    const harmed = fault.inject(message, site)
    return harmed && withText(harmed, `${textOf(message)}\n\nNothing is missing.`)
  })

/** Does harm as a fault does, then says the whole truth below it. */
const corrected = (fault: ResponseFault): Fault =>
  like(fault, `${fault.id}-corrected`, (message, site) => {
    const harmed = fault.inject(message, site)
    const truth = `Correction, this holds:\n${textOf(message)}`
    return harmed && withText(message, `${textOf(harmed)}\n\n${truth}`)
  })

/** Says the same in another layout, wherever the fault would have bitten. */
const paraphrased = (fault: ResponseFault): Fault =>
  like(fault, `${fault.id}-paraphrased`, (message, site) => {
    if (fault.inject(message, site) === null || roleOf(message) !== 'ai') return null
    return withText(message, `Here is what I have.\n\n${textOf(message)}\n\nThis is all.`)
  })

describe.each([criticalInformationLoss, hallucination] as readonly ResponseFault[])(
  '$id at the analyst, whose readers have nothing else to go by',
  (fault) => {
    const variants = [fault, restored(fault), corrected(fault), paraphrased(fault)]
    let lines: readonly TrialLine[] = []
    beforeAll(async () => {
      lines = await trialsOf({
        ...{ system: 'pipeline', without: ['shared-pool', 'ask-channel'], faults: variants },
        site: { kind: 'agent', agent: 'analyst', number: null },
      })
    })
    const brokenBy = (suffix: string) => count(armOf(lines, `${fault.id}${suffix}`), 'broke')
    const heldBy = (suffix: string) => count(armOf(lines, `${fault.id}${suffix}`), 'held')

    test('breaks most tasks', () => {
      expect(brokenBy('')).toBeGreaterThan(taskCount / 2)
    })

    test('breaks none when what it did is undone in place', () => {
      expect(heldBy('-restored')).toBeGreaterThan(taskCount / 2)
      expect(brokenBy('-restored')).toBe(0)
    })

    test('breaks fewer when the truth stands below the harm', () => {
      expect(heldBy('-corrected')).toBeGreaterThan(heldBy(''))
      expect(brokenBy('-corrected')).toBeLessThan(brokenBy(''))
    })

    test('a true paraphrase in its place breaks none', () => {
      expect(heldBy('-paraphrased')).toBe(taskCount)
    })
  },
)
