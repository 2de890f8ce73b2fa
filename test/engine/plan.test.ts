import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scenario, Task } from '../../core/scenario.js'
import type { System } from '../../core/system.js'
import { parseTrialId } from '../../core/trial-id.js'
import { planId } from '../../engine/keys.js'
import { expand, faultName, type Plan, systemName } from '../../engine/plan.js'
import { faults } from '../../faults/catalogue.js'
import { messageStorm } from '../../faults/inter-agent/message-storm.js'
import { tableQa } from '../../scenarios/table-qa/index.js'
import { modelOf } from './stage.js'

const systemCalled = (id: string): System => ({ id, summary: '', build: () => never() })
const never = (): never => {
  throw new Error('A plan builds nothing.')
}
const taskCalled = (id: string): Task => ({ id, text: `text of ${id}`, protect: [], facts: [] })
const scenario: Scenario = {
  ...{ id: 'work', summary: '', licence: '', briefings: {} },
  tasks: () => [],
  oracle: never,
}
const planned = (index: number) => {
  const fault = faults[index]
  if (!fault) throw new Error('There is no such fault.')
  return {
    fault,
    planned: { id: fault.id, parameters: {}, trigger: fault.trigger ?? 'once' } as const,
  }
}

const plan: Plan = {
  systems: [{ system: systemCalled('pipeline'), without: [] }],
  scenarios: [{ scenario, tasks: [taskCalled('t1'), taskCalled('t2'), taskCalled('t3')] }],
  faults: [planned(1)],
  seeds: [1],
  site: { kind: 'default' },
  model: modelOf(() => ''),
  engine: '1.0.0',
}

const trialsOf = (of: Plan) => expand(of).flatMap(({ trials }) => trials)
const keysOf = (of: Plan) => trialsOf(of).map(({ key }) => key)

const id = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' })
const someIds = fc.uniqueArray(id, { minLength: 1, maxLength: 4 })
const plans: fc.Arbitrary<Plan> = fc
  .record({
    systems: someIds,
    tasks: someIds,
    chosen: fc.subarray(faults.map((_, at) => at)),
    seeds: fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 3 }),
  })
  .map(({ systems, tasks, chosen, seeds }) => ({
    ...plan,
    systems: systems.map((name) => ({ system: systemCalled(name), without: [] })),
    scenarios: [{ scenario, tasks: tasks.map(taskCalled) }],
    faults: chosen.map(planned),
    seeds,
  }))

describe('expand', () => {
  test('makes each trial once: as many ids and keys as the product of the plan', () => {
    fc.assert(
      fc.property(plans, (some) => {
        const trials = trialsOf(some)
        const arms = new Set(some.faults.map(({ fault }) => fault.injector)).size
        const tasks = some.scenarios[0]?.tasks.length ?? 0
        const groups = some.systems.length * tasks * some.seeds.length
        expect(trials).toHaveLength(groups * (1 + arms + some.faults.length))
        expect(new Set(trials.map((trial) => trial.id)).size).toBe(trials.length)
        expect(new Set(trials.map(({ key }) => key)).size).toBe(trials.length)
      }),
    )
  })

  test('gives every trial an id that says where it belongs', () => {
    fc.assert(
      fc.property(plans, (some) => {
        for (const { name, task, seed, trials } of expand(some)) {
          for (const trial of trials) {
            expect(parseTrialId(trial.id)).toEqual({
              ...{ system: name, scenario: 'work', fault: trial.label, task: task.id, seed },
            })
          }
        }
      }),
    )
  })

  test('is the same every time, and the order in which tasks were named changes nothing', () => {
    fc.assert(
      fc.property(plans, (some) => {
        const reversed = some.scenarios.map((one) => ({ ...one, tasks: [...one.tasks].reverse() }))
        expect(trialsOf({ ...some, scenarios: reversed })).toHaveLength(trialsOf(some).length)
        expect(keysOf({ ...some, scenarios: reversed })).toEqual(keysOf(some))
        expect(keysOf(some)).toEqual(keysOf(some))
      }),
    )
  })

  test('puts the baseline first in every group, then the placebos in use, then the faults', () => {
    const all = { ...plan, faults: faults.map((_, at) => planned(at)) }
    for (const { trials } of expand(all)) {
      expect(trials.map(({ label }) => label)).toEqual([
        'baseline',
        'placebo-prompt',
        'placebo-response',
        'placebo-routing',
        ...faults.map((fault) => fault.id),
      ])
    }
  })

  test('goes seed by seed, and each seed has its own order of tasks', () => {
    const tasks = Array.from({ length: 12 }, (_, at) => taskCalled(`t${at}`))
    const groups = expand({ ...plan, scenarios: [{ scenario, tasks }], seeds: [1, 2] })
    expect(groups.map(({ seed }) => seed)).toEqual([...Array(12).fill(1), ...Array(12).fill(2)])
    const order = (seed: number) =>
      groups.filter((group) => group.seed === seed).map((group) => group.task.id)
    expect(order(1)).not.toEqual(order(2))
    expect([...order(1)].sort()).toEqual([...order(2)].sort())
  })

  test('task n is the same however many tasks there are', async () => {
    const many = await tableQa.tasks({ count: 40, seed: 1 })
    const few = await tableQa.tasks({ count: 7, seed: 1 })
    expect(few).toEqual(many.slice(0, 7))
    const keys = new Set(keysOf({ ...plan, scenarios: [{ scenario: tableQa, tasks: many }] }))
    for (const key of keysOf({ ...plan, scenarios: [{ scenario: tableQa, tasks: few }] })) {
      expect(keys).toContain(key)
    }
  })
})

