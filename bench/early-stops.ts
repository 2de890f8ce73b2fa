import { decideByLooks, design, evaluate } from '../analysis/sequential.js'
import type { Look } from '../core/schemas/summary.js'
import { stopOrder } from '../core/stop-order.js'
import { type Chance, stream, suite, taskChance } from './chance.js'
import { type Check, most, percent, type RateTable } from './rate-table.js'

type Zone = Readonly<{ pass: number; fail: number }>

const zones: readonly Zone[] = [
  { pass: 0.9, fail: 0.8 },
  { pass: 0.85, fail: 0.7 },
  { pass: 0.97, fail: 0.9 },
  { pass: 0.9, fail: 0.85 },
]

/** Errors, mean trials and what is saved, by the truth. Exact. */
export function stopsByTruth(): RateTable {
  const rows = zones.flatMap((zone) => {
    const { fixed, looks, longest } = design(zone)
    const truths = [zone.fail - 0.2, zone.fail, (zone.fail + zone.pass) / 2, zone.pass, 0.99]
    return truths.map((truth) => {
      const { passed, trials } = evaluate(looks, truth)
      const cells = [
        `${zone.pass} fail ${zone.fail}`,
        Number(truth.toFixed(3)),
        percent(passed),
        trials.toFixed(1),
        `${fixed.n}, ${longest}`,
        percent(1 - trials / fixed.n, 0),
      ]
      return { cells, checks: errorsOf(zone, truth, passed) }
    })
  })
  return {
    id: 'early-stops',
    nominal: '5 % false passes at the lower end of the zone, 5 % false fails at its upper end',
    tolerance: 'none: these are exact',
    head: [
      'gate >=',
      'truth',
      'passes',
      'trials on average',
      'asked once, longest',
      'saved against asking once',
    ],
    rows,
  }
}

function errorsOf({ pass, fail }: Zone, truth: number, passed: number): readonly Check[] {
  const falsePass = truth <= fail ? [most(passed, 0.05)] : []
  return truth >= pass ? [most(1 - passed, 0.05)] : falsePass
}

/** Trials of a plan in some order, by the number of the question each asks. */
type Order = (round: number) => readonly number[]

const names = (prefix: string, many: number) =>
  Array.from({ length: many }, (_, at) => `${prefix}${at}`)

/** The order of the engine: seed by seed, rounds of one trial per fault, tasks shuffled. */
export const seedBySeed =
  (tasks: number, faults: number, seeds: number): Order =>
  (round) =>
    stopOrder({
      systems: ['a'],
      scenarios: [{ id: 's', tasks: names('t', tasks), tasksHash: '' }],
      faults: names('f', faults),
      // Every round is another run, so it gets seeds of its own.
      seeds: Array.from({ length: seeds }, (_, at) => round * seeds + at),
    }).map(({ fault, task }) => Number(fault.slice(1)) * tasks + Number(task.slice(1)))

/** The order of a loop over faults, tasks and seeds. */
export const taskByTask =
  (tasks: number, faults: number, seeds: number): Order =>
  () =>
    Array.from({ length: tasks * faults * seeds }, (_, at) => Math.floor(at / seeds))

type Stops = Readonly<{ passed: number; trials: number }>

/** How often looks pass and after how many trials, over suites that are drawn anew every so many runs. */
export function simulated(
  next: Chance,
  looks: readonly Look[],
  { order, chancesOf }: Readonly<{ order: Order; chancesOf: () => readonly number[] }>,
  { suites, runs }: Readonly<{ suites: number; runs: number }>,
): Stops {
  let [passed, trials] = [0, 0]
  for (let one = 0; one < suites; one++) {
    const chances = chancesOf()
    for (let run = 0; run < runs; run++) {
      const outcomes = order(one * runs + run).map((question) => next() < (chances[question] ?? 0))
      const decided = decideByLooks(looks, outcomes)
      if (decided?.verdict === 'passed') passed++
      trials += decided?.after ?? outcomes.length
    }
  }
  const all = suites * runs
  return { passed: passed / all, trials: trials / all }
}

const orders = [
  { name: 'seed by seed', order: seedBySeed, isPromised: true },
  { name: 'task by task', order: taskByTask, isPromised: false },
] as const

const sizes = [
  { tasks: 27, faults: 1, seeds: 7 },
  { tasks: 10, faults: 1, seeds: 18 },
  { tasks: 20, faults: 3, seeds: 5 },
] as const

/** Errors on fixed suites whose tasks differ, in the order of the engine and in that of a loop. */
export function stopsByOrder(): RateTable {
  const zone = { pass: 0.9, fail: 0.8 }
  const { looks, fixed } = design(zone)
  const rows = sizes.flatMap(({ tasks, faults, seeds }, size) =>
    orders.map(({ name, order, isPromised }, at) => {
      const next = stream(700 + 10 * size + at)
      const under = (mean: number) =>
        simulated(
          next,
          looks,
          {
            order: order(tasks, faults, seeds),
            chancesOf: () => suite(next, tasks * faults, { mean, alike: 0.4 }),
          },
          { suites: 40, runs: 75 },
        )
      const [low, high] = [under(zone.fail), under(zone.pass)]
      return {
        cells: [
          `${tasks} tasks, ${faults} ${faults === 1 ? 'fault' : 'faults'}`,
          name,
          percent(low.passed),
          percent(1 - high.passed),
          `${low.trials.toFixed(0)}, ${high.trials.toFixed(0)}`,
          percent(1 - high.trials / fixed.n, 0),
        ],
        checks: isPromised ? [most(low.passed, 0.06), most(1 - high.passed, 0.06)] : [],
      }
    }),
  )
  return {
    id: 'stop-order',
    nominal: '5 % on either side, on these tasks',
    tolerance: 'at most 6 % in the order that is used (seed by seed)',
    head: [
      'suite',
      'order',
      'false passes at truth .8',
      'false fails at truth .9',
      'trials on average',
      'saved at truth .9',
    ],
    rows: [...rows, drawnAnew(looks)],
  }
}

/** The claim that is not made: other tasks of the kind, of which .8 would hold, pass far more often than 5 %. */
function drawnAnew(looks: readonly Look[]): RateTable['rows'][number] {
  const next = stream(790)
  const draw = (mean: number) =>
    simulated(
      next,
      looks,
      {
        order: seedBySeed(27, 1, 7),
        chancesOf: () => Array.from({ length: 27 }, () => taskChance(next, { mean, alike: 0.4 })),
      },
      { suites: 3000, runs: 1 },
    )
  const [low, high] = [draw(0.8), draw(0.9)]
  return {
    cells: [
      '27 tasks drawn anew for every run',
      'seed by seed',
      percent(low.passed),
      percent(1 - high.passed),
      `${low.trials.toFixed(0)}, ${high.trials.toFixed(0)}`,
      '',
    ],
    checks: [],
  }
}
