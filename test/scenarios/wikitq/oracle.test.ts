import { describe, expect, test } from 'vitest'
import { scenarios } from '../../../scenarios/catalogue.js'
import { wikitq } from '../../../scenarios/wikitq/index.js'
import { questions } from '../../../scenarios/wikitq/questions.js'
import { questionOf, tasks } from '../../../scenarios/wikitq/tasks.js'
import { matches } from '../../../scenarios/wikitq/values.js'

const all = tasks({ count: 1000, seed: 1 })
const block = (values: readonly string[]) => `\`\`\`answer\n${values.join('\n')}\n\`\`\``
const mark = (task: (typeof all)[number], values: readonly string[]) =>
  wikitq.oracle(task, block(values))
/** The task of a question of the data set. */
const asking = (id: string) =>
  all.find((task) => questionOf(task).id === id) as (typeof all)[number]
const several = all.filter((task) => questionOf(task).targetValue.length > 1)

describe('the tasks', () => {
  test('are all questions of the data set, each once', () => {
    expect(all).toHaveLength(575)
    expect(new Set(all.map((task) => questionOf(task).id)).size).toBe(575)
    const types = questions().map(({ targetCanonType }) => targetCanonType)
    const count = (type: string) => types.filter((one) => one === type).length
    expect([count('number'), count('string'), count('date')]).toEqual([298, 262, 15])
    expect(several).toHaveLength(16)
  })

  test('begin with many tables, not with many questions about one', () => {
    const found = tasks({ count: 30, seed: 1 }).map((task) => questionOf(task).table)
    expect(new Set(found).size).toBeGreaterThan(20)
  })

  test('that are not of here are refused', async () => {
    const task = { id: 'x', text: '', protect: [], facts: [] }
    await expect(wikitq.oracle(task, '1')).rejects.toThrow('not a task of wikitq')
  })

  test('have the tools of table-qa, on tables of every shape', async () => {
    for (const task of all.slice(0, 40)) {
      const { tools } = wikitq.environment?.(task) ?? { tools: [] }
      const rows = /has (\d+) rows/.exec(task.text)?.[1]
      const read = tools.find(({ name }) => name === 'read_rows')
      const text: string = await read?.invoke({ from: 1, to: Number(rows) })
      expect(text.split('\n')).toHaveLength(Number(rows) + 1)
    }
    const names = ['table-qa', 'wikitq'].map((id) => {
      const scenario = scenarios.find((one) => one.id === id)
      const [task] = (scenario?.tasks({ count: 1, seed: 1 }) ?? []) as typeof all
      return scenario?.environment?.(task as (typeof all)[number]).tools.map(({ name }) => name)
    })
    expect(names[0]).toEqual(names[1])
  })
})

describe('every question', () => {
  test('is answered by its own values, in a block and without', async () => {
    for (const task of all) {
      const { targetValue } = questionOf(task)
      for (const reply of [block(targetValue), targetValue.join('\n')]) {
        expect(await wikitq.oracle(task, reply), task.text).toMatchObject({ result: 'right' })
      }
    }
  })

  test('is answered by the values as the tagged data has them', async () => {
    for (const task of all) {
      const { targetCanon } = questionOf(task)
      expect(await mark(task, targetCanon), task.text).toMatchObject({ result: 'right' })
    }
  })

  test('is answered by its values in another order, and not by more or fewer of them', async () => {
    for (const task of several) {
      const { targetValue } = questionOf(task)
      expect((await mark(task, targetValue.toReversed())).correct).toBe(true)
      expect((await mark(task, targetValue.slice(1))).correct).toBe(false)
      expect((await mark(task, [...targetValue, 'Atlantis'])).correct).toBe(false)
      expect((await mark(task, [...targetValue.slice(1), 'Atlantis'])).correct).toBe(false)
      expect((await mark(task, [targetValue.join(', ')])).correct).toBe(false)
    }
  })

  test('is not answered by a mutant of its value', async () => {
    for (const task of all) {
      const { targetValue, targetCanon, targetCanonType } = questionOf(task)
      const mutants = {
        number: [String(Number(targetCanon[0]) + 1), String(-1 - Number(targetCanon[0]))],
        string: [`not ${targetValue[0]}`, `${targetValue[0]} x`],
        date: ['1066-10-14', 'xxxx-13-xx', 'xxxx-xx-xx'],
      }[targetCanonType]
      for (const mutant of mutants) {
        expect((await mark(task, [mutant, ...targetValue.slice(1)])).correct, mutant).toBe(false)
      }
    }
  })

  test('is not answered by the value of another one, nor by a wish to be right', async () => {
    for (const [at, task] of all.entries()) {
      const other = questionOf(all[(at + 1) % all.length] as typeof task)
      const same = other.targetCanon.join() === questionOf(task).targetCanon.join()
      expect((await mark(task, other.targetValue)).correct, task.text).toBe(same)
      expect((await mark(task, ['right'])).correct).toBe(false)
    }
  })
})

