import { rng } from '../../core/draw.js'
import { FiredrillError } from '../../core/errors.js'
import type { Task, TaskFact } from '../../core/scenario.js'
import { type Problem, problems } from './problems.js'

/** The sentence that says in which form the function is read. */
export const replyFormat = 'Reply with the whole function in exactly one ```js block.'

/** The first `count` tasks in an order drawn by the seed, under the numbers of the data set. */
export function tasks({ count, seed }: Readonly<{ count: number; seed: number }>): readonly Task[] {
  return rng(seed, 'humaneval-js', 'problems').shuffle(problems()).slice(0, count).map(task)
}

/** The problem of a task, which its first fact names; so a task that was written down is marked alike. */
export function problemOf({ id, facts }: Task): Problem {
  const found = problems().find((problem) => nameOf(problem) === facts[0]?.normal)
  if (found) return found
  throw new FiredrillError('bad-tasks', `Task "${id}" is not a task of humaneval-js.`, {
    hint: 'Use the tasks that the scenario itself makes.',
  })
}

const nameOf = ({ number }: Problem): string => `JavaScript/${number}`

function task(problem: Problem): Task {
  const { number, name, opening, prompt } = problem
  return {
    id: `t${number}`,
    text: [
      `Complete the function \`${name}\`.`,
      '',
      '## Function',
      prompt.trim(),
      '',
      replyFormat,
    ].join('\n'),
    protect: [opening, replyFormat, '```js', 'js'],
    facts: sentencesOf(problem).map(
      (sentence, ordinal): TaskFact => ({
        sentence,
        normal: ordinal === 0 ? nameOf(problem) : `sentence ${ordinal + 1}`,
        ordinal,
        determinedBy: 'none',
      }),
    ),
  }
}

/** What the last comment of the prompt says, sentence by sentence, up to its examples. */
function sentencesOf({ prompt }: Problem): readonly string[] {
  const comment = prompt.slice(prompt.lastIndexOf('/*') + 2, prompt.lastIndexOf('*/'))
  const described = comment.split(/>>>|\bexamples?\b/i)[0]?.trim() || comment.trim()
  return described.split(/(?<=[.?!])\s+/).filter((sentence) => sentence.includes(' '))
}
