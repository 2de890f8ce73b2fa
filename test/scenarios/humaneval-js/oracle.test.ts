import { describe, expect, test } from 'vitest'
import { marked, oracle } from '../../../scenarios/humaneval-js/oracle.js'
import {
  allProblems,
  type Problem,
  problems,
  unusable,
} from '../../../scenarios/humaneval-js/problems.js'
import { problemOf, tasks } from '../../../scenarios/humaneval-js/tasks.js'
import { mutant } from './mutants.js'

const numbered = (number: number) =>
  allProblems().find((problem) => problem.number === number) as Problem
const resultOf = async (number: number, code: string) =>
  (await marked(numbered(number), code)).result

test('161 of 164 problems are used', () => {
  expect(allProblems()).toHaveLength(164)
  expect(problems()).toHaveLength(161)
  for (const { name, opening, prompt, test: assertions } of allProblems()) {
    expect(name).toMatch(/^\w+$/)
    expect(prompt).toContain(opening)
    expect(assertions).toContain(name)
  }
})

test('the tasks are all problems under their own numbers', () => {
  const all = tasks({ count: 200, seed: 1 })
  const numbers = all.map(({ id }) => Number(id.slice(1))).sort((a, b) => a - b)
  expect(numbers).toEqual(problems().map(({ number }) => number))
  for (const task of all) expect(`t${problemOf(task).number}`).toBe(task.id)
})

describe('the reference solutions', () => {
  test('of all that are used are right', async () => {
    const marks = await Promise.all(problems().map((problem) => marked(problem, problem.solution)))
    expect(marks.flatMap(({ correct, note }, at) => (correct ? [] : [at, note]))).toEqual([])
  })

  test.each(Object.keys(unusable).map(Number))('of JavaScript/%d still fails', async (number) => {
    const problem = numbered(number)
    const mark = await marked(problem, problem.solution).catch(() => ({ correct: false }))
    expect(mark.correct).toBe(false)
  })

  test('do not stand in the text of a task', () => {
    for (const task of tasks({ count: 161, seed: 1 })) {
      const { solution, prompt } = problemOf(task)
      expect(task.text).not.toContain(solution.slice(prompt.length).trim())
    }
  })
})

test('with one operator or constant changed, most are not right any more', async () => {
  const made = problems().flatMap((problem) => {
    const { solution, prompt, number } = problem
    const code = mutant(solution, prompt.length, String(number))
    return code === null ? [] : [{ problem, code }]
  })
  const marks = await Promise.all(made.map(({ problem, code }) => marked(problem, code)))
  const killed = marks.filter(({ correct }) => !correct).length
  expect(made.length).toBeGreaterThan(140)
  // docs/sandbox.md gives the number; some changes change nothing.
  expect([killed, made.length]).toEqual([139, 153])
})

describe('a program that cheats', () => {
  const body = 'const hasCloseElements = () => null;'

  test.each([
    ['console.assert', `${body} console.assert = () => {}`],
    ['JSON.stringify', `${body} JSON.stringify = () => '{}'`],
    ['JSON.parse', `${body} JSON.parse = () => [true]`],
    [
      'prototypes',
      `${body} Object.prototype.valueOf = () => true; Array.prototype.shift = () => true`,
    ],
    ['what the test counts', `${body} var held = 7, failed = 0; const returned = [true]`],
    ['how it is written', 'const hasCloseElements = () => ({ toJSON: () => true })'],
  ])('by putting something else in the place of %s is wrong', async (_, code) => {
    expect(await resultOf(0, code)).toBe('wrong')
  })

  test('cannot declare a console of its own', async () => {
    expect(await resultOf(0, `const console = { assert() {} }; ${body}`)).toBe('exception')
  })

  test('is right all the same when it answers rightly', async () => {
    const { solution } = numbered(0)
    expect(await resultOf(0, `${solution}; console.assert = JSON.stringify = null`)).toBe('right')
  })

  test('does not choose the helper that a test measures with', async () => {
    expect(await resultOf(32, 'const poly = () => 0; const findZero = () => 0')).toBe('wrong')
  })
})

describe('an answer', () => {
  const [task] = tasks({ count: 161, seed: 1 }).filter(({ id }) => id === 't38')
  const alone = 'const decodeCyclic = (s) => encodeCyclic(encodeCyclic(s))'

  test.each([
    ['may use what the prompt declares', alone, 'right'],
    ['may declare it again', numbered(38).solution, 'right'],
    ['may stand in a block', `So:\n\`\`\`js\n${alone}\n\`\`\``, 'right'],
    ['needs a program', 'I do not know.', 'no-code'],
    ['needs the function', '```js\nconst decode = 1\n```', 'exception'],
    ['needs an end', 'const decodeCyclic = () => { for (;;); }', 'timeout'],
    ['needs a value that can be read', 'const decodeCyclic = (s) => () => s', 'wrong'],
    [
      'cannot be promised',
      `const decodeCyclic = async (s) => encodeCyclic(encodeCyclic(s))`,
      'wrong',
    ],
  ])('%s', async (_, answer, result) => {
    expect(await oracle(task as NonNullable<typeof task>, answer)).toMatchObject({ result })
  })
})
