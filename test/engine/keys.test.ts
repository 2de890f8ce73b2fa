import { describe, expect, test } from 'vitest'
import { parseTrialCalls } from '../../core/trial-calls.js'
import { planId } from '../../engine/keys.js'
import type { Plan } from '../../engine/plan.js'
import { modelOf } from './stage.js'
import { keysOf, plan, scenario, systemCalled, taskCalled, trialsOf } from './unexecuted.js'

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
    ['a number of calls that every trial may make', { trialCalls: parseTrialCalls('12') }],
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
    ['a limit that is a multiple', { trialCalls: parseTrialCalls('2x') }],
    ['the agent of the site', { site: { kind: 'agent', agent: 'engineer', number: null } }],
  ])('of faulted trials differ when %s differs, those of baselines do not', (_, change) => {
    const [before, after] = [trialsOf(plan), trialsOf({ ...plan, ...change })]
    const faulted = (all: typeof before) =>
      all.filter(({ arm }) => arm === 'fault').map(({ key }) => key)
    for (const key of faulted(after)) expect(faulted(before)).not.toContain(key)
    expect(baselineKeys({ ...plan, ...change })).toEqual(baselineKeys(plan))
  })

  test('differ between limits of calls, and are what they always were where none is given', () => {
    const limited = (text: string) => trialsOf({ ...plan, trialCalls: parseTrialCalls(text) })
    const keys = ['2x', '3x', '12', '13'].flatMap((text) =>
      limited(text).flatMap(({ arm, key }) => (arm === 'fault' ? [key] : [])),
    )
    expect(new Set(keys).size).toBe(keys.length)
    expect(keysOf({ ...plan, trialCalls: parseTrialCalls('2.0x') })).toEqual(
      limited('2x').map(({ key }) => key),
    )
    expect(keysOf({ ...plan, trialCalls: null })).toEqual(keysOf(plan))
  })

  test('of a plan hang on its trials and not on their order', () => {
    const keys = keysOf(plan)
    expect(planId([...keys].reverse())).toBe(planId(keys))
    expect(planId(keys.slice(1))).not.toBe(planId(keys))
  })
})
