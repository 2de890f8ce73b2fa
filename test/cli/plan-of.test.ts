import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planArguments } from '../../cli/options.js'
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

describe('a file of tasks for reference systems', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'firedrill-plan-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const written = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const tasks = [1, 2, 3].map((n) => ({
    id: `q${n}`,
    text: `What is ${n} + ${n}?`,
    expected: 2 * n,
  }))
  const real = { model: 'openai:some', tasks: null }

  test('is their work, all of it, on a real model', async () => {
    const tasksFile = written('My sums.json', JSON.stringify(tasks))
    const { plan, stored } = await planned({ ...real, tasksFile })
    expect(plan.scenarios).toMatchObject([
      { scenario: { id: 'my-sums-file' }, tasks: tasks.map(({ id, text }) => ({ id, text })) },
    ])
    expect(stored.model).toMatchObject({ id: 'openai:some', kind: 'provider' })
    const some = await planned({ ...real, tasksFile, tasks: 'q2' })
    expect(some.plan.scenarios[0]?.tasks.map(({ id }) => id)).toEqual(['q2'])
  })

  test('is refused to a simulated one, and beside a scenario', async () => {
    const tasksFile = written('sums.json', JSON.stringify(tasks))
    await expect(planned({ tasksFile })).rejects.toThrow('cannot do sums-file: it reads generated')
    const both = planned({ ...real, tasksFile, scenario: ['table-qa'] })
    await expect(both).rejects.toThrow('exclude each other')
    await expect(planned({ oracle: './x.ts' })).rejects.toThrow('--oracle needs the tasks')
  })

  test('is another plan when something else is expected', async () => {
    const hashOf = async (expected: number) => {
      const tasksFile = written('sums.json', JSON.stringify([{ ...tasks[0], expected }]))
      return (await planned({ ...real, tasksFile })).stored.scenarios[0]?.tasksHash
    }
    expect(await hashOf(2)).not.toBe(await hashOf(3))
    expect(await hashOf(2)).toBe(await hashOf(2))
  })

  test('may be marked by a module of the user', async () => {
    const tasksFile = written('free.jsonl', '{"id": 1, "text": "Say something kind."}')
    await expect(planned({ ...real, tasksFile })).rejects.toThrow('task "1": it has no "expected"')
    written('kind.ts', 'export const oracle = (_: unknown, a: string) => /kind/.test(a)')
    const oracle = join(folder, 'kind.ts')
    const { plan } = await planned({ ...real, tasksFile, oracle })
    const [
      {
        scenario,
        tasks: [task],
      } = never(),
    ] = plan.scenarios
    expect(await scenario.oracle(task ?? never(), 'You are kind.')).toMatchObject({ correct: true })
    expect(await scenario.oracle(task ?? never(), 'No.')).toMatchObject({ correct: false })
    const other = planned({ ...real, tasksFile, oracle: `${oracle}#other` })
    await expect(other).rejects.toThrow('exports no oracle')
    const missing = planned({ ...real, tasksFile, oracle: join(folder, 'none.ts') })
    await expect(missing).rejects.toThrow('There is no file')
  })
})

test('a stored plan says where the material of public work comes from, and of ours nothing', async () => {
  const stored = async (scenario: string) => {
    const model = 'openai:gpt-5-mini'
    return (await planned({ scenario: [scenario], model })).stored.scenarios[0]
  }
  expect((await stored('gsm8k'))?.attribution).toContain('possibly known to the model')
  expect(await stored('booking')).not.toHaveProperty('attribution')
})

describe('a limit of the calls of a trial', () => {
  test('is part of the plan, and is kept in one way however it was written', async () => {
    const { plan, stored } = await planned({ trialCalls: '2.0x' })
    expect(plan.trialCalls).toEqual({ kind: 'times', tenths: 20 })
    expect(stored.trialCalls).toBe('2x')
  })

  test('leaves no trace where none was given', async () => {
    const { plan, stored } = await planned({})
    expect(plan.trialCalls).toBeNull()
    expect(stored).not.toHaveProperty('trialCalls')
    expect(planArguments({})).not.toHaveProperty('trialCalls')
  })

  test('is refused before anything runs', async () => {
    await expect(planned({ trialCalls: '0.9x' })).rejects.toMatchObject({ code: 'bad-argument' })
  })
})

function never(): never {
  throw new Error('It is missing.')
}
