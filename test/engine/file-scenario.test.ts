import { describe, expect, test } from 'vitest'
import type { Task } from '../../core/scenario.js'
import { jobs } from '../../core/system.js'
import { fileScenario, namedOracle } from '../../engine/file-scenario.js'
import { isRightBy, type TaskOracle } from '../../engine/task-oracles.js'
import type { TaskFile, UserTask } from '../../engine/user-tasks.js'

const one = (more: Partial<UserTask> = {}): UserTask => ({
  id: 'a',
  text: 'b?',
  expected: 'c',
  ...more,
})
const fileOf = (more: Partial<TaskFile> = {}): TaskFile => ({
  path: 'x/Some file.yaml',
  tasks: [one()],
  ...more,
})
const own = { mark: (_: unknown, answer: string) => ({ correct: answer === 'mine' }), hash: 'h' }

describe('an oracle', () => {
  const right = (oracle: TaskOracle, expected: unknown, answer: string) =>
    isRightBy(oracle, { id: 'a', expected }, { answer, custom: null })
  const numeric = { kind: 'numeric' } as const
  const regex = { kind: 'regex' } as const
  const json = { kind: 'json' } as const

  test.each<readonly [TaskOracle, unknown, string]>([
    [{ kind: 'exact' }, 'Rome', ' Rome\n'],
    [{ kind: 'exact' }, 4, '4'],
    [numeric, 4, '4.0'],
    [numeric, '1,200', '$1 200'],
    [{ ...numeric, tolerance: 0.5 }, 4, '4.5'],
    [regex, '^R.m', 'Rome'],
    [{ ...regex, flags: 'i' }, '^r', 'Rome'],
    [json, { a: 1 }, '{"a": 1, "b": 2}'],
    [json, { a: [{ b: null }] }, '```json\n{"a": [{"b": null, "c": 3}]}\n```'],
    [json, [1, 2], '[1, 2]'],
    [json, 'x', '"x"'],
  ])('%j takes for %j: %s', async (oracle, expected, answer) => {
    expect(await right(oracle, expected, answer)).toBe(true)
  })

  test.each<readonly [TaskOracle, unknown, string]>([
    [{ kind: 'exact' }, 'Rome', 'rome'],
    [numeric, 4, 'four'],
    [numeric, 4, '4.5'],
    [numeric, 4, ''],
    [regex, '^R', 'rome'],
    [json, { a: 1 }, '{"a": "1"}'],
    [json, { a: 1 }, 'a: 1'],
    [json, [1], '[1, 2]'],
    [json, {}, '[]'],
    [json, [], '{}'],
    [json, { toString: 1 }, '{}'],
    [{ kind: 'custom' }, 'x', 'x'],
  ])('%j does not take for %j: %s', async (oracle, expected, answer) => {
    expect(await right(oracle, expected, answer)).toBe(false)
  })
})

describe('a file as work', () => {
  const marked = async (file: TaskFile, answer: string, custom = true) => {
    const scenario = fileScenario(file, custom ? own : null)
    const [task] = await scenario.tasks({ count: 1, seed: 1 })
    return (await scenario.oracle(task as Task, answer)).result
  }

  test('asks the task’s oracle before the file’s, and the user’s where neither says anything', async () => {
    expect(await marked(fileOf(), 'mine')).toBe('right')
    expect(await marked(fileOf({ oracle: { kind: 'exact' } }), 'c')).toBe('right')
    expect(await marked(fileOf({ oracle: { kind: 'exact' } }), 'mine')).toBe('wrong')
    const exact = fileOf({
      oracle: { kind: 'exact' },
      tasks: [one({ oracle: { kind: 'custom' } })],
    })
    expect(await marked(exact, 'mine')).toBe('right')
    // Nobody says anything: as text, white space and case aside, or as numbers.
    expect(await marked(fileOf(), ' C', false)).toBe('right')
  })

  test('briefs every job, in the words of the file where it has some', () => {
    const { briefings, realOnly } = fileScenario(fileOf(), null)
    expect(realOnly).toBe(true)
    for (const job of jobs) expect(briefings[job]).toMatch(new RegExp(`^Your job is to ${job}\\b`))
    const words = { produce: 'Your job is to produce a poem.', review: 'Your job is to review it.' }
    const other = fileScenario(fileOf({ briefings: words }), null).briefings
    // Systems read answers from this block, so it is asked for in any case.
    expect(other.produce).toMatch(/^Your job is to produce a poem\. .*one ```answer block/)
    expect(other.review).toBe(words.review)
    expect(other.plan).toBe(briefings.plan)
  })

  test.each<readonly [Partial<UserTask>, string]>([
    [{ oracle: { kind: 'numeric' } }, 'numeric compares numbers, and "c" is none'],
    [{ oracle: { kind: 'regex' }, expected: '(' }, '"(" is no regular expression'],
    [{ oracle: { kind: 'json' }, expected: undefined }, 'it has no "expected"'],
    [{ oracle: { kind: 'custom' } }, 'its oracle is custom, and there is none'],
    [{ expected: undefined }, 'it has no "expected"'],
  ])('%j is refused with the task and what to do', (task, message) => {
    const file = fileOf({ tasks: [one(task)] })
    expect(() => fileScenario(file, null)).toThrow(`x/Some file.yaml, task "a": ${message}.`)
  })

  test('leaves a graph’s own oracle alone where it names none', () => {
    expect(namedOracle(fileOf(), null)(one())).toBeNull()
    expect(namedOracle(fileOf({ oracle: { kind: 'exact' } }), null)(one())).not.toBeNull()
  })
})
