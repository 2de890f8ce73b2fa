/** A small table: the first column tells the rows apart, the second groups them, the others are numbers. */
export type LittleTable = Readonly<{
  header: readonly string[]
  rows: readonly (readonly string[])[]
}>

export const nations: LittleTable = {
  header: ['Nation', 'Region', 'Gold', 'Silver'],
  rows: [
    ['Italy', 'South', '12', '7'],
    ['Norway', 'North', '46', '3'],
    ['Spain', 'South', '31', '20'],
    ['Sweden', 'North', '5', '11'],
    ['Malta', 'South', '2', '30'],
  ],
}

/** The text of a task about a table. */
export function taskText({ header, rows }: LittleTable, ...questions: readonly string[]): string {
  const columns = header.map((name, at) => `"${name}" (${at < 2 ? 'text' : 'number'})`)
  return `Answer a question about a table.

## Question
${questions.join('\n')}

## Table
- The table has ${rows.length} rows.
- The columns are ${columns.join(', ')}.

Reply with exactly one \`\`\`answer block that holds the answer alone.`
}

const condition = {
  column: { type: 'string', description: 'name of a column' },
  comparison: {
    type: 'string',
    enum: ['is', 'is not', 'above', 'below', 'at least', 'at most'],
    description: 'how the cells compare with the value',
  },
  value: { type: 'string', description: 'what to compare with' },
}

const offer = (name: string, description: string, properties: Record<string, unknown>) => ({
  type: 'function' as const,
  function: {
    name,
    description,
    parameters: { type: 'object', properties, required: Object.keys(properties) },
  },
})

const row = { type: 'integer', minimum: 1 }

/** Tools as a system offers them. */
export const offered = [
  offer('list_columns', 'List the columns of the table.', {}),
  offer('read_rows', 'Read the rows from one number to another.', { from: row, to: row }),
  offer('find_rows', 'Find the rows where a column compares as given.', condition),
  offer('sort_rows', 'Sort the rows by a column and show the first of them.', {
    column: condition.column,
    order: { type: 'string', enum: ['high to low', 'low to high'] },
    limit: { type: 'integer', minimum: 1, maximum: 30, description: 'how many rows to show' },
  }),
  offer('count_rows', 'Count the rows where a column compares as given.', condition),
  offer('total', 'Compute the total of a column.', { column: condition.column }),
]

type Args = Readonly<Record<string, unknown>>

/** Runs a tool on a table: the testbed's side of the agreement, in as few lines as it takes. */
export function runTool(table: LittleTable, name: string, args: Args): string {
  const { header, rows } = table
  const shown = (some: LittleTable['rows']) =>
    [header, ...some].map((cells) => cells.join(' | ')).join('\n')
  const at = header.indexOf(String(args['column']))
  const value = (cells: readonly string[]) => Number(cells[at])
  if (name === 'list_columns') {
    const names = header.map((column, place) => `"${column}" (${place < 2 ? 'text' : 'number'})`)
    return `Columns: ${names.join(', ')}. ${rows.length} rows.`
  }
  if (name === 'read_rows') return shown(rows.slice(Number(args['from']) - 1, Number(args['to'])))
  if (at < 0) {
    return `There is no column "${args['column']}". Columns: ${header.map((column) => `"${column}"`).join(', ')}.`
  }
  if (name === 'total')
    return `The total of "${args['column']}" is ${rows.reduce((sum, cells) => sum + value(cells), 0)}.`
  if (name === 'sort_rows') {
    const sign = args['order'] === 'high to low' ? -1 : 1
    return shown(
      rows.toSorted((a, b) => sign * (value(a) - value(b))).slice(0, Number(args['limit'])),
    )
  }
  const wanted = String(args['value'])
  const holds: Readonly<Record<string, (cells: readonly string[]) => boolean>> = {
    is: (cells) => cells[at] === wanted,
    'is not': (cells) => cells[at] !== wanted,
    above: (cells) => value(cells) > Number(wanted),
    below: (cells) => value(cells) < Number(wanted),
    'at least': (cells) => value(cells) >= Number(wanted),
    'at most': (cells) => value(cells) <= Number(wanted),
  }
  const matching = rows.filter(holds[String(args['comparison'])] ?? (() => false))
  if (name === 'count_rows') return `${matching.length} rows match.`
  return matching.length > 0 ? shown(matching) : 'No rows match.'
}