describe('one value', () => {
  const number = (text: string, canon: string) => ({ text, canon, type: 'number' }) as const
  const date = (text: string, canon: string) => ({ text, canon, type: 'date' }) as const
  const string = (text: string) => ({ text, canon: text, type: 'string' }) as const

  test.each([
    [number('9', '9.0'), '9'],
    [number('9', '9.0'), '9.0000001'],
    [number('34 years', '34.0'), '34'],
    [number('34 years', '34.0'), '34 Years.'],
    [number('$1.56 billion', '1560000000.0'), '1,560,000,000'],
    [number('£4.00', '4.0'), '4'],
    [number('-6176', '-6176.0'), '−6,176'],
    [number('1987', '1987.0'), '1987'],
    [date('December', 'xxxx-12-xx'), 'december'],
    [date('December', 'xxxx-12-xx'), 'xx-12-xx'],
    [date('February 1795', '1795-02-xx'), '1795-2-XX'],
    [date('14 June 2005', '2005-06-14'), '2005-6-14'],
    [string('"Thin Line"'), 'Thin Line'],
    [string('Japan (JPN)'), 'Japan'],
    [string('Japan (JPN)'), 'japan (JPN) [2].'],
    [string('Nataša Marić'), 'Natasa Maric'],
    [string('2003–04'), '2003-04'],
  ])('%j is %j', (target, given) => {
    expect(matches(target, given)).toBe(true)
  })

  test.each([
    [number('9', '9.0'), '9.00001'],
    [number('9', '9.0'), 'nine'],
    [number('34 years', '34.0'), '34 days'],
    [number('1', '1.0'), 'Infinity'],
    [date('February 1795', '1795-02-xx'), '1795'],
    [date('February 1795', '1795-02-xx'), '1795-02-01'],
    [date('December', 'xxxx-12-xx'), 'xxxx-12-01'],
    [date('14 June 2005', '2005-06-14'), '2005-14-06'],
    [string('5'), '5.0'],
    [string('Japan (JPN)'), '(JPN)'],
    [string('Fiji'), 'Fiji and Samoa'],
  ])('%j is not %j', (target, given) => {
    expect(matches(target, given)).toBe(false)
  })
})

describe('the form of an answer', () => {
  const task = asking('nu-683')
  test.each([
    ['```answer\n9\n```', 'right'],
    ['I counted.\n```answer\n8\n```\n```answer\n9 \n\n```\nDone.', 'right'],
    ['```answer\n9\n```\n```answer\n```', 'no-block'],
    ['```text\n9\n```', 'no-block'],
    ['', 'no-block'],
    ['I counted.\n9', 'wrong'],
    ['```answer\n9\n9\n```', 'wrong'],
  ])('%j is marked', async (reply, result) => {
    expect(await wikitq.oracle(task, reply)).toMatchObject({ result, correct: result === 'right' })
  })
})
