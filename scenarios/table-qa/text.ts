import { type Question, sentences } from './questions.js'
import { type Grid, line, type Table } from './tables.js'

/** The sentence that says in which form an answer is read. */
export const replyFormat = 'Reply with exactly one ```answer block that holds the answer alone.'

/** How a table looks: the number of its rows. */
export const rowsSentence = ({ rows }: Grid): string => `The table has ${rows.length} rows.`

/** How a table looks: the names and kinds of its columns. */
export const columnsSentence = ({ columns }: Grid): string =>
  `The columns are ${columns.map(({ name, kind }) => `"${name}" (${kind})`).join(', ')}.`

/** Where a system finds the rows: through its tools, or in the text of the task as well. */
export type TablePlace = 'tool' | 'task'

/** What a system is asked. `form` says in which of its two ways the question is put. */
export function taskText(
  question: Question,
  table: Table,
  form: number,
  tableIn: TablePlace = 'tool',
): string {
  const rows =
    tableIn === 'task'
      ? ['', '## Rows', line(table.columns.map(({ name }) => name)), ...table.rows.map(line)]
      : []
  return [
    'Answer a question about a table.',
    '',
    '## Question',
    sentences(question)[form] ?? '',
    '',
    '## Table',
    `- ${rowsSentence(table)}`,
    `- ${columnsSentence(table)}`,
    ...rows,
    '',
    replyFormat,
  ].join('\n')
}
