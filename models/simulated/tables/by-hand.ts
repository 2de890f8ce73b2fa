import type { Mind } from '../chance.js'
import type { Step } from './steps.js'
import { cell, found, holds, sorted, type Table, toNumber, totalOf, writeNumber } from './table.js'

/** What a step brought: rows, or one number as it was written. */
export type Outcome =
  | Readonly<{ kind: 'rows'; table: Table }>
  | Readonly<{ kind: 'number'; value: string }>

/** Carries out a step that needs data on rows that are in sight. */
export function computeStep({ op, slots }: Step, table: Table): Outcome {
  const { column = '', comparison = '', value = '', order = '' } = slots
  if (op === 'find') return { kind: 'rows', table: found(table, column, comparison, value) }
  if (op === 'sort') return { kind: 'rows', table: sorted(table, column, order) }
  if (op === 'total') return { kind: 'number', value: writeNumber(totalOf(table, column)) }
  const matching = table.rows.filter((row) =>
    holds(cell(table, row, column) ?? '', comparison, value),
  )
  return { kind: 'number', value: String(matching.length) }
}

/** The rows that an agent reads when it goes through a table by itself: now and then it overlooks one. */
export function attended({ header, rows }: Table, mind: Mind): Table {
  const probability = mind.profile.miss * (1 + 2 * mind.load)
  return {
    header,
    rows: rows.filter((_, at) => {
      if (!mind.happens('miss', `row ${at}`, probability)) return true
      mind.note('missed a row')
      return false
    }),
  }
}

/** The answer that a last step gives, from what the steps before it brought; null when it cannot be given. */
export function answerOf({ op, slots }: Step, outcomes: readonly Outcome[]): string | null {
  const newest = outcomes.at(-1)
  if (op === 'give-count' || op === 'give-total') {
    if (newest?.kind === 'number') return newest.value
    return newest && op === 'give-count' ? String(newest.table.rows.length) : null
  }
  if (op === 'pick') return pickCell(newest, slots['column'] ?? '', slots['row'] ?? '')
  if (op === 'minus') return subtract(slots, outcomes)
  return op === 'higher' ? higherOf(slots, outcomes) : null
}

function pickCell(outcome: Outcome | undefined, column: string, row: string): string | null {
  if (outcome?.kind !== 'rows') return null
  const cells = outcome.table.rows[(toNumber(row) ?? 0) - 1]
  return cells ? cell(outcome.table, cells, column) : null
}

function subtract(slots: Step['slots'], outcomes: readonly Outcome[]): string | null {
  const side = (step: string | undefined, column: string | undefined) => {
    const outcome = outcomes[(toNumber(step ?? '') ?? 0) - 1]
    return toNumber(pickCell(outcome, column ?? '', '1') ?? '')
  }
  const from = side(slots['left'], slots['column'])
  const off = side(slots['right'], slots['column2'] ?? slots['column'])
  return from === null || off === null ? null : writeNumber(from - off)
}

function higherOf(
  { column = '', key = '', which }: Step['slots'],
  outcomes: readonly Outcome[],
): string | null {
  const sides = outcomes.flatMap((outcome) => {
    const value = toNumber(pickCell(outcome, column, '1') ?? '')
    const name = pickCell(outcome, key, '1')
    return value === null || name === null ? [] : [{ value, name }]
  })
  if (sides.length < 2) return null
  const wins = (a: number, b: number) => (which === 'lower' ? a < b : a > b)
  return sides.reduce((best, side) => (wins(side.value, best.value) ? side : best)).name
}
