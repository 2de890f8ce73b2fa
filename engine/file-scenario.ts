import { basename, extname } from 'node:path'
import { canonicalJson, hashOf } from '../core/canonical-json.js'
import { FiredrillError } from '../core/errors.js'
import type { Briefings, Mark, Scenario } from '../core/scenario.js'
import { jobs } from '../core/system.js'
import { type CustomOracle, flawFor, isRightBy, markFor, type TaskOracle } from './task-oracles.js'
import { sameAnswer, type TaskFile, type UserTask } from './user-tasks.js'

const replyFormat = 'Reply with exactly one ```answer block that holds the answer alone.'

const generic: Briefings = {
  plan: 'Your job is to plan: write the steps that lead to the answer as one ```ops block, one numbered step a line.',
  produce: `Your job is to produce the answer. ${replyFormat}`,
  review:
    'Your job is to review the answer: work it out yourself, then write APPROVE or REJECT with your evidence.',
  revise: `Your job is to revise the answer so that it meets the critique. ${replyFormat}`,
  decide: `Your job is to decide which answer is right. ${replyFormat}`,
  instruct:
    'Your job is to instruct the colleague: name one step at a time; write TASK_DONE when the answer is there.',
  act: `Your job is to act on the instruction. ${replyFormat}`,
  route:
    'Your job is to route the work: say what is missing or wrong (an error of reading or of reasoning).',
}

/** Jobs whose deliverable is the answer: systems read it from its block. */
const delivering: readonly string[] = ['produce', 'revise', 'decide', 'act']

/** An oracle of the user's with what its results hang on. */
export type OwnOracle = Readonly<{ mark: CustomOracle; hash: string }>

/** How answers to a task are marked by the oracle that its file names; null when it names none. */
export type NamedOracle = (task: UserTask) => ((answer: string) => Promise<Mark>) | null

/** The oracles that a file names, checked against its tasks; throws `bad-tasks` at the first that cannot compare. */
export function namedOracle(file: TaskFile, own: OwnOracle | null): NamedOracle {
  for (const task of file.tasks) {
    const oracle = oracleOf(task, file, own)
    if (oracle) requireUsable(oracle, task, { file, own })
  }
  return (task) => {
    const oracle = oracleOf(task, file, own)
    if (!oracle) return null
    return async (answer) => {
      const correct = await isRightBy(oracle, task, { answer, custom: own?.mark ?? null })
      return markFor(correct, answer, task)
    }
  }
}

/** The tasks of a file as work for reference systems: answers without tools. Only real models read free text. */
export function fileScenario(file: TaskFile, own: OwnOracle | null): Scenario {
  const named = namedOracle(file, own)
  const byId = new Map(file.tasks.map((task) => [task.id, task]))
  for (const task of file.tasks) {
    if (!oracleOf(task, file, own) && task.expected === undefined) throw withoutExpected(task, file)
  }
  return {
    id: `${nameOf(file.path)}-file`,
    summary: `Tasks from ${file.path}.`,
    licence: 'yours',
    realOnly: true,
    tasks: ({ count }) =>
      file.tasks.slice(0, count).map((task) => ({
        id: task.id,
        text: task.text,
        protect: [],
        // Other expectations are another task: results for the old ones are not taken for it.
        facts: [
          {
            sentence: task.text,
            normal: `expects ${expectation(task, file, own)}`,
            ordinal: 0,
            determinedBy: 'none',
          },
        ],
      })),
    briefings: briefingsOf(file),
    oracle: async ({ id }, answer) => {
      const task = byId.get(id)
      if (!task) throw new Error(`There is no task ${id}.`)
      const mark = named(task)
      return mark ? mark(answer) : markFor(sameAnswer(answer, task.expected), answer, task)
    },
  }
}

/** A task's own oracle comes first, then the file's, then one of the user's for whatever names none. */
const oracleOf = ({ oracle }: UserTask, file: TaskFile, own: OwnOracle | null): TaskOracle | null =>
  oracle ?? file.oracle ?? (own ? { kind: 'custom' } : null)

const expectation = (task: UserTask, file: TaskFile, own: OwnOracle | null): string => {
  const { expected = null } = task
  return hashOf(canonicalJson([expected, oracleOf(task, file, own), own?.hash ?? null]))
}

function requireUsable(
  oracle: TaskOracle,
  task: UserTask,
  { file, own }: Readonly<{ file: TaskFile; own: OwnOracle | null }>,
): void {
  const where = `${file.path}, task "${task.id}"`
  if (oracle.kind === 'custom' && !own) {
    throw new FiredrillError('bad-tasks', `${where}: its oracle is custom, and there is none.`, {
      hint: 'Name the module that exports it: --oracle ./oracle.ts[#export].',
    })
  }
  const flaw = flawFor(oracle, task)
  if (flaw === null) return
  throw new FiredrillError('bad-tasks', `${where}: ${flaw}.`, {
    hint: 'Put "expected" right, or compare otherwise: oracle is exact, numeric, regex, json or custom.',
  })
}

const withoutExpected = ({ id }: UserTask, { path }: TaskFile) =>
  new FiredrillError('bad-tasks', `${path}, task "${id}": it has no "expected".`, {
    hint: 'Say what the answer shall be, or mark answers yourself: --oracle ./oracle.ts[#export].',
  })

/** Whoever words a job need not know how systems find the answer: that sentence is added where it is missing. */
function briefingsOf({ briefings = {} }: TaskFile): Briefings {
  const worded = (job: (typeof jobs)[number]) => {
    const own = briefings[job]?.trim()
    if (own === undefined) return generic[job] ?? ''
    const isComplete = !delivering.includes(job) || own.includes('one ```answer block')
    return isComplete ? own : `${own} ${replyFormat}`
  }
  return Object.fromEntries(jobs.map((job) => [job, worded(job)]))
}

const nameOf = (path: string): string =>
  basename(path, extname(path))
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'tasks'
