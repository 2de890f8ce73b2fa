import { rng } from '../../core/draw.js'
import { FiredrillError } from '../../core/errors.js'
import type { Task, TaskFact } from '../../core/scenario.js'
import { type Problem, problems } from './problems.js'

/** The sentence that says in which form an answer is read. */
export const replyFormat =
  'Reply with exactly one ```answer block that holds the number alone, without a unit.'

/** The first `count` tasks in an order drawn by the seed. */
export function tasks({ count, seed }: Readonly<{ count: number; seed: number }>): readonly Task[] {
  const drawn = rng(seed, 'gsm8k', 'problems').shuffle(problems())
  return drawn.slice(0, count).map((problem, index) => task(problem, index + 1))
}

/** The problem of a task, which its first fact names; so a task that was written down is marked alike. */
export function problemOf({ id, facts }: Task): Problem {
  const found = problems().find((problem) => nameOf(problem) === facts[0]?.normal)
  if (found) return found
  throw new FiredrillError('bad-tasks', `Task "${id}" is not a task of gsm8k.`, {
    hint: 'Use the tasks that the scenario itself makes.',
  })
}

const nameOf = ({ number }: Problem): string => `problem ${number}`

function task(problem: Problem, number: number): Task {
  const { question } = problem
  return {
    id: `t${number}`,
    text: ['Solve a word problem.', '', '## Problem', question, '', replyFormat].join('\n'),
    protect: [replyFormat, '```answer', 'answer'],
    facts: question.split(/(?<=[.?!])\s+/).map(
      (sentence, ordinal): TaskFact => ({
        sentence,
        normal: ordinal === 0 ? nameOf(problem) : `sentence ${ordinal + 1}`,
        ordinal,
        determinedBy: 'none',
      }),
    ),
  }
}
