import type { Mind } from '../chance.js'
import { answerOf, attended, computeStep, type Outcome } from './by-hand.js'
import { type Brought, type Desk, type NextCall, type Pursuit, pursue } from './pursue.js'
import { rowsNeeded, rowsWish, wishFor } from './requests.js'
import { isLast, type Step, sentenceOf, withColumn } from './steps.js'
import type { Table } from './table.js'

/** How far the work has come: one more call, an answer, or a step that cannot be carried out. */
export type Work =
  | NextCall
  | Readonly<{ kind: 'done'; answer: string; steps: readonly Step[] }>
  | Readonly<{ kind: 'stuck'; number: number; steps: readonly Step[] }>

/** Where the data of a piece of work come from. */
type Source = Readonly<{ rows: Table | null; pursuit: Pursuit | null; rowCount: number | null }>

/**
 * Carries out steps with tools, or by hand when the rows are in sight.
 *
 * There is no memory between calls of a model, so each turn goes through the steps again and takes the results that
 * have come back so far; the first step that still lacks its result is the next call.
 */
export function carryOut(steps: readonly Step[], desk: Desk, mind: Mind): Work {
  const source = sourceOf(desk, mind)
  const end = steps.findIndex(isLast)
  const outcomes: Outcome[] = []
  let current = steps
  for (let at = 0; at < (end < 0 ? steps.length : end); at++) {
    const brought = gather(current, at, outcomes, source)
    if (brought.kind === 'call') return brought
    if (brought.kind === 'stuck') return { kind: 'stuck', number: at + 1, steps: current }
    if (brought.renamed) current = withColumn(current, ...brought.renamed)
    outcomes.push(brought.outcome)
  }
  return finish(current, end, outcomes, source)
}

/** The last step: it needs no tool, unless there is nothing before it that it could read. */
function finish(
  steps: readonly Step[],
  end: number,
  outcomes: readonly Outcome[],
  source: Source,
): Work {
  const step = steps[end]
  if (!step) return { kind: 'stuck', number: steps.length + 1, steps }
  const first = outcomes.length > 0 ? null : startingRows(steps, end, source)
  if (first?.kind === 'call') return first
  const all = first?.kind === 'done' ? [first.outcome] : outcomes
  const answer = answerOf(step, all)
  if (answer === null) return { kind: 'stuck', number: end + 1, steps }
  return { kind: 'done', answer, steps }
}

function sourceOf(desk: Desk, mind: Mind): Source {
  const { rowCount } = desk
  if (desk.tools.length > 0) return { rows: null, pursuit: pursue(desk, mind), rowCount }
  return { rows: desk.table && attended(desk.table, mind), pursuit: null, rowCount }
}

/** Gets what a step needs: from rows in sight, which a sort after another step always has, or from a tool. */
function gather(
  steps: readonly Step[],
  at: number,
  outcomes: readonly Outcome[],
  { rows, pursuit, rowCount }: Source,
): Brought {
  const step = steps[at]
  if (!step) return { kind: 'stuck' }
  const before = step.op === 'sort' ? outcomes.at(-1) : undefined
  const local = before?.kind === 'rows' ? before.table : rows
  if (local) return { kind: 'done', outcome: computeStep(step, local) }
  return pursuit?.(step, wishFor(step, rowsNeeded(steps, at, rowCount)), at) ?? { kind: 'stuck' }
}

/** A plan that picks a row without looking for one takes the rows as they stand. */
function startingRows(
  steps: readonly Step[],
  at: number,
  { rows, pursuit, rowCount }: Source,
): Brought | null {
  if (steps[at]?.op !== 'pick') return null
  if (rows) return { kind: 'done', outcome: { kind: 'rows', table: rows } }
  const wish = rowsWish(1, rowsNeeded(steps, at, rowCount))
  return pursuit?.({ op: 'sort', slots: {} }, wish, at) ?? null
}

/** What to say of a step that cannot be carried out. */
export const stuckAt = ({ number, steps }: Extract<Work, { kind: 'stuck' }>): string => {
  const step = steps[number - 1]
  return step ? `Step ${number} brings nothing: ${sentenceOf(step)}` : 'There are no steps.'
}
