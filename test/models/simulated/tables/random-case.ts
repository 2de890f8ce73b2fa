import { draw } from '../../../../core/draw.js'
import type { LittleTable } from './little-tables.js'

/** A random table and a question about it with its one right answer. */
export type Case = Readonly<{ table: LittleTable; question: string; answer: string }>

/** A case for a number; every kind of question and both of its wordings take turns. */
export function randomCase(number: number): Case {
  const integer = (low: number, high: number, ...key: readonly (string | number)[]): number =>
    low + Math.floor(draw('case', number, ...key) * (high - low + 1))
  const size = integer(5, 12, 'size')
  const names = [
    'Ash',
    'Birch',
    'Cedar',
    'Elm',
    'Fir',
    'Hazel',
    'Larch',
    'Maple',
    'Oak',
    'Pine',
    'Rowan',
    'Yew',
  ]
  // Steps of more than the spread keep every number distinct, so that no rank is shared.
  const distinct = (column: string): readonly number[] => {
    const order = names
      .map((_, at) => at)
      .sort((a, b) => draw(column, number, a) - draw(column, number, b))
    return order.map((place) => place * 7 + integer(1, 6, column, place))
  }
  const [height, age] = [distinct('height'), distinct('age')]
  const rows = names
    .slice(0, size)
    .map((name, at) => [
      name,
      at < 2 || integer(0, 1, 'wood', at) === 0 ? 'hard' : 'soft',
      String(height[at]),
      String(age[at]),
    ])
  const table = { header: ['Tree', 'Wood', 'Height', 'Age'], rows }
  const at = integer(0, 1, 'column') + 2
  const column = `"${table.header[at]}"`
  const second = number % 2
  const by = (some: typeof rows) => some.toSorted((a, b) => Number(b[at]) - Number(a[at]))
  const nameOf = (some: typeof rows, place: number) => by(some)[place]?.[0] ?? ''
  const total = (some: typeof rows) => some.reduce((sum, cells) => sum + Number(cells[at]), 0)
  const [high, low] = [by(rows)[1] ?? [], by(rows)[3] ?? []]
  const bound = Number(by(rows)[2]?.[at])
  const hard = rows.filter(([, wood]) => wood === 'hard')
  const cases: readonly (readonly [string, string, string])[] = [
    [
      `Which "Tree" has the highest ${column}?`,
      `Name the "Tree" with the largest ${column}.`,
      nameOf(rows, 0),
    ],
    [
      `Which "Tree" has the lowest ${column}?`,
      `Name the "Tree" with the smallest ${column}.`,
      nameOf(rows, size - 1),
    ],
    [
      `Which "Tree" has the third lowest ${column}?`,
      `Name the "Tree" that comes third when ${column} is sorted from low to high.`,
      nameOf(rows, size - 3),
    ],
    [
      `How many rows have ${column} above ${bound}?`,
      `In how many rows is ${column} greater than ${bound}?`,
      '2',
    ],
    [
      `What is the total of ${column}?`,
      `Add up ${column} over all rows. What is the sum?`,
      String(total(rows)),
    ],
    [
      `By how much does the ${column} of "${high[0]}" exceed the ${column} of "${low[0]}"?`,
      `What is the ${column} of "${high[0]}" minus the ${column} of "${low[0]}"?`,
      String(total([high]) - total([low])),
    ],
    [
      `Which has the higher ${column}, "${low[0]}" or "${high[0]}"?`,
      `Is the ${column} of "${low[0]}" or of "${high[0]}" higher? Name it.`,
      high[0] ?? '',
    ],
    [
      `Among the rows where "Wood" is "hard", which "Tree" has the highest ${column}?`,
      `Of all rows with "Wood" equal to "hard", name the "Tree" with the largest ${column}.`,
      nameOf(hard, 0),
    ],
  ]
  const [first = '', other = '', answer = ''] = cases[Math.floor(number / 2) % cases.length] ?? []
  return { table, question: second ? other : first, answer }
}
