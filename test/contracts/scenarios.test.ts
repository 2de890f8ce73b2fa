import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Task } from '../../core/scenario.js'
import { jobs } from '../../core/system.js'
import { scenarios } from '../../scenarios/catalogue.js'

const folder = join(import.meta.dirname, '../../scenarios')

/** The name under which a thing of an id is exported. */
const exportOf = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen)
  return Object.freeze(value)
}

describe.each(scenarios)('scenario $id', (scenario) => {
  const draw = (count: number, seed = 1) => scenario.tasks({ count, seed })

  test('lies in the folder of its id and is exported under it', async () => {
    const module: Readonly<Record<string, unknown>> = await import(
      `${folder}/${scenario.id}/index.ts`
    )
    expect(module[exportOf(scenario.id)]).toBe(scenario)
  })

  test('has a summary of one sentence and a licence', () => {
    expect(scenario.summary).toMatch(/^[A-Z][^.]*\.$/)
    expect(scenario.licence).not.toBe('')
  })

  test('briefs jobs with their name', () => {
    const briefed = jobs.filter((job) => scenario.briefings[job] !== undefined)
    expect(briefed).toContain('produce')
    for (const job of briefed) {
      expect(scenario.briefings[job]).toMatch(new RegExp(`^Your job is to ${job}\\b`))
    }
  })

  test('numbers its tasks', async () => {
    const ids = (await draw(30)).map(({ id }) => id)
    if (scenario.keepsNumbers) {
      expect(new Set(ids).size).toBe(30)
      for (const id of ids) expect(id).toMatch(/^t(0|[1-9]\d*)$/)
    } else expect(ids).toEqual(Array.from({ length: 30 }, (_, index) => `t${index + 1}`))
  })

  test('has the same tasks for the same seed, however many are asked for', async () => {
    expect(await draw(9)).toEqual((await draw(30)).slice(0, 9))
    expect(await draw(9, 2)).not.toEqual(await draw(9, 1))
  })

  test('states its facts and what is to be protected in the text', async () => {
    for (const { text, facts, protect } of await draw(30)) {
      expect(facts.length).toBeGreaterThan(0)
      for (const { sentence } of facts) expect(text).toContain(sentence)
      for (const words of protect) expect(text).toContain(words)
    }
  })

  test('changes no task that it is given', async () => {
    const [task] = frozen(await draw(1))
    await scenario.oracle(task as Task, 'something')
    expect(scenario.environment?.(task as Task).tools.length).not.toBe(0)
  })

  test('marks alike what is alike, also when the task was written down in between', async () => {
    for (const task of await draw(7)) {
      const copy: Task = JSON.parse(JSON.stringify(task))
      expect(await scenario.oracle(copy, '17')).toEqual(await scenario.oracle(task, '17'))
    }
  })

  test('gives a task that was written down the same tools', async () => {
    for (const task of await draw(7)) {
      const replies = async (one: Task) => {
        const tools = scenario.environment?.(one).tools ?? []
        return Promise.all(tools.map((tool) => tool.invoke({})))
      }
      const copy: Task = JSON.parse(JSON.stringify(task))
      expect(await replies(copy)).toEqual(await replies(task))
    }
  })

  test('marks an answer alike whether tools lie unused or there are none', async () => {
    for (const task of await draw(7)) {
      const unused = scenario.environment?.(task)
      const mark = await scenario.oracle(task, '17')
      expect(await scenario.oracle(task, '17', unused)).toEqual(mark)
      expect(mark.note).toMatch(/\.$/)
    }
  })

  test('marks nothing as wrong', async () => {
    const [task] = await draw(1)
    expect(await scenario.oracle(task as Task, '')).toMatchObject({ correct: false })
  })

  test('offers tools that are told apart and refuse nonsense in words', async () => {
    const [task] = await draw(1)
    const tools = scenario.environment?.(task as Task).tools ?? []
    expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length)
    for (const tool of tools) {
      expect(tool.description).toMatch(/\.$/)
      expect(await tool.invoke({ nonsense: 1 })).toMatch(/^Invalid arguments for /)
    }
  })

  test('gives each trial tools of its own', async () => {
    const [task] = await draw(1)
    const tools = () => scenario.environment?.(task as Task).tools ?? []
    for (const [index, tool] of tools().entries()) expect(tools()[index]).not.toBe(tool)
  })
})
