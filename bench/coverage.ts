import { binomial, exactly } from '../analysis/binomial.js'
import { clopperPearson } from '../analysis/exact.js'
import { onTasksLikeThese, wilson } from '../analysis/interval.js'
import { jackknife } from '../analysis/jackknife.js'
import { relative } from '../analysis/score.js'
import { type Chance, heldOf, type Spread, stream, taskChance, trials } from './chance.js'
import { percent, type RateTable } from './rate-table.js'

type Interval = Readonly<{ low: number | null; high: number | null }>

const contains = ({ low, high }: Interval, truth: number) =>
  low !== null && high !== null && low <= truth && truth <= high

const seeds = 5
const rounds = 3000

/** Intervals of independent trials: how often they contain the truth where they do so least. Exact. */
export function independentTrials(): RateTable {
  const rows = [10, 20, 50, 100].map((n) => {
    const score = worst(n, (held) => wilson(held, n))
    const exact = worst(n, (held) => clopperPearson(held, n))
    return {
      cells: [n, percent(worst(n, (held) => wald(held, n))), percent(score), percent(exact)],
      checks: [
        { rate: score, from: 0.89, to: 1 },
        { rate: exact, from: 0.95, to: 1 },
      ],
    }
  })
  return {
    id: 'independent',
    nominal: '95 %',
    tolerance: 'Wilson 89 % or more in its worst case, exact 95 % or more; Wald is never used',
    head: ['trials', 'Wald, worst case', 'Wilson, worst case', 'exact, worst case'],
    rows,
  }
}

function worst(n: number, interval: (held: number) => Interval): number {
  const intervals = Array.from({ length: n + 1 }, (_, held) => interval(held))
  const truths = Array.from({ length: 193 }, (_, at) => 0.02 + at * 0.005)
  return Math.min(
    ...truths.map((truth) => {
      const chances = binomial(n, truth)
      return intervals.reduce(
        (all, one, held) => (contains(one, truth) ? all + exactly(chances, held) : all),
        0,
      )
    }),
  )
}

function wald(held: number, n: number): Interval {
  const mean = held / n
  const half = 1.96 * Math.sqrt((mean * (1 - mean)) / n)
  return { low: mean - half, high: mean + half }
}

/** Both lines of a report, if the question is about other tasks. */
export function bothLines(): RateTable {
  const sizes = [6, 10, 20, 50].flatMap((tasks) => [0.3, 0.6].map((alike) => ({ tasks, alike })))
  const rows = sizes.map(({ tasks, alike }, at) => {
    const next = stream(100 + at)
    const spread = { mean: 0.7, alike }
    const samples = Array.from({ length: rounds }, () => sample(next, tasks, spread))
    const these = measured(samples.map(onThese), 0.7)
    const others = measured(samples.map(onTasksLikeThese), 0.7)
    return {
      cells: [tasks, alike, shown(these), shown(others)],
      checks: [{ rate: others.coverage, from: 0.93, to: 0.985 }],
    }
  })
  return {
    id: 'coverage',
    nominal: '95 % of the second line',
    tolerance: '93 to 98.5 %; the first line answers another question',
    head: [
      'tasks',
      'likeness of the trials of a task',
      '"on these tasks": contains the mean of all tasks, width',
      '"on tasks like these": the same',
    ],
    rows,
  }
}

type Counted = Readonly<{ held: number; n: number }>

/** Tasks of a suite with their trials. */
export const sample = (next: Chance, tasks: number, spread: Spread): readonly Counted[] =>
  Array.from({ length: tasks }, () => ({
    held: heldOf(trials(next, seeds, taskChance(next, spread))),
    n: seeds,
  }))

/** The interval on these tasks, of some tasks. */
export function onThese(tasks: readonly Counted[]): Interval {
  const held = tasks.reduce((all, one) => all + one.held, 0)
  return wilson(held, tasks.length * seeds)
}

type Measured = Readonly<{ coverage: number; width: number }>

/** How often intervals contain the truth, and how wide they are on average. */
export function measured(intervals: readonly Interval[], truth: number): Measured {
  const widths = intervals.map(({ low, high }) => (high ?? 0) - (low ?? 0))
  return {
    coverage: intervals.filter((one) => contains(one, truth)).length / intervals.length,
    width: widths.reduce((a, b) => a + b, 0) / widths.length,
  }
}

const points = (width: number) => `${Math.round(100 * width)} points`
const shown = ({ coverage, width }: Measured) => `${percent(coverage)}, ${points(width)}`

/** The relative score, which is no proportion: one task left out at a time. */
export function relativeScore(): RateTable {
  const [placebo, fault] = [{ mean: 0.9, alike: 1 / 11 }, 0.7]
  const rows = [6, 10, 20, 50].map((tasks, at) => {
    const next = stream(200 + at)
    const intervals = Array.from({ length: rounds }, () => {
      const counts = Array.from({ length: tasks }, () => {
        const chance = taskChance(next, placebo)
        const [held, unharmed] = [fault * chance, chance].map((one) =>
          heldOf(trials(next, seeds, one)),
        )
        return [held ?? 0, seeds, unharmed ?? 0, seeds]
      })
      return jackknife(counts, relative)
    })
    const result = measured(intervals, fault)
    return {
      cells: [tasks, percent(result.coverage), points(result.width)],
      checks: [{ rate: result.coverage, from: 0.93, to: 0.985 }],
    }
  })
  return {
    id: 'relative',
    nominal: '95 %',
    tolerance: '93 to 98.5 %',
    head: ['tasks', 'contains the truth', 'mean width'],
    rows,
  }
}
