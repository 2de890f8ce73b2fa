import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTrialId } from '../../core/trial-id.js'
import { expand, faultName, type Plan, systemName, unfitIn } from '../../engine/plan.js'
import { faults } from '../../faults/catalogue.js'
import { messageStorm } from '../../faults/inter-agent/message-storm.js'
import { tableQa } from '../../scenarios/table-qa/index.js'
import {
  keysOf,
  plan,
  planned,
  scenario,
  systemCalled,
  taskCalled,
  trialsOf,
} from './unexecuted.js'

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

  test('leaves out work that a system does not fit, and says which', () => {
    const [fitting, other] = ['fits', 'other'].map(systemCalled)
    if (!fitting || !other) throw new Error('Two were asked for.')
    const some: Plan = {
      ...plan,
      systems: [
        { system: fitting, without: [] },
        { system: { ...other, unfit: { final: 'It judges afterwards.' } }, without: [] },
      ],
      scenarios: [
        { scenario, tasks: [taskCalled('t1')] },
        { scenario: { ...scenario, id: 'shop', effects: 'final' }, tasks: [taskCalled('t1')] },
      ],
    }
    const pairs = expand(some).map(({ name, scenario: { id: work } }) => `${name} ${work}`)
    expect(pairs).toEqual(['fits work', 'other work', 'fits shop'])
    expect(unfitIn(some)).toEqual([
      { system: 'other', scenario: 'shop', because: 'It judges afterwards.' },
    ])
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
