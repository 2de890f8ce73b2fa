import type { Look } from './schemas/summary.js'
import type { TrialLine } from './schemas/trial-line.js'
import type { StopPlace } from './stop-order.js'

/**
 * What a finished trial is to the questions that it is asked for: an answer, or none. It is left out when it was dormant,
 * its task is not solved unharmed or only luck could save it; it is lost when it is void or its fault never arrived.
 */
export type TrialResult = 'held' | 'broke' | 'left out' | 'lost'

/** What a stop rule came to, and after how many counted trials. */
type StopDecision = Readonly<{ verdict: 'passed' | 'failed'; after: number }>

/** How a question ended: clear after so many counted trials, or given up after so many of which none counted. */
export type StopEnd = StopDecision | Readonly<{ verdict: 'given up'; after: number }>

/** A question of which no trial counts so far: how many were left out, and how many are to come. */
export type Unanswered = Readonly<{ leftOut: number; left: number }>

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
  /** What does not count is no part of a look: the next planned trial takes its place. */
  resultOf: (line: TrialLine) => TrialResult
  decide: Decide
  /** Whether a question is given up, since what is to come will hardly answer it; never when some trial counts. */
  isHopeless: (looks: readonly Look[], so: Unanswered) => boolean
}>
