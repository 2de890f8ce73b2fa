import { describe, expect, test } from 'vitest'
import { type PlanArguments, planOf } from '../../cli/plan-of.js'
import { faults } from '../../faults/catalogue.js'
import { scenarios } from '../../scenarios/catalogue.js'

const asked = (some: Partial<PlanArguments>): PlanArguments => ({
  systems: ['solo'],
  system: null,
  tasksFile: null,
  scenario: [],
  faults: ['hallucination'],
  tasks: '2',
  seeds: '1',
  model: 'simulated',
  site: 'default',
  without: [],
  ...some,
})
const planned = async (some: Partial<PlanArguments>) => planOf(asked(some), process.cwd(), faults)
const works = async (scenario: readonly string[]) =>
  (await planned({ scenario })).plan.scenarios.map((one) => one.scenario.id)

describe('work that only real models can do', () => {
  const real = scenarios.flatMap(({ id, realOnly }) => (realOnly ? [id] : []))

  test('is there', () => {
    expect(real).toEqual(expect.arrayContaining(['gsm8k', 'wikitq']))
  })

  test.each(real)('%s is refused to a simulated one that is asked by name', async (id) => {
    await expect(works([id])).rejects.toMatchObject({
      code: 'unsupported',
      message: `The simulated model cannot do ${id}: it reads generated sentences only.`,
      hint: expect.stringMatching(/^Choose --model openai:NAME or one of: (?!.*wikitq).*table-qa/),
    })
    await expect(works(['table-qa', id])).rejects.toThrow(`cannot do ${id}`)
  })

  test('is not meant by a pattern that fits other work too', async () => {
    const possible = await works(['all'])
    expect(possible).toEqual(scenarios.flatMap(({ id, realOnly }) => (realOnly ? [] : [id])))
    await expect(works(['gsm*'])).rejects.toThrow('cannot do gsm8k')
  })
})