describe('keys', () => {
  const [chosen] = plan.faults
  if (!chosen) throw new Error('The plan has no fault.')
  const withParameters = { ...chosen.planned, parameters: { facts: 2 } }
  const every = { ...chosen.planned, trigger: 'every' as const }
  const system = systemCalled('pipeline')
  const baselineKeys = (of: Plan) =>
    trialsOf(of)
      .filter(({ arm }) => arm === 'baseline')
      .map(({ key }) => key)

  test.each<readonly [string, Partial<Plan>]>([
    ['the version of the tool', { engine: '1.0.1' }],
    ['the model', { model: { ...modelOf(() => ''), hash: 'other' } }],
    ['whether the system brings its own model', { model: null }],
    ['the seed', { seeds: [2] }],
    ['a defence that is left out', { systems: [{ system, without: ['dedupe'] }] }],
    [
      'the code of the system',
      { systems: [{ system: { ...system, codeHash: 'x' }, without: [] }] },
    ],
    [
      'the text of a task',
      { scenarios: [{ scenario, tasks: [{ ...taskCalled('t1'), text: '' }] }] },
    ],
    [
      'what no fault may change',
      { scenarios: [{ scenario, tasks: [{ ...taskCalled('t1'), protect: ['x'] }] }] },
    ],
    [
      'the scenario',
      { scenarios: [{ scenario: { ...scenario, id: 'w' }, tasks: [taskCalled('t1')] }] },
    ],
  ])('differ when %s differs', (_, change) => {
    const before = new Set(keysOf(plan))
    for (const key of keysOf({ ...plan, ...change })) expect(before).not.toContain(key)
  })

  test.each<readonly [string, Partial<Plan>]>([
    ['a parameter of the fault', { faults: [{ ...chosen, planned: withParameters }] }],
    ['the trigger of the fault', { faults: [{ ...chosen, planned: every }] }],
    ['the site', { site: { kind: 'any' } }],
    ['the agent of the site', { site: { kind: 'agent', agent: 'engineer', number: null } }],
  ])('of faulted trials differ when %s differs, those of baselines do not', (_, change) => {
    const [before, after] = [trialsOf(plan), trialsOf({ ...plan, ...change })]
    const faulted = (all: typeof before) =>
      all.filter(({ arm }) => arm === 'fault').map(({ key }) => key)
    for (const key of faulted(after)) expect(faulted(before)).not.toContain(key)
    expect(baselineKeys({ ...plan, ...change })).toEqual(baselineKeys(plan))
  })

  test('of a plan hang on its trials and not on their order', () => {
    const keys = keysOf(plan)
    expect(planId([...keys].reverse())).toBe(planId(keys))
    expect(planId(keys.slice(1))).not.toBe(planId(keys))
  })
})

describe('names', () => {
  test('of a system carry the defences that are left out, sorted', () => {
    expect(systemName({ system: systemCalled('s'), without: ['b', 'a'] })).toBe('s~a~b')
  })

  test('of a fault carry only the parameters that are not the default', () => {
    const named = (parameters: Readonly<Record<string, number>>) =>
      faultName(messageStorm, {
        id: messageStorm.id,
        parameters: { ...parameters },
        trigger: 'once',
      })
    expect(named({ copies: 25, fresh: 0 })).toBe('message-storm')
    expect(named({ fresh: 1, copies: 3 })).toBe('message-storm:copies=3,fresh=1')
  })
})
