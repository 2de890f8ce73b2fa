import type { Mark, Task } from '../../core/scenario.js'
import { noCode, shown, unfinished } from '../sandbox/marks.js'
import { run } from '../sandbox/pool.js'
import type { Value } from '../sandbox/program.js'
import { programIn } from '../sandbox/program-in.js'
import { resultOf } from './rules.js'
import { originOf } from './tasks.js'
import { assignmentOf } from './work.js'

/** Marks a program: calls it with the inputs of the examples and with hidden ones, and compares what it returns. */
export async function oracle(task: Task, answer: string): Promise<Mark> {
  const assignment = assignmentOf(originOf(task))
  const { name, shown: visible, hidden } = assignment
  const code = programIn(answer, name)
  if (code === null) return noCode
  const inputs = [...visible, ...hidden]
  const calls = inputs.map((input) => `${name}(${input.join(', ')})`)
  const ended = await run({ code, calls })
  if (ended.how !== 'returned') return unfinished(ended)
  const results = inputs.map((input) => resultOf(assignment, input))
  const at = results.findIndex((result, index) => !isClose(ended.values[index], result))
  if (at < 0) return { correct: true, result: 'right', note: `${calls.length} calls are right.` }
  const note = `${calls[at]} returned ${shown(ended.values[at])}, ${results[at]} is right.`
  return { correct: false, result: 'wrong', note }
}

const isClose = (value: Value | undefined, result: number) =>
  value?.kind === 'number' && Math.abs(value.number - result) <= 1e-9
