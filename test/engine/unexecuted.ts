import type { Scenario, Task } from '../../core/scenario.js'
import type { System } from '../../core/system.js'
import { expand, type Plan } from '../../engine/plan.js'
import { faults } from '../../faults/catalogue.js'
import { modelOf } from './stage.js'

/** A system that is never built. */
export const systemCalled = (id: string): System => ({ id, summary: '', build: () => never() })
const never = (): never => {
  throw new Error('A plan builds nothing.')
}
/** A task of an id. */
export const taskCalled = (id: string): Task => ({
  id,
  text: `text of ${id}`,
  protect: [],
  facts: [],
})
/** Work that is never done. */
export const scenario: Scenario = {
  ...{ id: 'work', summary: '', licence: '', briefings: {} },
  tasks: () => [],
  oracle: never,
}
/** A fault of the catalogue by its position. */
export const planned = (index: number) => {
  const fault = faults[index]
  if (!fault) throw new Error('There is no such fault.')
  return {
    fault,
    planned: { id: fault.id, parameters: {}, trigger: fault.trigger ?? 'once' } as const,
  }
}

/** A plan that is only looked at. */
export const plan: Plan = {
  systems: [{ system: systemCalled('pipeline'), without: [] }],
  scenarios: [{ scenario, tasks: [taskCalled('t1'), taskCalled('t2'), taskCalled('t3')] }],
  faults: [planned(1)],
  seeds: [1],
  site: { kind: 'default' },
  model: modelOf(() => ''),
  engine: '1.0.0',
}

/** All trials of a plan. */
export const trialsOf = (of: Plan) => expand(of).flatMap(({ trials }) => trials)
/** The keys of all trials of a plan. */
export const keysOf = (of: Plan) => trialsOf(of).map(({ key }) => key)
