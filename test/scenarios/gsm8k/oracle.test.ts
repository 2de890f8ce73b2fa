import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gsm8k } from '../../../scenarios/gsm8k/index.js'
import { numberIn, problems } from '../../../scenarios/gsm8k/problems.js'
import { problemOf, tasks } from '../../../scenarios/gsm8k/tasks.js'

const all = tasks({ count: 1000, seed: 1 })

describe('the data', () => {
  test('is the file that the tests were made with, with licence and attribution', () => {
    const file = (name: string) => readFileSync(join('data/gsm8k', name), 'utf8')
    const hash = createHash('sha256').update(file('problems.jsonl')).digest('hex')
    expect(hash.slice(0, 16)).toBe('bd70035c7acaf107')
    expect(file('LICENSE')).toContain('MIT License')
    expect(file('ATTRIBUTION.md')).toContain('The first 200 of the 1,319 problems')
  })

  test('has 200 problems, each a task', () => {
    expect(problems()).toHaveLength(200)
    expect(new Set(all.map((task) => problemOf(task).number)).size).toBe(200)
  })

  test('is asked for without its solution', () => {
    for (const { text } of all) expect(text).not.toMatch(/####|<<|>>/)
  })
})

describe('every problem', () => {
  test('is solved by its own number, however it is written, and by no other', async () => {
    for (const task of all) {
      const { solution } = problemOf(task)
      const marked = async (text: string) => (await gsm8k.oracle(task, text)).result
      const block = (text: string) => `So it is:\n\`\`\`answer\n${text}\n\`\`\``
      expect(await marked(block(`${solution}`))).toBe('right')
      expect(await marked(`$${solution.toLocaleString('en')}.00`)).toBe('right')
      for (const mutant of [solution + 1, solution - 1, -1 - solution, solution * 10 + 1]) {
        expect(await marked(block(String(mutant)))).toBe('wrong')
      }
    }
  })
})

test.each([
  ['18', 18],
  ['$2,125', 2125],
  [' $ 2 125.50 ', 2125.5],
  ['−3', -3],
  ['-$3', -3],
  ['18.', 18],
  ['.5', 0.5],
  ['18 eggs', null],
  ['', null],
  ['1.2.3', null],
  ['1e3', null],
  ['Infinity', null],
])('%j is read as %j', (text, number) => {
  expect(numberIn(text)).toBe(number)
})

test.each([
  ['```answer\n18\n```', true],
  ['18', true],
  ['```answer\n17\n```\n```answer\n18\n```', true],
  ['```answer\n18\n```\n```answer\n17\n```', false],
  ['It is\n18', false],
  ['```answer\n\n```', false],
  ['```answer\n18 dollars\n```', false],
])('%j is marked', async (reply, correct) => {
  const task = all.find((one) => problemOf(one).number === 1) as (typeof all)[number]
  expect(await gsm8k.oracle(task, reply)).toMatchObject({ correct })
})

test('a task that is not of here is refused', async () => {
  const task = { id: 'x', text: '', protect: [], facts: [] }
  await expect(gsm8k.oracle(task, '1')).rejects.toThrow('not a task of gsm8k')
})
