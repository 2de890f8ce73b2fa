import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { FiredrillError, messageOf } from '../core/errors.js'
import { jobs } from '../core/system.js'
import { readData } from './data-file.js'
import { oracleSchema } from './task-oracles.js'

const userTaskSchema = z.object({
  id: z.union([z.string().min(1), z.number()]).transform(String),
  text: z.string().min(1),
  // An oracle of the user's may know by itself what is right.
  expected: z.unknown().optional(),
  oracle: oracleSchema.exactOptional(),
})

/** A task of the user's: what it asks, and what the answer shall be. */
export type UserTask = Readonly<z.infer<typeof userTaskSchema>>

// What may stand beside the tasks of a file.
const headerSchema = z.strictObject({
  tasks: z.unknown(),
  oracle: oracleSchema.exactOptional(),
  briefings: z.partialRecord(z.enum(jobs), z.string().min(1)).exactOptional(),
})

/** A file of tasks: how answers are compared unless a task says otherwise, and what jobs mean in this work. */
export type TaskFile = Readonly<{ path: string; tasks: readonly UserTask[] }> &
  Readonly<Omit<z.infer<typeof headerSchema>, 'tasks'>>

/** Checks tasks of whatever origin; throws `bad-tasks` with the place of the first mistake. */
export function checkedTasks(
  tasks: unknown,
  origin: string,
  /** Where each task stands, when it has a line of its own. */
  lines: readonly number[] = [],
): readonly UserTask[] {
  const result = z.array(userTaskSchema).min(1).safeParse(tasks)
  if (!result.success) {
    throw new FiredrillError(
      'bad-tasks',
      `The tasks of ${origin} are not usable: ${firstIssue(result.error, lines)}.`,
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

/** Equal after white space and case are evened out, or equal as numbers. */
export function sameAnswer(answer: string, expected: unknown): boolean {
  const even = (value: unknown) =>
    String(value ?? '')
      .normalize('NFKC')
      .replace(/\s+/gu, ' ')
      .trim()
      .toLowerCase()
  const [left, right] = [even(answer), even(expected)]
  if (left === right) return true
  return left !== '' && right !== '' && Math.abs(Number(left) - Number(right)) < 1e-6
}

/** Reads tasks from a file of JSON lines, JSON or YAML: a list, or an object with `tasks` and what goes for all of them. */
export async function readTasksFile(path: string): Promise<TaskFile> {
  if (!existsSync(path)) {
    throw new FiredrillError('bad-tasks', `There is no file ${path}.`, {
      hint: 'Give a file of tasks: --tasks-file tasks.jsonl (or .json, .yaml).',
    })
  }
  const text = readFileSync(path, 'utf8')
  try {
    if (path.endsWith('.jsonl')) {
      const lines = text.split('\n').flatMap(jsonLine)
      const [values, places] = [lines.map(({ value }) => value), lines.map(({ line }) => line)]
      return { path, tasks: checkedTasks(values, path, places) }
    }
    return checkedFile(await readData(path), path)
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

function checkedFile(content: unknown, path: string): TaskFile {
  if (Array.isArray(content) || typeof content !== 'object' || content === null) {
    return { path, tasks: checkedTasks(content, path) }
  }
  const result = headerSchema.safeParse(content)
  if (result.success) return { ...result.data, path, tasks: checkedTasks(result.data.tasks, path) }
  throw new FiredrillError('bad-tasks', `${path} is not usable: ${firstIssue(result.error)}.`, {
    hint: `Beside "tasks" there may be "oracle" (exact, numeric, regex, json or custom) and "briefings" for the jobs ${jobs.join(', ')}.`,
  })
}

function jsonLine(line: string, at: number) {
  if (line.trim() === '') return []
  try {
    return [{ value: JSON.parse(line) as unknown, line: at + 1 }]
  } catch (cause) {
    throw new Error(`line ${at + 1}: ${messageOf(cause)}`)
  }
}

function firstIssue({ issues }: z.ZodError, lines: readonly number[] = []): string {
  const [issue] = issues
  if (!issue) return 'unknown reason'
  const [at, ...members] = issue.path
  const line = typeof at === 'number' ? lines[at] : undefined
  if (line !== undefined) {
    return [`line ${line}`, ...(members.length > 0 ? [members.join('.')] : []), issue.message].join(
      ': ',
    )
  }
  return issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message
}
