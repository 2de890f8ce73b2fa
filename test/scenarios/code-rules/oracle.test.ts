import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Task } from '../../../core/scenario.js'
import { changed, falsehoods, neighbours } from '../../../scenarios/code-rules/changes.js'
import { oracle } from '../../../scenarios/code-rules/oracle.js'
import { programFor } from '../../../scenarios/code-rules/program.js'
import type { Rule, Work } from '../../../scenarios/code-rules/rules.js'
import { originOf, tasks } from '../../../scenarios/code-rules/tasks.js'
import { assignmentOf } from '../../../scenarios/code-rules/work.js'

const all = tasks({ count: 500, seed: 1 })
const [first] = all as readonly [Task, ...Task[]]
const workOf = (task: Task): Work => assignmentOf(originOf(task))
const reference = programFor(workOf(first))
const resultsOf = async (marked: readonly (readonly [Task, string])[]) =>
  (await Promise.all(marked.map(([task, answer]) => oracle(task, answer)))).map(
    ({ result }) => result,
  )

test('the reference programs of 500 tasks are right', async () => {
  const results = await resultsOf(all.map((task) => [task, programFor(workOf(task))]))
  expect(results).toEqual(all.map(() => 'right'))
})

// One change of one rule for each task: the rules and the ways to change one take turns.
const mutants = all.map((task, at): readonly [Task, string] => {
  const work = workOf(task)
  const place = at % work.rules.length
  const rule = work.rules[place] as Rule
  const others = [null, ...neighbours(rule), ...falsehoods(rule)]
  const other = others[Math.floor(at / work.rules.length) % others.length] as Rule | null
  return [task, programFor(changed(work, place, other))]
})

test('the programs of 500 tasks with one rule changed are wrong, all of them', async () => {
  const results = await resultsOf(mutants)
  expect(results).toEqual(mutants.map(() => 'wrong'))
})

describe('an answer', () => {
  test.each<readonly [string, string, string]>([
    ['of nothing', '', 'no-code'],
    ['of prose alone', 'I would add the base first.', 'no-code'],
    ['of an empty block', '```js\n\n```', 'no-code'],
    ['of a block without a language', `\`\`\`\n${reference}\n\`\`\``, 'no-code'],
    ['of a block whose language only looks like it', `\`\`\`ｊｓ\n${reference}\n\`\`\``, 'no-code'],
    ['of code alone', reference, 'right'],
    ['of a block among prose', `Here it is.\n\`\`\`js\n${reference}\n\`\`\`\nDone.`, 'right'],
    [
      'of two blocks, the last one right',
      `\`\`\`js\n1\n\`\`\`\n\`\`\`js\n${reference}\n\`\`\``,
      'right',
    ],
    [
      'of two blocks, the last one wrong',
      `\`\`\`js\n${reference}\n\`\`\`\n\`\`\`js\n1\n\`\`\``,
      'exception',
    ],
    [
      'with a letter of another alphabet in the name',
      reference.replace('printPrice', 'рrintPrice'),
      'no-code',
    ],
    ['with a sign that only looks like a plus', reference.replace('+=', '＋='), 'exception'],
    ['that returns texts', reference.replace('return result', 'return String(result)'), 'wrong'],
    ['that returns nothing', reference.replace('return result', ''), 'wrong'],
    [
      'that is off by a millionth',
      reference.replace('return result', 'return result + 1e-6'),
      'wrong',
    ],
    ['that is off by noise', reference.replace('return result', 'return result + 1e-12'), 'right'],
    [
      'as an arrow',
      reference.replace(
        'function printPrice(pages, copies)',
        'const printPrice = (pages, copies) =>',
      ),
      'right',
    ],
    ['that also exports', `${reference}\nmodule.exports = { printPrice }`, 'right'],
    ['that never ends', 'const printPrice = () => { for (;;); }', 'timeout'],
    ['that throws', 'const printPrice = () => { throw new Error("no") }', 'exception'],
    [
      'that hoards',
      'const printPrice = () => { const a = []; for (;;) a.push(new Array(1e5).fill(0)) }',
      'memory',
    ],
  ])('%s', async (_, answer, result) => {
    const mark = await oracle(first, answer)
    expect(mark).toMatchObject({ result, correct: result === 'right' })
  })

  test('is told by what it returned what would be right', async () => {
    const { note } = await oracle(first, 'const printPrice = () => 3')
    expect(note).toBe('printPrice(25, 32) returned 3, 130 is right.')
  })

  test('is marked alike in another process', async () => {
    const answers = [reference, 'const printPrice = () => 3', 'printPrice!', '']
    const here = await Promise.all(answers.map((answer) => oracle(first, answer)))
    const file = join(import.meta.dirname, '../../../scenarios/code-rules/oracle.ts')
    const code = `import { oracle } from ${JSON.stringify(file)}
const marks = ${JSON.stringify(answers)}.map((answer) => oracle(${JSON.stringify(first)}, answer))
Promise.all(marks).then((all) => console.log(JSON.stringify(all)))`
    const args = ['--import', 'tsx', '--input-type=module', '-e', code]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(JSON.parse(stdout)).toEqual(here)
  })
})
