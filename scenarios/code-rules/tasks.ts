import { z } from 'zod'
import { draw } from '../../core/draw.js'
import { FiredrillError } from '../../core/errors.js'
import type { Task, TaskFact } from '../../core/scenario.js'
import { parseJson } from '../../core/text/json.js'
import { changed, falsehoods, tellsApart } from './changes.js'
import { resultOf } from './rules.js'
import { forms, normalOf, orderSentence, replyFormat, signature } from './sentences.js'
import { type Assignment, assignmentOf, type Origin } from './work.js'

/** The first `count` tasks. */
export function tasks({ count, seed }: Readonly<{ count: number; seed: number }>): readonly Task[] {
  return Array.from({ length: count }, (_, index) => taskFrom({ seed, task: index + 1 }))
}

const originSchema = z.object({ seed: z.number(), task: z.int() })

/**
 * The draws that a task was made from.
 *
 * They are kept as the normal form of the task's first fact, which no system and no model ever sees. So a task that was
 * written down and read again, in another process too, is marked on the same hidden inputs.
 */
export function originOf({ id, facts }: Task): Origin {
  const parsed = originSchema.safeParse(parseJson(facts[0]?.normal ?? ''))
  if (parsed.success) return parsed.data
  throw new FiredrillError('bad-tasks', `Task "${id}" is not a task of code-rules.`, {
    hint: 'Use the tasks that the scenario itself makes.',
  })
}

function taskFrom(origin: Origin): Task {
  const { seed, task } = origin
  const assignment = assignmentOf(origin)
  const facts = assignment.rules.map((rule, ordinal): TaskFact => {
    const form = draw(seed, 'code-rules', task, 'form', ordinal) < 0.5 ? 0 : 1
    return {
      sentence: forms(rule)[form],
      normal: ordinal === 0 ? JSON.stringify(origin) : normalOf(rule),
      ordinal,
      determinedBy: isShown(assignment, ordinal) ? 'examples' : 'none',
    }
  })
  return {
    id: `t${task}`,
    text: textOf(
      assignment,
      facts.map(({ sentence }) => sentence),
    ),
    // Not the parameters' names alone: nothing that says them could then be lost.
    protect: [signature(assignment), orderSentence, replyFormat, '```js', 'js'],
    facts,
  }
}

/** Whether the examples tell a rule from its loss and from what somebody would make up in its place. */
function isShown(assignment: Assignment, at: number): boolean {
  const rule = assignment.rules[at]
  if (!rule) return false
  return [null, ...falsehoods(rule)].every((other) =>
    tellsApart(assignment.shown, assignment, changed(assignment, at, other)),
  )
}

function textOf(assignment: Assignment, sentences: readonly string[]): string {
  const { name, shown } = assignment
  return [
    `Write a JavaScript function \`${signature(assignment)}\`.`,
    '',
    '## Rules',
    orderSentence,
    ...sentences.map((sentence) => `- ${sentence}`),
    '',
    '## Examples',
    ...shown.map(
      (input) => `- ${name}(${input.join(', ')}) returns ${resultOf(assignment, input)}`,
    ),
    '',
    replyFormat,
  ].join('\n')
}
