import { mcnemar } from '../analysis/corrections.js'
import { notWorse, paired } from '../analysis/paired.js'
import { type Chance, heldOf, type Spread, stream, taskChance, trials } from './chance.js'
import { most, percent, type RateTable } from './rate-table.js'

type Setting = Readonly<{ tasks: number; seeds: number; interaction: boolean }>
type Comparison = Readonly<{ differences: readonly number[]; onlyA: number; onlyB: number }>

const spread: Spread = { mean: 0.7, alike: 0.3 }
const rounds = 3000

/**
 * Two systems that are equally good over all tasks. With an interaction one is better at some tasks and the other at
 * others, as real systems are.
 */
export function equals(next: Chance, { tasks, seeds, interaction }: Setting): Comparison {
  let [onlyA, onlyB] = [0, 0]
  const differences = Array.from({ length: tasks }, () => {
    const shared = taskChance(next, spread)
    const own = () => (interaction ? taskChance(next, { mean: shared, alike: 0.3 }) : shared)
    const [a, b] = [trials(next, seeds, own()), trials(next, seeds, own())]
    onlyA += heldOf(a.map((held, at) => held && !b[at]))
    onlyB += heldOf(b.map((held, at) => held && !a[at]))
    return (heldOf(a) - heldOf(b)) / seeds
  })
  return { differences, onlyA, onlyB }
}

/** How often a difference is found where there is none. */
export function falseAlarms(): RateTable {
  const settings = [10, 20, 50].flatMap((tasks) =>
    [1, 5].flatMap((seeds) => [false, true].map((interaction) => ({ tasks, seeds, interaction }))),
  )
  const rows = settings.map((setting, at) => {
    const next = stream(300 + at)
    let [byTask, byPair] = [0, 0]
    for (let round = 0; round < rounds; round++) {
      const { differences, onlyA, onlyB } = equals(next, setting)
      if (paired(differences).p < 0.05) byTask++
      if (mcnemar(onlyA, onlyB).midP < 0.05) byPair++
    }
    const { tasks, seeds, interaction } = setting
    return {
      cells: [
        tasks,
        seeds,
        interaction ? 'yes' : 'no',
        percent(byTask / rounds),
        percent(byPair / rounds),
      ],
      checks: [most(byTask / rounds, 0.065)],
    }
  })
  return {
    id: 'false-alarms',
    nominal: '5 %',
    tolerance: 'at most 6.5 % by task; McNemar is not used as a test',
    head: ['tasks', 'seeds', 'each better at other tasks', 'by task (t)', 'McNemar, mid-p'],
    rows,
  }
}

const before: Spread = { mean: 0.85, alike: 0.2 }

/** Differences per task after a drop of so many points on average. */
export function changes(
  next: Chance,
  { tasks, drop, before }: Readonly<{ tasks: number; drop: number; before: Spread }>,
): readonly number[] {
  const seeds = 5
  return Array.from({ length: tasks }, () => {
    const chance = taskChance(next, before)
    const now = chance * (1 - drop / before.mean)
    return (heldOf(trials(next, seeds, now)) - heldOf(trials(next, seeds, chance))) / seeds
  })
}

/** What "not worse than before" answers, by what really happened. */
export function regressions(): RateTable {
  const settings = [0.1, 0.05].flatMap((margin) =>
    [100, 200, 500].map((pairs) => ({ margin, pairs })),
  )
  const rows = settings.map(({ margin, pairs }, at) => {
    const next = stream(400 + at)
    const found = [0, 0.5, 1, 2].map((part) =>
      answers(pairs, margin, () => {
        return changes(next, { tasks: pairs / 5, drop: part * margin, before })
      }),
    )
    return {
      cells: [
        pairs,
        `${100 * margin} points`,
        ...found.map(({ passed }) => percent(passed, 0)),
        ...found.slice(2).map(({ failed }) => percent(failed, 0)),
      ],
      checks: [most(found[2]?.passed ?? 1, 0.07), most(found[2]?.failed ?? 1, 0.07)],
    }
  })
  return {
    id: 'regression',
    nominal: '5 % for passing and for failing when the drop is exactly the margin',
    tolerance: 'at most 7 %',
    head: [
      'pairs',
      'margin',
      'passes if nothing changed',
      'drop of half the margin',
      'drop of the margin',
      'twice the margin',
      'fails at a drop of the margin',
      'at twice the margin',
    ],
    rows,
  }
}

type Answers = Readonly<{ passed: number; failed: number }>

function answers(pairs: number, margin: number, draw: () => readonly number[]): Answers {
  let [passed, failed] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    const { verdict } = notWorse(draw(), { margin, pairs })
    if (verdict === 'passed') passed++
    if (verdict === 'failed') failed++
  }
  return { passed: passed / rounds, failed: failed / rounds }
}

/** Drops of the margin that leave most tasks as they were: Student's t needs differences that are spread out. */
export function unevenRegressions(): RateTable {
  const kinds = [
    {
      kind: 'a system that held in 97 % gets worse everywhere',
      draw: (next: Chance, tasks: number) =>
        changes(next, { tasks, drop: 0.1, before: { mean: 0.97, alike: 0.2 } }),
    },
    {
      kind: 'every tenth task of the kind is lost, the others stay as they were',
      draw: (next: Chance, tasks: number) =>
        Array.from({ length: tasks }, () => (next() < 0.1 ? -1 : 0)),
    },
  ]
  const rows = kinds.flatMap(({ kind, draw }, one) =>
    [30, 50, 100, 500].map((pairs, at) => {
      const next = stream(450 + 10 * one + at)
      const { passed, failed } = answers(pairs, 0.1, () => draw(next, pairs / 5))
      return { cells: [kind, pairs, percent(passed, 0), percent(failed, 0)], checks: [] }
    }),
  )
  return {
    id: 'uneven-regression',
    nominal: '5 % for passing and for failing',
    tolerance: 'none is kept',
    head: ['a drop of exactly the margin, 10 points', 'pairs', 'passes', 'fails'],
    rows,
  }
}
