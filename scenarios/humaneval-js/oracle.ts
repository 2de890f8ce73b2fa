import { z } from 'zod'
import { FiredrillError } from '../../core/errors.js'
import type { Mark, Task } from '../../core/scenario.js'
import { noCode, shown, unfinished } from '../sandbox/marks.js'
import { run } from '../sandbox/pool.js'
import type { Value } from '../sandbox/program.js'
import { programIn } from '../sandbox/program-in.js'
import type { Problem } from './problems.js'
import { problemOf } from './tasks.js'
import { recording, replaying, withHelpers } from './test-run.js'

/** Marks a program by the test of its problem. */
export async function oracle(task: Task, answer: string): Promise<Mark> {
  const problem = problemOf(task)
  const code = programIn(answer, problem.name)
  return code === null ? noCode : marked(problem, code)
}

/** The mark of a program for a problem. */
export async function marked(problem: Problem, code: string): Promise<Mark> {
  const given = await callsOf(problem)
  const calls = given.map((one) => `${problem.name}(${one})`)
  const ended = await run({ code: withHelpers(problem, code), calls })
  if (ended.how !== 'returned') return unfinished(ended)
  const unread = ended.values.findIndex(({ kind }) => kind === 'unreadable')
  if (unread >= 0) return wrong(`${calls[unread]} returned ${shown(ended.values[unread])}.`)
  const test = await run(replaying(problem, ended.values))
  // The test itself trips over a value that has not even the right form.
  if (test.how !== 'returned') return wrong('The values returned are not of the right kind.')
  const [held = 0, failed = 0] = test.values.map(count)
  if (failed > 0) return wrong(`${failed} of ${held + failed} assertions do not hold.`)
  if (held > 0) return { correct: true, result: 'right', note: `${held} assertions hold.` }
  throw broken(problem)
}

const wrong = (note: string): Mark => ({ correct: false, result: 'wrong', note })
const count = (value: Value) => (value.kind === 'number' ? value.number : 0)

const recorded = new Map<number, Promise<readonly string[]>>()

// How a test calls its function hangs on the data alone, so it is found out once.
function callsOf(problem: Problem): Promise<readonly string[]> {
  const known = recorded.get(problem.number)
  if (known) return known
  const calls = callsIn(problem)
  recorded.set(problem.number, calls)
  return calls
}

const callsSchema = z.array(z.string()).min(1)

async function callsIn(problem: Problem): Promise<readonly string[]> {
  const ended = await run(recording(problem))
  const [value] = ended.how === 'returned' ? ended.values : []
  const calls = callsSchema.safeParse(value?.kind === 'json' ? JSON.parse(value.json) : null)
  if (calls.success) return calls.data
  throw broken(problem)
}

const broken = ({ number }: Problem) =>
  new FiredrillError('internal', `The test of JavaScript/${number} does not run.`, {
    hint: 'Check that data/humaneval-x-js/humaneval_js.jsonl is complete.',
  })
