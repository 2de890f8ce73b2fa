import { expect, test } from 'vitest'
import { summarise } from '../../../analysis/summarise.js'
import { stream, taskChance } from '../../../bench/chance.js'
import type { TrialLine } from '../../../core/schemas/trial-line.js'
import { faulted, faults, line, placebo, runOf, wrong } from '../lines.js'

const tasks = Array.from({ length: 20 }, (_, at) => `t${at + 1}`)
const seeds = [1, 2, 3]
const notRun: TrialLine['outcome'] = { kind: 'not-run', reason: 'ineligible' }

/** Trials of a fault that does nothing, in a system that is lucky on some tasks: every arm has the same chance. */
function nothingHappens(experiment: number): readonly TrialLine[] {
  const next = stream(experiment)
  return tasks.flatMap((task) => {
    const chance = taskChance(next, { mean: 0.8, alike: 1 / 11 })
    return seeds.flatMap((seed) => {
      const [solved, again, held] = [next() < chance, next() < chance, next() < chance]
      const unasked = { task, seed, outcome: notRun, verdict: null, injections: [] }
      if (!solved) {
        return [line({ task, seed, outcome: wrong }), placebo(unasked), faulted('held', unasked)]
      }
      return [
        line({ task, seed }),
        placebo({ task, seed, ...(again ? {} : { outcome: wrong, sameAsBaseline: false }) }),
        faulted(held ? 'held' : 'broke', { task, seed }),
      ]
    })
  })
}

const failures = (gate: string): number =>
  Array.from({ length: 200 }, (_, experiment) =>
    summarise({
      run: {
        ...runOf({ seeds, scenarios: [{ id: 'table-qa', tasks, tasksHash: 'h' }] }),
        gates: [gate],
      },
      lines: nothingHappens(experiment),
      ...{ faults, injectorOf: () => 'response' as const },
    }),
  ).filter(({ verdict }) => verdict === 'failed').length

// A system whose chances follow Beta(8, 2) holds in 9/11 of its second tries: it is its luck that robustness shows.
test.each(['placebo >= 0.7', 'relative >= 0.9', 'damage <= 0.1'])(
  'of 200 faults that do nothing none fails %s',
  (gate) => {
    expect(failures(gate)).toBe(0)
  },
)

test('robustness alone would blame a fault for the luck of a baseline', () => {
  expect(failures('robustness >= 0.95')).toBeGreaterThan(100)
})
