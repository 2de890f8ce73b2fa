import type { Mind } from '../chance.js'
import type { OfferedTool } from '../offered-tools.js'
import type { PastCall } from '../own-turns.js'
import { chooseCall, isCall, type WantedCall, type Wish } from '../tool-choice.js'
import type { Outcome } from './by-hand.js'
import { columnsWish, contradicts } from './requests.js'
import type { Step } from './steps.js'
import { type Column, nearest, type Table, totalOf, writeNumber } from './table.js'
import { readToolResult, type ToolResult } from './tool-results.js'

/** What an agent works with. */
export type Desk = Readonly<{
  tools: readonly OfferedTool[]
  past: readonly PastCall[]
  columns: readonly Column[]
  rowCount: number | null
  /** Rows that stand in the window. */
  table: Table | null
}>

/** A call that has to be made before anything else. */
export type NextCall = Readonly<{ kind: 'call'; call: WantedCall }>

/** What has been brought for one step so far. `renamed`: the column that had to be another one. */
export type Brought =
  | Readonly<{ kind: 'done'; outcome: Outcome; renamed?: readonly [string, string] }>
  | NextCall
  | Readonly<{ kind: 'stuck' }>

/** Goes through the calls of an activation in their order, step by step. */
export type Pursuit = (step: Step, wish: Wish, at: number) => Brought

// Room for a column or two that turns out to be the wrong one, and an end for tools that refuse for ever.
const attempts = 6

/** Where a pursuit is in the calls of the activation, and what it has learnt on the way. */
type Course = {
  readonly desk: Desk
  readonly mind: Mind
  next: number
  columns: readonly Column[]
  rechecked: boolean
}

/** What is tried for a step just now. */
type Aim = Readonly<{ step: Step; wish: Wish; tried: readonly string[]; at: number }>

/** A call that was made, the one that was meant, and what came back. */
type Exchange = Readonly<{ made: PastCall; meant: WantedCall; result: ToolResult }>

/** Starts at the first call of the activation. */
export function pursue(desk: Desk, mind: Mind): Pursuit {
  const course: Course = { desk, mind, next: 0, columns: desk.columns, rechecked: false }
  return (step, wish, at) => {
    let aim: Aim = { step, wish, tried: [columnOf(step)], at }
    for (let attempt = 0; attempt < attempts; attempt++) {
      const brought = attemptAt(aim, attempt, course)
      if (brought.kind === 'done') return renamedFrom(step, aim.step, brought)
      if (brought.kind !== 'again') return brought
      aim = brought.aim
    }
    return { kind: 'stuck' }
  }
}

type Again = Readonly<{ kind: 'again'; aim: Aim }>

function attemptAt(aim: Aim, attempt: number, course: Course): Brought | Again {
  const exchange = exchangeFor(aim.wish, course)
  if (exchange.kind !== 'made') return exchange
  // No other call can bring anything either.
  if (exchange.result.kind === 'limit') return { kind: 'stuck' }
  const outcome = outcomeOf(aim.step, exchange.result)
  if (!outcome) return repair(aim, exchange, attempt, course)
  if (isDoubtful(aim, exchange, course)) return { kind: 'again', aim }
  return { kind: 'done', outcome }
}

function renamedFrom(
  asked: Step,
  done: Step,
  brought: Extract<Brought, { kind: 'done' }>,
): Brought {
  const [from, to] = [columnOf(asked), columnOf(done)]
  return from === to ? brought : { ...brought, renamed: [from, to] }
}

const columnOf = ({ slots }: Step) => slots['column'] ?? ''

/** The next call in the history, taken as the answer to a wish; the call to make when the history ends here. */
function exchangeFor(
  wish: Wish,
  course: Course,
): (Exchange & { kind: 'made' }) | NextCall | Readonly<{ kind: 'stuck' }> {
  const meant = chooseCall(wish, course.desk.tools)
  if (!meant) return { kind: 'stuck' }
  const made = course.desk.past[course.next++]
  if (!made) return { kind: 'call', call: meant }
  return { kind: 'made', made, meant, result: readToolResult(made.result) }
}

