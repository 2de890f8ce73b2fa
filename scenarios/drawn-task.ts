import { z } from 'zod'
import { draw } from '../core/draw.js'
import { FiredrillError } from '../core/errors.js'
import type { Task, TaskFact } from '../core/scenario.js'
import { parseJson } from '../core/text/json.js'

/** The draws that a task and all that belongs to it follow from. */
export type Origin = Readonly<{ seed: number; task: number }>

/** Something that a task states: its normal form and the ways in which it can be put. */
export type Statement = Readonly<{ normal: string; forms: readonly [string, ...string[]] }>

/** The sentence that says in which form work with tools ends. */
export const replyFormat = 'Finish with a short confirmation in exactly one ```answer block.'

type Drawn = Readonly<{
  scenario: string
  origin: Origin
  opening: string
  goals: readonly Statement[]
  notes: readonly Statement[]
  /** Sentences that the tools tell as well. */
  toldByTools?: readonly string[]
}>

/** A task that states what is wanted and a few notes, each in one of the ways in which it can be put. */
export function drawnTask(drawn: Drawn): Task {
  const { scenario, origin, opening, toldByTools = [] } = drawn
  const { seed, task } = origin
  const put = ({ forms, normal }: Statement, at: number) => ({
    sentence: forms[Math.floor(draw(seed, scenario, task, 'form', at) * forms.length)] ?? forms[0],
    normal,
  })
  const [asked, noted] = [drawn.goals.map(put), drawn.notes.map(put)]
  const bullets = (some: typeof asked) => some.map(({ sentence }) => `- ${sentence}`)
  return {
    id: `t${task}`,
    text: [
      ...[opening, '', '## Goal', ...bullets(asked), ''],
      ...['## Notes', ...bullets(noted), '', replyFormat],
    ].join('\n'),
    protect: [replyFormat, '```answer', 'answer'],
    facts: [...asked, ...noted].map(
      ({ sentence, normal }, ordinal): TaskFact => ({
        sentence,
        normal: ordinal === 0 ? JSON.stringify(origin) : normal,
        ordinal,
        determinedBy: toldByTools.includes(sentence) ? 'tool' : 'none',
      }),
    ),
  }
}

const originSchema = z.object({ seed: z.number(), task: z.int() })

/**
 * The draws that a task was made from.
 *
 * They are kept as the normal form of the task's first fact, which no system and no model ever sees. So a task that was
 * written down and read again, in another process too, has the same world and the same goal.
 */
export function originOf({ id, facts }: Task): Origin {
  const parsed = originSchema.safeParse(parseJson(facts[0]?.normal ?? ''))
  if (parsed.success) return parsed.data
  throw new FiredrillError('bad-tasks', `Task "${id}" was not drawn by its scenario.`, {
    hint: 'Use the tasks that the scenario itself makes.',
  })
}
