import { expect, test } from 'vitest'
import { scoreOf } from '../../analysis/interval.js'
import { dormant, faulted, injection, line, placebo, right, wrong } from './lines.js'
import { baselines, cellOf, faultedBy, grid, placebos, summaryOf, unlike } from './runs.js'

test('a cell of ten tasks and five seeds has both lines, ratio and damage of the reference', () => {
  const wrongAgain = new Set(['t6#5', 't8#5', 't10#5'])
  const again = grid.map((at) =>
    placebo({ ...at, outcome: wrongAgain.has(`${at.task}#${at.seed}`) ? wrong : right }),
  )
  const cell = cellOf([...baselines, ...again, ...faultedBy(unlike)])
  expect(cell).toMatchObject({ tasks: 10, n: 50, held: 38, broke: 12, coverage: 1, measured: true })
  expect(cell.robustness).toEqual(scoreOf(38, 50))
  expect(cell.robustnessOnTasksLikeThese.low).toBeCloseTo(0.447854, 6)
  expect(cell.placebo).toEqual(scoreOf(47, 50))
  expect(cell.relative.mean).toBeCloseTo(0.808511, 6)
  expect(cell.relative.low).toBeCloseTo(0.578335, 6)
  expect(cell.damage.mean).toBeCloseTo(0.18, 12)
  expect(cell.damage.high).toBeCloseTo(0.38733, 6)
})

test('only tasks and seeds with a right baseline are scored', () => {
  const some = baselines.map((one) => (one.seed === 1 ? { ...one, outcome: wrong } : one))
  const cell = cellOf([...some, ...faultedBy(unlike)])
  expect([cell.n, cell.leftOut.ineligible]).toEqual([40, 10])
})

test('trials that were never executed for want of a right baseline are ineligible', () => {
  const outcome = { kind: 'not-run', reason: 'ineligible' } as const
  const cell = cellOf([line({ outcome: wrong }), faulted('held', { outcome, verdict: null })])
  expect(cell).toMatchObject({
    n: 0,
    applicable: true,
    measured: false,
    leftOut: { ineligible: 1 },
  })
})

test('coverage leaves out what had no effect, and below nine of ten nothing is measured', () => {
  const of = (lost: number) => {
    const asleep = grid
      .slice(0, 10)
      .map((at, index) => dormant(index < lost ? 'not-reached' : 'no-effect', at))
    return cellOf([...baselines, ...asleep, ...faultedBy(unlike).slice(10)])
  }
  expect(of(4)).toMatchObject({ coverage: 40 / 44, measured: true, dormant: 10 })
  expect(of(5)).toMatchObject({ coverage: 40 / 45, measured: false, dormant: 10 })
  expect(of(5).leftOut).toMatchObject({ notReached: 5, noEffect: 5 })
})

test('a run of which more than a twentieth is void measures nothing', () => {
  const losing = (lost: number) => {
    const trials = faultedBy(unlike).map((one, at) =>
      at < lost ? { ...one, verdict: 'void' as const } : one,
    )
    return cellOf([...baselines, ...trials])
  }
  expect(losing(5)).toMatchObject({ n: 45, void: 5, coverage: 0.9, measured: true })
  const other = faultedBy(unlike, { fault: 'message-storm', verdict: 'void' })
  const [cell] = summaryOf([...baselines, ...faultedBy(unlike), ...other]).cells
  expect(cell).toMatchObject({ n: 50, coverage: 1, measured: false })
})

test('a fault is not applicable when no eligible task offers a site', () => {
  const outcome = { kind: 'not-run', reason: 'no-site' } as const
  const none = grid.map((at) => dormant('no-site', { ...at, outcome }))
  const cell = cellOf([...baselines, ...none])
  expect(cell).toMatchObject({ applicable: false, n: 0, coverage: null, leftOut: { noSite: 50 } })
  const one = faulted('held', grid[0] ?? {})
  expect(cellOf([...baselines, one, ...none.slice(1)]).applicable).toBe(true)
  expect(cellOf([...baselines.slice(1), one, ...none.slice(1)]).applicable).toBe(false)
})

test('trials that only luck can save are left out beside others', () => {
  const lucky = { injections: [injection({ recoverable: false })] }
  const trials = faultedBy(unlike).map((one) => (one.seed === 5 ? { ...one, ...lucky } : one))
  const cell = cellOf([...baselines, ...trials])
  expect(cell).toMatchObject({ recoverable: true, n: 40, leftOut: { notRecoverable: 10 } })
})

test('a cell that only luck can save shows its own trials and enters no score', () => {
  const lucky = faultedBy(unlike, { injections: [injection({ recoverable: false })] })
  const { cells, systems } = summaryOf([...baselines, ...placebos, ...lucky])
  expect(cells[0]).toMatchObject({ recoverable: false, n: 50, held: 38, measured: true })
  expect(cells[0]?.robustness).toEqual(scoreOf(38, 50))
  expect(cells[0]?.leftOut.notRecoverable).toBe(0)
  expect(systems[0]).toMatchObject({ faultsMeasured: 0, worst: null, score: { mean: null, n: 0 } })
})

test('the placebo is that of the injector, on the tasks of the cell', () => {
  const other = grid.map((at) => placebo({ ...at, fault: 'placebo-prompt', outcome: wrong }))
  const lost = { kind: 'void', reason: 'no network' } as const
  const some = placebos.map((one) => (one.seed === 5 ? { ...one, outcome: lost } : one))
  const trials = faultedBy(unlike).filter(({ task }) => task !== 't10')
  const cell = cellOf([...baselines, ...some, ...other, ...trials])
  expect(cell.placebo).toEqual(scoreOf(36, 36))
  expect(cell.damage.mean).toBeCloseTo(1 - 37 / 45, 12)
})

test('a placebo of a task and seed that is not solved unharmed says nothing', () => {
  const unsolved = [...baselines.slice(0, 49), line({ ...grid[49], outcome: wrong })]
  const cell = cellOf([...unsolved, ...placebos, ...faultedBy(unlike)])
  expect([cell.n, cell.placebo.n]).toEqual([49, 49])
})

test('without a placebo there is a robustness and neither damage nor ratio', () => {
  const cell = cellOf([...baselines, ...faultedBy(unlike)])
  expect(cell.placebo).toEqual({ mean: null, low: 0, high: 1, n: 0 })
  expect([cell.damage.mean, cell.relative.mean]).toEqual([null, null])
  expect(cell.robustness.n).toBe(50)
})

test('what the injector model did not write is lost for the coverage, not left out for nothing', () => {
  const some = faultedBy(unlike).map((one, at) => (at < 6 ? dormant('not-written', grid[at]) : one))
  const cell = cellOf([...baselines, ...placebos, ...some])
  expect(cell).toMatchObject({ n: 44, dormant: 6, measured: false, leftOut: { notWritten: 6 } })
  expect(cell.coverage).toBeCloseTo(44 / 50, 12)
})
