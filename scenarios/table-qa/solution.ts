import { digits } from './numbers.js'
import type { Question } from './questions.js'
import { cellsOf, numbersOf, type Table } from './tables.js'

type Entry = Readonly<{ key: string; number: number }>

/** The answer of a question, worked out on the original table; null when the table decides it not at all or not alone. */
export function solve(question: Question, table: Table): string | null {
  switch (question.type) {
    case 'count':
      return partOf(numbersOf(table, question.number), question.above)
    case 'total':
      return digits(numbersOf(table, question.number).reduce((sum, number) => sum + number, 0))
    case 'difference': {
      const [first, second] = pair(question, table)
      return first && second && first.number > second.number
        ? digits(first.number - second.number)
        : null
    }
    case 'compare':
      return ranked(
        pair(question, table).flatMap((entry) => entry ?? []),
        1,
        'high',
      )
    case 'most':
      return ranked(entries(question, table), 1, question.direction)
    case 'nth':
      return ranked(entries(question, table), question.rank, question.direction)
    case 'filter': {
      const categories = cellsOf(table, question.category)
      const kept = entries(question, table).filter((_, at) => categories[at] === question.value)
      return ranked(kept, 1, 'high')
    }
    default:
      return question satisfies never
  }
}

function entries({ key, number }: { key: string; number: string }, table: Table): readonly Entry[] {
  const numbers = numbersOf(table, number)
  return cellsOf(table, key).map((cell, at) => ({ key: cell, number: numbers[at] ?? Number.NaN }))
}

function pair(
  question: Extract<Question, { first: string }>,
  table: Table,
): readonly [Entry | undefined, Entry | undefined] {
  const all = entries(question, table)
  const find = (cell: string) => all.find(({ key }) => key === cell)
  return [find(question.first), find(question.second)]
}

// None and all are answers that a wrong reading reaches too easily.
function partOf(numbers: readonly number[], above: number): string | null {
  const count = numbers.filter((number) => number > above).length
  return count > 0 && count < numbers.length ? digits(count) : null
}

// A rank is decided when nobody shares its number; one entry alone is no contest.
function ranked(all: readonly Entry[], rank: number, from: 'high' | 'low'): string | null {
  const sign = from === 'high' ? -1 : 1
  const sorted = [...all].sort((a, b) => sign * (a.number - b.number))
  const found = sorted[rank - 1]
  if (!found || all.length < 2) return null
  return all.filter(({ number }) => number === found.number).length === 1 ? found.key : null
}
