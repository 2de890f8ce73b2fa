import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { draw } from '../../../core/draw.js'
import { textOf, toolCallsOf } from '../../../core/messages.js'
import type { Model } from '../../../core/model.js'
import type { Job } from '../../../core/system.js'

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

/** What each job means, in the words that systems put into system messages. */
export const briefings: Readonly<Partial<Record<Job, string>>> = {
  plan: 'Your job is to plan: write the steps that answer the question as one ```ops block.',
  produce:
    'Your job is to produce the answer. Use the tools to carry out the steps. Reply with exactly one ```answer block that holds the answer alone.',
  review:
    'Your job is to review the answer: work it out yourself from the table, then write APPROVE or REJECT with your evidence.',
  revise:
    'Your job is to revise the answer so that it meets the critique. Use the tools. Reply with exactly one ```answer block that holds the answer alone.',
  decide:
    'Your job is to decide which answer is right. Reply with exactly one ```answer block that holds the answer alone.',
  route: 'Your job is to route the work: name the kind of error (row, column or final step).',
}

export const namesStep = 'Name the first wrong step as a line: Conclusion: step N.'
export const mayAsk =
  'If something is missing, you may write a line that starts with QUESTION: and the analyst will answer.'

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

export const person = (text: string) => new HumanMessage(text)
export const relayed = (from: string, text: string) => new HumanMessage(`From: ${from}\n${text}`)

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

/** An agent of the little team: who it is, what it is told, and whether it has tools. */
export type Agent = Readonly<{ id: string; job: Job; channel?: string; tools?: readonly unknown[] }>

/** How a trial of the little team goes. `alter` may change what a tool says. */
export type Trial = Readonly<{
  model: Model
  seed: number
  table: LittleTable
  alter?: (result: string, turn: number) => string
}>

/** Lets one agent work until it says something; returns all its messages, the last one with its text. */
export async function work(
  { model, seed, table, alter = (result) => result }: Trial,
  { id, job, channel = '', tools }: Agent,
  inbox: readonly BaseMessage[],
): Promise<readonly AIMessage[]> {
  let call = 0
  const chat = model.create({ seed, caller: () => ({ agent: id, call: `${id}#${call++}` }) })
  const bound = tools ? chat.bindTools?.([...tools] as never) : chat
  const system = `You are the ${id}. ${briefings[job]} ${channel}`.trim()
  const turns: BaseMessage[] = []
  const said: AIMessage[] = []
  while (said.length < 20) {
    const reply = (await bound?.invoke([
      { role: 'system', content: system },
      ...inbox,
      ...turns,
    ])) as AIMessage
    said.push(reply)
    turns.push(reply)
    const calls = toolCallsOf(reply)
    if (calls.length === 0) return said
    for (const { id: toolCallId = '', name, args } of calls) {
      const content = alter(runTool(table, name, args), said.length)
      turns.push(new ToolMessage({ content, tool_call_id: toolCallId }))
    }
  }
  return said
}

/** The last text of an agent's work. */
export const wordsOf = (said: readonly AIMessage[]): string =>
  textOf(said.at(-1) ?? new AIMessage(''))

/** The content of the last answer block; null when there is none. */
export const answerIn = (text: string): string | null =>
  [...text.matchAll(/^```answer\n([\s\S]*?)\n```$/gm)].at(-1)?.[1] ?? null

/** What the model reported about one message. */
export function notesOf(message: AIMessage | undefined): {
  events: string[]
  unread: string[]
  unsupported?: string
} {
  const { simulated } = (message?.response_metadata ?? {}) as { simulated?: never }
  return simulated ?? { events: [], unread: [] }
}

/** Analyst, engineer with tools, reviewer; the pool lets everybody read everything. */
export async function team(trial: Trial, text: string): Promise<string | null> {
  const analyst = wordsOf(await work(trial, { id: 'analyst', job: 'plan' }, [person(text)]))
  const pool = [person(text), relayed('analyst', analyst)]
  const engineer = wordsOf(
    await work(trial, { id: 'engineer', job: 'produce', tools: offered }, pool),
  )
  const all = [...pool, relayed('engineer', engineer)]
  return answerIn(wordsOf(await work(trial, { id: 'reviewer', job: 'decide' }, all)))
}

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
