import { draw, type Key, rng } from '../../core/draw.js'
import { FiredrillError } from '../../core/errors.js'
import type { Task } from '../../core/scenario.js'
import { parseJson } from '../../core/text/json.js'
import { admits, candidates } from './candidates.js'
import {
  type Question,
  type QuestionType,
  questionSchema,
  questionTypes,
  sentences,
} from './questions.js'
import { type Table, tables } from './tables.js'
import { columnsSentence, replyFormat, rowsSentence, type TablePlace, taskText } from './text.js'

/** What tasks are made from: how many, by which draws, and whether the rows stand in the text too. */
export type TaskOptions = Readonly<{ count: number; seed: number; tableIn?: TablePlace }>

/** The first `count` tasks: the types take turns, and each type goes through all tables that admit it. */
export function tasks({ count, seed, tableIn = 'tool' }: TaskOptions): readonly Task[] {
  const orders = new Map(
    questionTypes.map((type) => [
      type,
      rng(seed, 'table-qa', type, 'tables').shuffle(admitting(type)),
    ]),
  )
  return Array.from({ length: count }, (_, index) => {
    const type = questionTypes[index % questionTypes.length] ?? 'most'
    const order = orders.get(type) ?? []
    const turn = Math.floor(index / questionTypes.length) % order.length
    return task({ number: index + 1, seed, tableIn }, type, order[turn])
  })
}

/**
 * The question of a task.
 *
 * It is kept as the normal form of the task's first fact. A task that was written down and read again, in another
 * process too, is marked alike, which a table in memory could not promise; and the mark does not hang on reading
 * English back. Normal forms never reach a system or a model, and the question as data does not hold the answer.
 */
export function questionOf({ id, facts }: Task): Question {
  const parsed = questionSchema.safeParse(parseJson(facts[0]?.normal ?? ''))
  if (parsed.success) return parsed.data
  throw new FiredrillError('bad-tasks', `Task "${id}" is not a task of table-qa.`, {
    hint: 'Use the tasks that the scenario itself makes.',
  })
}

// What a table admits hangs on the data alone, so it is worked out once: which tables for each type that is asked for, and
// their questions only for the tables that come up.
const admitting = once((type: QuestionType) => tables().filter((table) => admits(table, type)))
const questionsOf = once((table: Table) => once((type: QuestionType) => candidates(table, type)))

function once<Of, Found>(find: (of: Of) => Found): (of: Of) => Found {
  const known = new Map<Of, Found>()
  return (of) => {
    const found = known.get(of) ?? find(of)
    known.set(of, found)
    return found
  }
}

function task(
  { number, seed, tableIn }: Readonly<{ number: number; seed: number; tableIn: TablePlace }>,
  type: QuestionType,
  table: Table | undefined,
): Task {
  const pick = (purpose: Key, size: number) =>
    Math.floor(draw(seed, 'table-qa', number, purpose) * size)
  const questions = table ? questionsOf(table)(type) : []
  const question = questions[pick('question', questions.length)]
  if (!table || !question) {
    throw new FiredrillError('internal', `No table admits task ${number} of table-qa.`, {
      hint: 'Check that data/wikitq/tables.json is complete.',
    })
  }
  const form = pick('form', 2)
  return {
    id: `t${number}`,
    text: taskText(question, table, form, tableIn),
    protect: [replyFormat, '```answer', 'answer'],
    facts: [
      {
        sentence: sentences(question)[form] ?? '',
        normal: JSON.stringify(question),
        ordinal: 0,
        determinedBy: 'none',
      },
      {
        sentence: rowsSentence(table),
        normal: `rows = ${table.rows.length}`,
        ordinal: 1,
        determinedBy: 'tool',
      },
      {
        sentence: columnsSentence(table),
        normal: `columns = ${table.columns.map(({ name }) => name).join(', ')}`,
        ordinal: 2,
        determinedBy: 'tool',
      },
    ],
  }
}
