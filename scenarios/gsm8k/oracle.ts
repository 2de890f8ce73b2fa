import type { Mark, Task } from '../../core/scenario.js'
import { answerIn } from '../answer-block.js'
import { numberIn } from './problems.js'
import { problemOf } from './tasks.js'

/** Marks an answer: it has to be the number that the data set gives. */
export async function oracle(task: Task, answer: string): Promise<Mark> {
  const { solution } = problemOf(task)
  const given = answerIn(answer)?.join(' ') ?? null
  if (given === null) {
    return { correct: false, result: 'no-block', note: 'The reply holds no answer block.' }
  }
  const number = numberIn(given)
  return number !== null && Math.abs(number - solution) <= 1e-6
    ? { correct: true, result: 'right', note: `"${given}" is right.` }
    : { correct: false, result: 'wrong', note: `"${given}" was given, "${solution}" is right.` }
}
