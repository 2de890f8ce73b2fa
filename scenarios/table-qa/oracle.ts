import type { Mark, Task } from '../../core/scenario.js'
import { answerIn } from '../answer-block.js'
import { sameAnswer } from './answers.js'
import { solve } from './solution.js'
import { tableNamed } from './tables.js'
import { questionOf } from './tasks.js'

/** Marks an answer: works the question out on the original table and compares. */
export async function oracle(task: Task, answer: string): Promise<Mark> {
  const question = questionOf(task)
  const expected = solve(question, tableNamed(question.table)) ?? ''
  const given = answerIn(answer)?.join(' ') ?? null
  if (given === null) {
    return { correct: false, result: 'no-block', note: 'The reply holds no answer block.' }
  }
  return sameAnswer(expected, given)
    ? { correct: true, result: 'right', note: `"${given}" is right.` }
    : { correct: false, result: 'wrong', note: `"${given}" was given, "${expected}" is right.` }
}
