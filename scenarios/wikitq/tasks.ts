import { rng } from '../../core/draw.js'
import { FiredrillError } from '../../core/errors.js'
import type { Task } from '../../core/scenario.js'
import { type Grid, grids } from '../table-qa/tables.js'
import { columnsSentence, rowsSentence } from '../table-qa/text.js'
import { type Question, questions } from './questions.js'

/** The sentences that say in which form an answer is read. */
export const replyFormat =
  'Reply with exactly one ```answer block that holds the answer alone. Write several values one a line, each as the table has it.'

/** The first `count` tasks in an order drawn by the seed: neighbours in the file are about the same table. */
export function tasks({ count, seed }: Readonly<{ count: number; seed: number }>): readonly Task[] {
  const drawn = rng(seed, 'wikitq', 'questions').shuffle(questions())
  return drawn.slice(0, count).map((question, index) => task(question, index + 1))
}

/** The question of a task, which its first fact names; so a task that was written down is marked alike. */
export function questionOf({ id, facts }: Task): Question {
  const found = questions().find((question) => question.id === facts[0]?.normal)
  if (found) return found
  throw new FiredrillError('bad-tasks', `Task "${id}" is not a task of wikitq.`, {
    hint: 'Use the tasks that the scenario itself makes.',
  })
}

/** The table that a question is about. */
export function gridOf({ id, table }: Question): Grid {
  const grid = grids().find(({ name }) => name === table)
  if (grid) return grid
  throw new FiredrillError('internal', `The table of question ${id} is missing.`, {
    hint: 'Check that data/wikitq/tables.json is complete.',
  })
}

function task(question: Question, number: number): Task {
  const grid = gridOf(question)
  const { id, utterance } = question
  return {
    id: `t${number}`,
    text: [
      'Answer a question about a table.',
      '',
      '## Question',
      utterance,
      '',
      '## Table',
      `- ${rowsSentence(grid)}`,
      `- ${columnsSentence(grid)}`,
      '',
      replyFormat,
    ].join('\n'),
    protect: [replyFormat, '```answer', 'answer'],
    facts: [
      { sentence: utterance, normal: id, ordinal: 0, determinedBy: 'none' },
      {
        sentence: rowsSentence(grid),
        normal: `rows = ${grid.rows.length}`,
        ordinal: 1,
        determinedBy: 'tool',
      },
      {
        sentence: columnsSentence(grid),
        normal: `columns = ${grid.columns.map(({ name }) => name).join(', ')}`,
        ordinal: 2,
        determinedBy: 'tool',
      },
    ],
  }
}
