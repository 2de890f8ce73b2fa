import type { Look } from './schemas/summary.js'
import type { TrialLine } from './schemas/trial-line.js'
import type { StopPlace } from './stop-order.js'

/** What a stop rule came to, and after how many counted trials. */
export type StopDecision = Readonly<{ verdict: 'passed' | 'failed'; after: number }>

/** What a rule with looks makes of the outcomes so far, held or not, in stop order; null: go on. */
export type Decide = (looks: readonly Look[], outcomes: readonly boolean[]) => StopDecision | null

/**
 * When a run may end early. A question is one gate asked of one system: it is asked by the faulted trials that it
 * covers, and a trial that no open question needs is not begun. A trial of no question is always begun.
 */
export type Stopping = Readonly<{
  /** The questions that a faulted trial is asked for; its fault is named without parameters. */
  questionsOf: (trial: Pick<StopPlace, 'system' | 'scenario' | 'fault'>) => readonly string[]
  /** The looks of each question; one without looks is never decided, so that its trials are all begun. */
  looks: ReadonlyMap<string, readonly Look[]>
  /** Null: does not count (dormant, void, ineligible), so that the next planned trial takes its place. */
  countsAs: (line: TrialLine) => 'held' | 'broke' | null
  decide: Decide
}>
