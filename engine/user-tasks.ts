import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { FiredrillError, messageOf } from '../core/errors.js'

const userTaskSchema = z.object({
  id: z.union([z.string().min(1), z.number()]).transform(String),
  text: z.string().min(1),
  expected: z.unknown(),
})

/** A task of the user's: what it asks, and what the answer shall be. */
export type UserTask = Readonly<z.infer<typeof userTaskSchema>>

/** Checks tasks of whatever origin; throws `bad-tasks` with the place of the first mistake. */
export function checkedTasks(tasks: unknown, origin: string): readonly UserTask[] {
  const result = z.array(userTaskSchema).min(1).safeParse(tasks)
  if (!result.success) {
    throw new FiredrillError(
      'bad-tasks',
      `The tasks of ${origin} are not usable: ${firstIssue(result.error)}.`,
      {
        hint: 'A task is { id, text, expected }, for example { "id": "t1", "text": "What is 2 + 2?", "expected": "4" }.',
      },
    )
  }
  const ids = result.data.map(({ id }) => id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice !== undefined) {
    throw new FiredrillError('bad-tasks', `Two tasks of ${origin} have the id "${twice}".`, {
      hint: 'Give every task an id of its own: trials are named by it.',
    })
  }
  return result.data
}

/** Reads tasks from a file of JSON lines, JSON or YAML. */
export async function readTasksFile(path: string): Promise<readonly UserTask[]> {
  if (!existsSync(path)) {
    throw new FiredrillError('bad-tasks', `There is no file ${path}.`, {
      hint: 'Give a file of tasks: --tasks-file tasks.jsonl (or .json, .yaml).',
    })
  }
  const text = readFileSync(path, 'utf8')
  try {
    return checkedTasks(await parsed(path, text), path)
  } catch (cause) {
    if (cause instanceof FiredrillError) throw cause
    throw new FiredrillError(
      'bad-tasks',
      `${path} cannot be read: ${messageOf(cause).split('\n')[0]}.`,
      {
        hint: 'One JSON object per line in .jsonl, one list in .json or .yaml.',
        cause,
      },
    )
  }
}

async function parsed(path: string, text: string): Promise<unknown> {
  if (path.endsWith('.jsonl')) return text.split('\n').flatMap(jsonLine)
  if (path.endsWith('.json')) return JSON.parse(text)
  const { parse } = await import('yaml')
  return parse(text)
}

function jsonLine(line: string, at: number): readonly unknown[] {
  if (line.trim() === '') return []
  try {
    return [JSON.parse(line)]
  } catch (cause) {
    throw new Error(`line ${at + 1}: ${messageOf(cause)}`)
  }
}

function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues
  if (!issue) return 'unknown reason'
  return issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message
}
