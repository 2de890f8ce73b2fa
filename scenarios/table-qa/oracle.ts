import type { Mark, Task } from '../../core/scenario.js'
import { sameAnswer } from './answers.js'
import { oneLine } from './numbers.js'
import { solve } from './solution.js'
import { tableNamed } from './tables.js'
import { questionOf } from './tasks.js'

/** Marks an answer: works the question out on the original table and compares. */
export async function oracle(task: Task, answer: string): Promise<Mark> {
  const question = questionOf(task)
  const expected = solve(question, tableNamed(question.table)) ?? ''
  const given = answerIn(answer)
  if (given === null) {
    return { correct: false, result: 'no-block', note: 'The reply holds no answer block.' }
  }
  return sameAnswer(expected, given)
    ? { correct: true, result: 'right', note: `"${given}" is right.` }
    : { correct: false, result: 'wrong', note: `"${given}" was given, "${expected}" is right.` }
}

// Some systems hand over what stood in the block, others a whole reply; prose without a block is no answer.
function answerIn(text: string): string | null {
  const blocks = [...text.matchAll(/^[ \t]*```answer[ \t]*\n([\s\S]*?)^[ \t]*```/gm)]
  const given = blocks.length > 0 ? (blocks.at(-1)?.[1] ?? '') : bare(text)
  return oneLine(given) === '' ? null : oneLine(given)
}

const bare = (text: string) => (/```|\n/.test(text.trim()) ? '' : text)
