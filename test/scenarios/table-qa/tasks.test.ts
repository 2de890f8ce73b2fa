import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Task } from '../../../core/scenario.js'
import { holdsAnswer } from '../../../scenarios/table-qa/answers.js'
import { oracle } from '../../../scenarios/table-qa/oracle.js'
import { questionTypes } from '../../../scenarios/table-qa/questions.js'
import { solve } from '../../../scenarios/table-qa/solution.js'
import { cellsOf, tableNamed } from '../../../scenarios/table-qa/tables.js'
import { questionOf, tasks } from '../../../scenarios/table-qa/tasks.js'
import { taskText } from '../../../scenarios/table-qa/text.js'
import { sample } from './sample.js'

const all = tasks({ count: 500, seed: 1 })

const known = (task: Task) => {
  const question = questionOf(task)
  const table = tableNamed(question.table)
  return { question, table, answer: solve(question, table) ?? '' }
}

describe('500 tasks', () => {
  test('take turns by type', () => {
    const types = all.map((task) => questionOf(task).type)
    expect(types.slice(0, 14)).toEqual([...questionTypes, ...questionTypes])
    for (const type of questionTypes) {
      expect(types.filter((found) => found === type).length).toBeGreaterThan(70)
    }
  })

  test('use every table', () => {
    expect(new Set(all.map((task) => questionOf(task).table)).size).toBe(59)
  })

  test('put each type in both of its ways', () => {
    for (const type of questionTypes) {
      const same = all.filter((task) => questionOf(task).type === type)
      const starts = same.map(({ facts }) => facts[0]?.sentence.split(' ').slice(0, 2).join(' '))
      expect(new Set(starts).size, type).toBeGreaterThan(1)
    }
  })

  test('are solved by their own solution', async () => {
    for (const task of all) {
      expect(await oracle(task, known(task).answer)).toMatchObject({ result: 'right' })
    }
  })

  test('are not solved by another row, column or number', async () => {
    for (const task of all) {
      const { table, answer } = known(task)
      const others = /^-?[\d.]+$/.test(answer)
        ? [Number(answer) + 1, Number(answer) - 1, -Number(answer), Number(answer) * 10].map(String)
        : cellsOf(table, table.key).filter((cell) => cell !== answer)
      for (const other of [...others, ...table.columns.map(({ name }) => name)]) {
        if (Number(other) === Number(answer)) continue // 0 times 10
        expect(await oracle(task, other), `${task.id} ${other}`).toMatchObject({ result: 'wrong' })
      }
    }
  })

  test('do not hold their answer, except those that compare two cells', () => {
    for (const task of all) {
      const { question, answer } = known(task)
      expect(holdsAnswer(task.text, answer), task.id).toBe(question.type === 'compare')
    }
  })

  test('state their facts in so many words', () => {
    for (const { text, facts, protect } of all) {
      for (const { sentence } of facts) expect(text).toContain(sentence)
      for (const words of protect) expect(text).toContain(words)
    }
  })
})

describe('a task', () => {
  const question = {
    type: 'most',
    table: 'sample',
    key: 'Nation',
    number: 'Gold',
    direction: 'high',
  } as const

  test('has the agreed shape', () => {
    expect(taskText(question, sample, 0).split('\n')).toEqual([
      'Answer a question about a table.',
      '',
      '## Question',
      'Which "Nation" has the highest "Gold"?',
      '',
      '## Table',
      '- The table has 4 rows.',
      '- The columns are "Nation" (text), "Continent" (text), "Gold" (number), "Change" (number).',
      '',
      'Reply with exactly one ```answer block that holds the answer alone.',
    ])
  })

  test('shows the rows too when it shall', () => {
    expect(taskText(question, sample, 0, 'task')).toContain(
      '\n\n## Rows\nNation | Continent | Gold | Change\nItaly | Europe | 12 | 0.1\nJapan | Asia |',
    )
    const [task] = tasks({ count: 1, seed: 1, tableIn: 'task' })
    expect(task?.text).toContain('## Rows')
    expect(all[0]?.text).not.toContain('## Rows')
  })

  test('is the same however many are asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer(), (count, seed) => {
        expect(tasks({ count, seed })).toEqual(tasks({ count: 60, seed }).slice(0, count))
      }),
      { numRuns: 20 },
    )
  })

  test('differs by seed', () => {
    const texts = (seed: number) => tasks({ count: 7, seed }).map(({ text }) => text)
    expect(texts(1)).not.toEqual(texts(2))
  })

  test('is marked alike when it was written down and read in another process', async () => {
    vi.resetModules()
    const fresh = await import('../../../scenarios/table-qa/oracle.js')
    for (const task of all.slice(0, 21)) {
      const copy: Task = JSON.parse(JSON.stringify(task))
      const { answer } = known(task)
      for (const given of [answer, `${answer} or so`, '```answer\n```']) {
        expect(await fresh.oracle(copy, given)).toEqual(await oracle(task, given))
      }
    }
  })

  test('of another origin is refused', async () => {
    const foreign: Task = { id: 't1', text: 'What is love?', protect: [], facts: [] }
    await expect(oracle(foreign, '42')).rejects.toThrow('not a task of table-qa')
  })
})
