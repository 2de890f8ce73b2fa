import { draw, type Key, rng } from '../../core/draw.js'
import { FiredrillError } from '../../core/errors.js'
import type { Task } from '../../core/scenario.js'
import { candidates } from './candidates.js'
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
    return task(index + 1, seed, order[turn], tableIn)
  })
}

/**
 * The question of a task.
 *
 * It is kept as the normal form of the task's first fact. A task that was written down and read again, in another
 * process too, is marked alike, which a table in memory could not promise; and the mark does not hang on reading
 * English back. Facts never reach a system or a model, and the question as data does not hold the answer.
 */
export function questionOf({ id, facts }: Task): Question {
  const parsed = questionSchema.safeParse(asJson(facts[0]?.normal))
  if (parsed.success) return parsed.data
  throw new FiredrillError('bad-tasks', `Task "${id}" is not a task of table-qa.`, {
    hint: 'Use the tasks that the scenario itself makes.',
  })
}

type Admission = Readonly<{ table: Table; questions: readonly Question[] }>

// Which questions a table admits hangs on the data alone, so it is worked out once per type.
const admissions = new Map<QuestionType, readonly Admission[]>()

function admitting(type: QuestionType): readonly Admission[] {
  const known = admissions.get(type)
  if (known) return known
  const found = tables()
    .map((table) => ({ table, questions: candidates(table, type) }))
    .filter(({ questions }) => questions.length > 0)
  admissions.set(type, found)
  return found
}

function task(
  number: number,
  seed: number,
  admission: Admission | undefined,
  tableIn: TablePlace,
): Task {
  const pick = (purpose: Key, size: number) =>
    Math.floor(draw(seed, 'table-qa', number, purpose) * size)
  const question = admission?.questions[pick('question', admission.questions.length)]
  if (!admission || !question) {
    throw new FiredrillError('internal', `No table admits task ${number} of table-qa.`, {
      hint: 'Check that data/wikitq/tables.json is complete.',
    })
  }
  const { table } = admission
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

function asJson(text = ''): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // Not written by us; the schema says so to the caller.
  }
}