/** Whether a result is to be asked for again; at most once in an activation. */
function isDoubtful({ step, at }: Aim, { made, meant, result }: Exchange, course: Course): boolean {
  if (course.rechecked) return false
  const { desk, mind } = course
  const ordinal = `result ${at + 1}`
  const { notice, verify } = mind.profile
  const other = !isCall(made.call, meant) && mind.happens('notice', ordinal, notice)
  const asked = Object.values(meant.args).find((value) => typeof value === 'number') ?? 0
  const expected = desk.rowCount === null ? 0 : Math.min(asked, desk.rowCount)
  const odd = contradicts(step, result, expected) && mind.happens('verify', ordinal, verify)
  if (!other && !odd) return false
  course.rechecked = true
  mind.note(`${other ? 'noticed another call than meant' : 'checked again'}: step ${at + 1}`)
  return true
}

/** What to try after a refusal: with luck something better, else the same once more. */
function repair(
  aim: Aim,
  { made, meant, result }: Exchange,
  attempt: number,
  course: Course,
): NextCall | Again {
  const { mind } = course
  const number = aim.at + 1
  if (!mind.happens('toolRepair', `${number}.${attempt}`, mind.profile.toolRepair)) {
    mind.note(`repeated a refused call: step ${number}`)
    return { kind: 'again', aim }
  }
  mind.note(`repaired a refused call: step ${number}`)
  // A refusal of another call than the one that was meant says nothing about the one that was meant.
  if (!isCall(made.call, meant)) return { kind: 'again', aim }
  const first = askForColumns(aim, result, course)
  if (first) return first
  const unnamed = columnOf(aim.step) === ''
  const column = unnamed ? guessColumn(aim, course) : otherColumn(aim, result, course.columns)
  if (column === null) return { kind: 'again', aim }
  const values = aim.wish.values.map((given) =>
    given.part === 'column' ? { ...given, value: column } : given,
  )
  const step: Step = { op: aim.step.op, slots: { ...aim.step.slots, column } }
  const wish = { sentence: aim.wish.sentence, values }
  return { kind: 'again', aim: { step, wish, tried: [...aim.tried, column], at: aim.at } }
}

/** Learns the columns when the refusal does not list them and nobody has; the call to make if that is still to come. */
function askForColumns({ step }: Aim, { kind }: ToolResult, course: Course): NextCall | null {
  const listed = kind === 'unknown-column' && columnOf(step) !== ''
  if (course.columns.length > 0 || listed) return null
  const exchange = exchangeFor(columnsWish, course)
  if (exchange.kind === 'call') return exchange
  if (exchange.kind === 'made' && exchange.result.kind === 'columns') {
    course.columns = exchange.result.columns
  }
  return null
}

/** The columns that may be of a type, those tried already left out. */
function untried({ tried }: Aim, type: 'text' | 'number', columns: readonly Column[]) {
  const fitting = columns.filter((column) => column.type === type || column.type === null)
  return fitting.map(({ name }) => name).filter((name) => !tried.includes(name))
}

function otherColumn(aim: Aim, result: ToolResult, columns: readonly Column[]): string | null {
  const { step, tried } = aim
  if (result.kind === 'unknown-column') {
    const known = result.columns.filter((name) => !tried.includes(name))
    return nearest(columnOf(step), known)
  }
  if (result.kind === 'not-numbers') return nearest(columnOf(step), untried(aim, 'number', columns))
  const isSearch = step.op === 'find' && result.kind === 'no-rows'
  return isSearch ? (untried(aim, 'text', columns)[0] ?? null) : null
}

/** A column for a step that names none. By draw: the one that is spelt most like nothing would be the shortest. */
function guessColumn(aim: Aim, { columns, mind }: Course): string | null {
  const names = untried(aim, aim.step.op === 'find' ? 'text' : 'number', columns)
  mind.note(`guess: ${aim.at + 1}.column`)
  return names[Math.floor(mind.chance('guess', `${aim.at + 1}.column`) * names.length)] ?? null
}

/** What a result means for a step; null when it brings nothing. */
function outcomeOf({ op, slots }: Step, result: ToolResult): Outcome | null {
  if (op === 'find' || op === 'sort') {
    return result.kind === 'rows' ? { kind: 'rows', table: result.table } : null
  }
  if (result.kind === 'count' || result.kind === 'total') {
    return { kind: 'number', value: result.value }
  }
  if (op === 'count' && result.kind === 'no-rows') return { kind: 'number', value: '0' }
  if (result.kind !== 'rows') return null
  // Another tool than meant may have run; what it shows can still be counted or added up.
  const { table } = result
  const value = op === 'count' ? table.rows.length : totalOf(table, slots['column'] ?? '')
  return { kind: 'number', value: writeNumber(value) }
}
