import { expect, test } from 'vitest'
import { summarise } from '../../analysis/summarise.js'
import type { Sweep } from '../../core/schemas/summary.js'
import type { TrialLine } from '../../core/schemas/trial-line.js'
import { faulted, faults, line, placebo, plannedOf, runOf, systemOf } from './lines.js'

const tasks = ['t1', 't2', 't3', 't4']
const model = { id: 'sim-sweep', kind: 'simulated', hash: 'h', sweep: true } as const
const tempersOf = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

/** How many of the four tasks hold in a temper, for each system. */
type Held = Readonly<Record<string, (temper: number) => number>>

function sweepOf(held: Held, tempers: number): Sweep {
  const seeds = tempersOf(tempers)
  const lines = Object.entries(held).flatMap(([system, of]) =>
    seeds.flatMap((seed) =>
      tasks.flatMap((task, at): readonly TrialLine[] => {
        const where = { system, task, seed }
        const verdict = at < of(seed) ? 'held' : 'broke'
        return [line(where), placebo(where), faulted(verdict, where)]
      }),
    ),
  )
  const plan = {
    ...{ model, seeds, faults: [plannedOf('hallucination')] },
    systems: Object.keys(held).map(systemOf),
    scenarios: [{ id: 'table-qa', tasks, tasksHash: 'h' }],
  }
  const summary = summarise({ run: runOf(plan), lines, faults, injectorOf: () => 'response' })
  if (!summary.sweep) throw new Error('The run is a sweep.')
  return summary.sweep
}

const tagsOf = ({ cells }: Sweep) => cells.map(({ tag }) => tag)
const contrastOf = ({ contrasts }: Sweep, fault: string | null) => {
  const found = contrasts.find((one) => one.fault === fault)
  if (!found) throw new Error('Two systems were compared.')
  return found
}

test('a cell whose outcomes are nearly all equal is decided by the graph', () => {
  expect(tagsOf(sweepOf({ a: () => 4, b: () => 0 }, 60))).toEqual(['wiring', 'wiring'])
  // 12 of 240 outcomes are 5 in 100, 13 are more.
  const broke = (count: number) => (temper: number) => (temper <= count ? 3 : 4)
  expect(tagsOf(sweepOf({ a: broke(12), b: broke(13) }, 60))).toEqual(['wiring', 'assumption'])
})

test('an order is told where at least 57 of 60 tempers share it, and no sooner', () => {
  const better = (tempers: number) => (temper: number) => (temper <= tempers ? 3 : 2)
  const stable = contrastOf(sweepOf({ a: () => 2, b: better(57) }, 60), 'hallucination')
  expect(stable).toMatchObject({ tag: 'stable', higher: 'b', aHigher: 0, bHigher: 57, even: 3 })
  const less = contrastOf(sweepOf({ a: () => 2, b: better(56) }, 60), 'hallucination')
  expect(less).toMatchObject({ tag: 'assumption', higher: null, bHigher: 56, even: 4 })
})

test('a difference that changes its sign with the temper tells no order, however large its mean', () => {
  const wild = (temper: number) => (temper % 10 === 0 ? 0 : 4)
  const sweep = sweepOf({ a: wild, b: () => 2 }, 60)
  expect(contrastOf(sweep, null)).toMatchObject({ tag: 'assumption', aHigher: 54, bHigher: 6 })
  expect(contrastOf(sweep, null).higher).toBeNull()
})

test('two cells that the graph decides alike are no order, unlike ones are', () => {
  const same = contrastOf(sweepOf({ a: () => 4, b: () => 4 }, 60), 'hallucination')
  expect(same).toMatchObject({ tag: 'wiring', higher: null, even: 60 })
  const other = contrastOf(sweepOf({ a: () => 4, b: () => 0 }, 60), 'hallucination')
  expect(other).toMatchObject({ tag: 'wiring', higher: 'a', aHigher: 60 })
})

test('a few tempers say nothing', () => {
  const sweep = sweepOf({ a: () => 4, b: () => 0 }, 19)
  expect(tagsOf(sweep)).toEqual(['too few', 'too few'])
  expect(contrastOf(sweep, null)).toMatchObject({ tag: 'too few', higher: null })
})

test('tempers in which one of the systems solved nothing unharmed are in no contrast', () => {
  const seeds = tempersOf(30)
  const lines = seeds.flatMap((seed) => [
    ...[line({ seed }), placebo({ seed }), faulted('held', { seed })],
    ...(seed > 5
      ? [
          line({ system: 'b', seed }),
          placebo({ system: 'b', seed }),
          faulted('broke', { system: 'b', seed }),
        ]
      : []),
  ])
  const plan = {
    ...{ model, seeds, faults: [plannedOf('hallucination')] },
    systems: ['pipeline', 'b'].map(systemOf),
  }
  const { sweep } = summarise({ run: runOf(plan), lines, faults, injectorOf: () => 'response' })
  expect(sweep?.contrasts[0]).toMatchObject({ aHigher: 25, bHigher: 0, even: 0 })
})
