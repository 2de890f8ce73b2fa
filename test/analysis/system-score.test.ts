import { expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import { dormant, line, wrong } from './lines.js'
import { baselines, faultedBy, grid, placebos, summaryOf, twoFaults, unlike } from './runs.js'

test('a system has its composite, its worst category and its baseline', () => {
  const storm = faultedBy([2, 2, 2, 2, 2, 2, 2, 2, 2, 2], { fault: 'message-storm:copies=200' })
  const unsolved = line({ task: 't11', outcome: wrong, calls: 54 })
  const lines = [...baselines, unsolved, ...placebos, ...faultedBy(unlike), ...storm]
  const [system] = summaryOf(lines, twoFaults).systems
  expect(system?.score).toMatchObject({ n: 10, mean: expect.closeTo((0.76 + 0.4) / 2, 12) })
  expect(system?.score.low).toBeLessThan(0.58)
  expect(system?.worst?.category).toBe('communication')
  expect(system?.worst?.score.mean).toBeCloseTo(0.4, 12)
  expect(system?.baseline).toEqual(scoreOf(50, 51))
  expect(system).toMatchObject({ faultsMeasured: 2, faultsPlanned: 2, calls: 4 })
})

test('a fault that is not measured is in no score, and the plan still counts it', () => {
  const storm = grid.map((at) => dormant('not-reached', { ...at, fault: 'message-storm' }))
  const lines = [...baselines, ...placebos, ...faultedBy(unlike), ...storm]
  const [system] = summaryOf(lines, twoFaults).systems
  expect(system?.score.mean).toBeCloseTo(0.76, 12)
  expect(system).toMatchObject({ faultsMeasured: 1, faultsPlanned: 2 })
})

test('a cell with a single task does not take the interval from its system', () => {
  const storm = faultedBy(unlike, { fault: 'message-storm' }).slice(0, 5)
  const lines = [...baselines, ...placebos, ...faultedBy(unlike), ...storm]
  const [system] = summaryOf(lines, twoFaults).systems
  expect(system?.score.mean).toBeCloseTo(0.88, 12)
  expect(system?.score.low).not.toBeNull()
  expect(system?.worst?.category).toBe('reasoning')
})
