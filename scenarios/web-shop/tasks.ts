import { z } from 'zod'
import { draw } from '../../core/draw.js'
import { FiredrillError } from '../../core/errors.js'
import type { Task, TaskFact } from '../../core/scenario.js'
import { type Origin, orderOf } from './orders.js'
import { goals, notes, replyFormat, type Statement } from './sentences.js'

/** The first `count` tasks. */
export function tasks({ count, seed }: Readonly<{ count: number; seed: number }>): readonly Task[] {
  return Array.from({ length: count }, (_, index) => taskFrom({ seed, task: index + 1 }))
}

const originSchema = z.object({ seed: z.number(), task: z.int() })

/**
 * The draws that a task was made from.
 *
 * They are kept as the normal form of the task's first fact, which no system and no model ever sees. So a task that was
 * written down and read again, in another process too, has the same shop and the same goal.
 */
export function originOf({ id, facts }: Task): Origin {
  const parsed = originSchema.safeParse(asJson(facts[0]?.normal))
  if (parsed.success) return parsed.data
  throw new FiredrillError('bad-tasks', `Task "${id}" is not a task of web-shop.`, {
    hint: 'Use the tasks that the scenario itself makes.',
  })
}

function taskFrom(origin: Origin): Task {
  const { seed, task } = origin
  const put = ({ forms, normal }: Statement, at: number) => ({
    sentence:
      forms[Math.floor(draw(seed, 'web-shop', task, 'form', at) * forms.length)] ?? forms[0],
    normal,
  })
  const asked = goals(orderOf(origin).goal).map(put)
  const noted = notes.map(put)
  return {
    id: `t${task}`,
    text: textOf(
      asked.map(({ sentence }) => sentence),
      noted.map(({ sentence }) => sentence),
    ),
    protect: [replyFormat, '```answer', 'answer'],
    facts: [...asked, ...noted].map(
      ({ sentence, normal }, ordinal): TaskFact => ({
        sentence,
        normal: ordinal === 0 ? JSON.stringify(origin) : normal,
        ordinal,
        determinedBy: 'none',
      }),
    ),
  }
}

function textOf(asked: readonly string[], noted: readonly string[]): string {
  const bullets = (sentences: readonly string[]) => sentences.map((sentence) => `- ${sentence}`)
  return [
    'Buy one product.',
    '',
    '## Goal',
    ...bullets(asked),
    '',
    '## Notes',
    ...bullets(noted),
    '',
    replyFormat,
  ].join('\n')
}

function asJson(text = ''): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // Not written by us; the schema says so to the caller.
  }
}
