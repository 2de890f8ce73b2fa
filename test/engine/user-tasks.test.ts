import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkedTasks, readTasksFile } from '../../engine/user-tasks.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-tasks-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const reading = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return readTasksFile(path)
}
const two = [
  { id: 'a', text: 'What is 2 + 2?', expected: '4' },
  { id: 'b', text: 'And 3 + 3?', expected: 6 },
]

describe('a file of tasks', () => {
  test.each([
    ['tasks.json', JSON.stringify(two)],
    ['tasks.jsonl', `${two.map((task) => JSON.stringify(task)).join('\n\n')}\n`],
    ['dos.jsonl', `${two.map((task) => JSON.stringify(task)).join('\r\n')}\r\n`],
    [
      'tasks.yaml',
      "- {id: a, text: 'What is 2 + 2?', expected: '4'}\n- id: b\n  text: And 3 + 3?\n  expected: 6\n",
    ],
    ['tasks.yml', JSON.stringify(two)],
  ])('is read as %s', async (name, text) => {
    expect(await reading(name, text)).toEqual({ path: join(folder, name), tasks: two })
  })

  test('names the line that is no JSON', async () => {
    const text = `${JSON.stringify(two[0])}\n\n{"id": "b",\n`
    await expect(reading('torn.jsonl', text)).rejects.toMatchObject({
      code: 'bad-tasks',
      message: expect.stringMatching(/torn\.jsonl cannot be read: line 3: /),
      hint: expect.stringContaining('One JSON object per line'),
    })
  })

  test('names the line of a task that is not usable', async () => {
    const text = `${JSON.stringify(two[0])}\n\n{"id": "b", "text": 3}\n`
    await expect(reading('odd.jsonl', text)).rejects.toThrow(
      'odd.jsonl are not usable: line 3: text: ',
    )
    await expect(reading('odd.jsonl', '3')).rejects.toThrow('not usable: line 1: ')
    const wrong = JSON.stringify({ ...two[0], oracle: 'fuzzy' })
    await expect(reading('odd.jsonl', wrong)).rejects.toThrow('line 1: oracle: ')
  })

  test('may say how answers are compared and what jobs mean', async () => {
    const text =
      'oracle: {kind: numeric, tolerance: 0.5}\nbriefings: {produce: Add up.}\ntasks:\n- {id: a, text: 1 + 1?, expected: 2, oracle: exact}\n'
    expect(await reading('whole.yaml', text)).toEqual({
      path: join(folder, 'whole.yaml'),
      oracle: { kind: 'numeric', tolerance: 0.5 },
      briefings: { produce: 'Add up.' },
      tasks: [{ id: 'a', text: '1 + 1?', expected: 2, oracle: { kind: 'exact' } }],
    })
  })

  test.each([
    ['{tasks: [], oracles: exact}', 'Unrecognized key'],
    ['{tasks: [{id: a, text: b}], oracle: fuzzy}', 'oracle: '],
    ['{tasks: [{id: a, text: b}], briefings: {cook: Cook.}}', 'briefings'],
    ['{tasks: 3}', 'The tasks of'],
  ])('%s is refused', async (text, message) => {
    await expect(reading('odd.yaml', text)).rejects.toThrow(message)
  })

  test.each([
    ['bad.json', '[{]'],
    ['bad.yaml', 'a: [1'],
  ])('%s that is broken is refused with its name', async (name, text) => {
    await expect(reading(name, text)).rejects.toMatchObject({
      code: 'bad-tasks',
      message: expect.stringContaining(`${name} cannot be read: `),
    })
  })

  test('that is missing is refused', async () => {
    await expect(readTasksFile(join(folder, 'none.json'))).rejects.toMatchObject({
      code: 'bad-tasks',
      message: expect.stringContaining('There is no file'),
    })
  })
})

describe('tasks', () => {
  test('may have numbers as ids and anything as expectation', () => {
    const tasks = checkedTasks([{ id: 7, text: 'x', expected: { a: 1 }, more: true }], 'x.ts')
    expect(tasks).toMatchObject([{ id: '7', text: 'x', expected: { a: 1 } }])
  })

  test('must not share an id, nor a number and a text that look the same', () => {
    const again = [two[0], { ...two[1], id: 'a' }]
    expect(() => checkedTasks(again, 'x.ts')).toThrow('Two tasks of x.ts have the id "a".')
    const alike = [
      { ...two[0], id: 1 },
      { ...two[1], id: '1' },
    ]
    expect(() => checkedTasks(alike, 'x.ts')).toThrow('Two tasks of x.ts have the id "1".')
  })

  test.each<readonly [unknown, RegExp]>([
    [[{ id: 'a', text: '' }], /x\.ts are not usable: 0\.text/],
    [[two[0], { text: 'x' }], /not usable: 1\.id/],
    [[{ id: '', text: 'x' }], /not usable: 0\.id/],
    [[], /not usable/],
    [{ id: 'a', text: 'x' }, /not usable/],
    [null, /not usable/],
  ])('%j are refused with the place of the mistake', (tasks, message) => {
    expect(() => checkedTasks(tasks, 'x.ts')).toThrow(message)
  })
})
