import { groupBy } from '../core/lists.js'
import { isRight } from '../core/schemas/outcome.js'
import type { Cell } from '../core/schemas/summary.js'
import type { TrialLine } from '../core/schemas/trial-line.js'
import { behavioursOf } from './cell-behaviours.js'
import { everyTime } from './every-time.js'
import { onTasksLikeThese, scoreOf } from './interval.js'
import { type Counts, jackknife } from './jackknife.js'
import { damage, relative } from './score.js'
import { sum } from './sums.js'
import { hasResult, type Standing, standing, twinKey } from './trials.js'
import { type Verifications, verifiedOf } from './verified.js'

/** What a cell is summarised from. */
type CellTrials = Readonly<{
  system: string
  scenario: string
  fault: string
  /** Trials of the fault. */
  trials: readonly TrialLine[]
  /** Trials of the fault's injector with the payload left unchanged. */
  placebo: readonly TrialLine[]
  /** Tasks and seeds that the system solves unharmed. */
  eligible: ReadonlySet<string>
  /** Ids of the behaviours that are known of the fault, in the order in which its rules are asked. */
  ruleOrder: readonly string[]
  /** False when so much of the run is void that no score may be drawn from any cell. */
  runMeasured: boolean
  verifications: Verifications
}>

/** A cell with the trials that its scores are made of, and their counts by task. */
export type CountedCell = Readonly<{
  cell: Cell
  /** Trials of the fault, and placebo trials, of tasks and seeds that the system solves unharmed. */
  arms: Arms
  tasks: ReadonlyMap<string, Counts>
}>

type Arms = Readonly<{ faulted: readonly TrialLine[]; placebo: readonly TrialLine[] }>

/** What the trials of one cell say. */
export function summariseCell(facts: CellTrials): CountedCell {
  const { system, scenario, fault, trials, eligible } = facts
  const by = groupBy(trials, (line) => standing(line, eligible))
  const number = (which: Standing) => by.get(which)?.length ?? 0
  const apart = number('counted') === 0 && number('notRecoverable') > 0
  const scored = by.get(apart ? 'notRecoverable' : 'counted') ?? []
  const arms = { faulted: scored, placebo: facts.placebo.filter(isTwin(eligible)) }
  const tasks = countsByTask(arms)
  const all = [...tasks.values()]
  const add = (at: number) => sum(all.map((counts) => counts[at] ?? 0))
  const [n, held] = [scored.length, add(0)]
  // Texts that were easy to write may be easy to survive, so what was not written is not left out for nothing.
  const lost = number('notReached') + number('notWritten') + number('void')
  const coverage = n + lost === 0 ? null : n / (n + lost)
  const cell: Cell = {
    system,
    scenario,
    fault,
    tasks: tasks.size,
    n,
    held,
    broke: n - held,
    dormant: sum((['noSite', 'notReached', 'notWritten', 'noEffect'] as const).map(number)),
    void: number('void'),
    applicable: isApplicable(trials, eligible),
    recoverable: !apart,
    coverage,
    measured: facts.runMeasured && coverage !== null && coverage >= 0.9,
    robustness: scoreOf(held, n),
    robustnessOnTasksLikeThese: onTasksLikeThese(
      all.map(([taskHeld = 0, taskN = 0]) => ({ held: taskHeld, n: taskN })),
    ),
    placebo: scoreOf(add(2), add(3)),
    damage: jackknife(all, damage),
    relative: jackknife(all, relative),
    everyTime: everyTime(all.map((counts) => [counts])),
    decidedEarly: false,
    ...behavioursOf(scored, facts.ruleOrder),
    verified: verifiedOf(scored, facts.verifications),
    leftOut: {
      ineligible: number('ineligible'),
      noSite: number('noSite'),
      notReached: number('notReached'),
      notWritten: number('notWritten'),
      noEffect: number('noEffect'),
      notRecoverable: apart ? 0 : number('notRecoverable'),
    },
  }
  return { cell, arms, tasks }
}

/** Without an eligible task nobody knows whether there are sites, so the cell is not called inapplicable. */
function isApplicable(trials: readonly TrialLine[], eligible: ReadonlySet<string>): boolean {
  const asked = trials.filter((line) => eligible.has(twinKey(line)))
  const hasNoSite = ({ outcome }: TrialLine) =>
    outcome.kind === 'not-run' && outcome.reason === 'no-site'
  return asked.length === 0 || !asked.every(hasNoSite)
}

const isTwin = (eligible: ReadonlySet<string>) => (line: TrialLine) =>
  hasResult(line) && eligible.has(twinKey(line))

/**
 * Held and n of each task under the fault and under the placebo. Placebo trials of other tasks are left out: both arms
 * are about the same tasks, or their difference is not.
 */
export function countsByTask({ faulted, placebo }: Arms): ReadonlyMap<string, Counts> {
  const placeboBy = groupBy(placebo, ({ task }) => task)
  const countsOf = ([task, lines]: readonly [string, readonly TrialLine[]]) => {
    const again = placeboBy.get(task) ?? []
    const right = again.filter(({ outcome }) => isRight(outcome)).length
    const held = lines.filter(({ verdict }) => verdict === 'held').length
    return [task, [held, lines.length, right, again.length]] as const
  }
  return new Map([...groupBy(faulted, ({ task }) => task)].map(countsOf))
}
