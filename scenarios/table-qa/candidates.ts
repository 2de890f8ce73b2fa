import { groupBy } from '../../core/lists.js'
import { holdsAnswer } from './answers.js'
import type { Question, QuestionType } from './questions.js'
import { solve } from './solution.js'
import { cellsOf, isQuotable, numbersOf, type Table } from './tables.js'
import { taskText } from './text.js'

/** All questions of one type that a table admits: decided, and not answered by their own wording. */
export function candidates(table: Table, type: QuestionType): readonly Question[] {
  return proposals(table, type).filter((question) => isFair(question, table))
}

/** Whether a table admits a question of a type; stops at the first, since to find all of them takes long. */
export function admits(table: Table, type: QuestionType): boolean {
  return proposals(table, type).some((question) => isFair(question, table))
}

function isFair(question: Question, table: Table): boolean {
  const answer = solve(question, table)
  if (answer === null || (question.type === 'filter' && answer === unfiltered(question, table))) {
    return false
  }
  // Comparing two cells names the answer by nature; there the other cell is the wrong one.
  return (
    question.type === 'compare' ||
    [0, 1].every((form) => !holdsAnswer(taskText(question, table, form), answer))
  )
}

// A condition that changes nothing asks for nothing.
function unfiltered({ number, key }: Question & { type: 'filter' }, table: Table): string | null {
  return solve({ type: 'most', table: table.name, key, number, direction: 'high' }, table)
}

function proposals(table: Table, type: QuestionType): readonly Question[] {
  return ordered(table).flatMap((number): readonly Question[] => {
    const base = { table: table.name, number }
    const keyed = { ...base, key: table.key }
    switch (type) {
      case 'most':
        return directions.map((direction) => ({ ...keyed, type, direction }))
      case 'nth':
        return directions.flatMap((direction) =>
          ([2, 3] as const).map((rank) => ({ ...keyed, type, direction, rank })),
        )
      case 'count':
        return [...new Set(numbersOf(table, number))].map((above) => ({ ...base, type, above }))
      case 'total':
        return [{ ...base, type }]
      case 'difference':
      case 'compare':
        return pairs(table).map(([first, second]) => ({ ...keyed, type, first, second }))
      case 'filter':
        return categories(table).map((picked) => ({ ...keyed, type, ...picked }))
      default:
        return type satisfies never
    }
  })
}

const directions = ['high', 'low'] as const

// Columns of numbers with an order worth asking about.
function ordered(table: Table): readonly string[] {
  return table.columns
    .filter(({ name, kind }) => kind === 'number' && new Set(numbersOf(table, name)).size >= 3)
    .map(({ name }) => name)
}

// A cell is named without its column, so it has to be the only one of its text.
function pairs(table: Table): readonly (readonly [string, string])[] {
  const all = groupBy(table.rows.flat(), (cell) => cell)
  const alone = cellsOf(table, table.key).filter((cell) => all.get(cell)?.length === 1)
  return alone.flatMap((first) =>
    alone.flatMap((second) => (first === second ? [] : [[first, second] as const])),
  )
}

function categories(table: Table): readonly Readonly<{ category: string; value: string }>[] {
  return table.columns.flatMap(({ name, kind }) => {
    const cells = cellsOf(table, name)
    const values = [...new Set(cells)]
    const isCategory =
      kind === 'text' &&
      name !== table.key &&
      values.length >= 2 &&
      values.length <= cells.length / 2
    return isCategory
      ? values
          .filter((value) => value !== '' && isQuotable(value))
          .map((value) => ({ category: name, value }))
      : []
  })
}
