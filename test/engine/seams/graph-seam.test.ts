import {
  Annotation,
  Command,
  interrupt,
  MemorySaver,
  Send,
  START,
  StateGraph,
} from '@langchain/langgraph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTrial, openTrial, type Policy } from '../../../engine/seams/context.js'
import type { Write } from '../../../engine/seams/routes.js'
import { installEverywhere, tried, watching } from './trial.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await installEverywhere()
})
afterAll(() => uninstall())

const Word = Annotation.Root({ word: Annotation<string> })
test('a conditional edge routes on the changed write', async () => {
  const graph = new StateGraph(Word)
    .addNode('a', async () => ({ word: 'good' }))
    .addNode('g', async () => ({ word: 'went to g' }))
    .addNode('h', async () => ({ word: 'went to h' }))
    .addEdge(START, 'a')
    .addConditionalEdges('a', ({ word }) => (word === 'good' ? 'g' : 'h'), ['g', 'h'])
    .compile()
  const evil: Policy = {
    onWrites: (_, writes) =>
      writes.map(([channel, value]): Write => [channel, value === 'good' ? 'evil' : value]),
  }
  expect((await tried({}, () => graph.invoke({ word: '' }))).result.word).toBe('went to g')
  expect((await tried(evil, () => graph.invoke({ word: '' }))).result.word).toBe('went to h')
})

describe('interrupts, retries and errors', () => {
  test('a resumed execution is the next attempt of the same one, and an interrupt is no error', async () => {
    const graph = new StateGraph(Word)
      .addNode('ask', async () => ({ word: `heard ${interrupt('what?')}` }))
      .addEdge(START, 'ask')
      .compile({ checkpointer: new MemorySaver() })
    const thread = { configurable: { thread_id: '1' } }
    const { seen, policy } = watching()
    const { result } = await tried(policy, async () => [
      await graph.invoke({ word: '' }, thread),
      await graph.invoke(new Command({ resume: 'yes' }), thread),
    ])
    expect(result).toMatchObject([{ __interrupt__: [{ value: 'what?' }] }, { word: 'heard yes' }])
    expect(seen.executions).toEqual(['ask#0', 'ask#0~1'])
    expect(seen.errors).toEqual([])
  })

  const flaky = (failures: number) => {
    let tries = 0
    const node = async () => {
      tries += 1
      if (tries <= failures) throw new Error('real')
      return { word: `try ${tries}` }
    }
    const retryPolicy = { maxAttempts: 3, initialInterval: 1, jitter: false, logWarning: false }
    return new StateGraph(Word)
      .addNode('flaky', node, { retryPolicy })
      .addEdge(START, 'flaky')
      .compile()
  }

  test('a retry policy works, its attempts are counted and its errors are seen', async () => {
    const { seen, policy } = watching()
    const { result, trial } = await tried(policy, () => flaky(2).invoke({ word: '' }))
    expect(result.word).toBe('try 3')
    expect(seen.executions).toEqual(['flaky#0', 'flaky#0~1', 'flaky#0~2'])
    expect(seen.errors).toEqual(['flaky#0', 'flaky#0'])
    expect(trial.failure).toBeNull()
  })

  test('an error thrown at the input is retried like a real one', async () => {
    const policy: Policy = {
      onInput: ({ attempt }, input) => {
        if (attempt === 0) throw new Error('injected')
        return input
      },
    }
    const { result } = await tried(policy, () => flaky(0).invoke({ word: '' }))
    expect(result.word).toBe('try 1')
  })

  test('an error of a policy that was not deliberate is kept as a failure of the testbed', async () => {
    const trial = openTrial({
      onWrites: () => {
        throw new Error('a bug of ours')
      },
    })
    const work = inTrial(trial, () => flaky(0).invoke({ word: '' }))
    await expect(work).rejects.toThrow('a bug of ours')
    expect(trial.failure).toBe('a bug of ours')
  })

  test('an error of the system passes through unchanged', async () => {
    const { seen, policy } = watching()
    const error = new Error('of the system')
    const graph = new StateGraph(Word)
      .addNode('bad', async () => {
        throw error
      })
      .addEdge(START, 'bad')
      .compile()
    const trial = openTrial(policy)
    await expect(inTrial(trial, () => graph.invoke({ word: '' }))).rejects.toBe(error)
    expect(seen.errors).toEqual(['bad#0'])
    expect(trial.failure).toBeNull()
  })
})

test('what runs on after the end of a trial is counted and no longer touched', async () => {
  let release = () => {}
  const gate = new Promise<void>((open) => {
    release = open
  })
  const later = new StateGraph(Word)
    .addNode('late', async () => ({ word: 'true' }))
    .addEdge(START, 'late')
    .compile()
  const forgotten: Promise<unknown>[] = []
  const graph = new StateGraph(Word)
    .addNode('a', async () => {
      forgotten.push(gate.then(() => later.invoke({ word: '' })))
      return { word: 'done' }
    })
    .addEdge(START, 'a')
    .compile()
  const policy: Policy = {
    onWrites: ({ node }, writes) =>
      node === 'late' ? writes.map(([channel]): Write => [channel, 'forged']) : writes,
  }
  const { trial } = await tried(policy, () => graph.invoke({ word: '' }))
  trial.closed = true
  release()
  expect(await Promise.all(forgotten)).toEqual([{ word: 'true' }])
  expect(trial.late).toBeGreaterThan(0)
  expect([...trial.executions.values()].map(({ key }) => key)).toEqual(['__start__#0', 'a#0'])
})

describe('a route that LangGraph refuses', () => {
  const wayward = (to: string) =>
    new StateGraph(Word)
      .addNode('a', async () => new Command({ goto: new Send(to, {}) }), { ends: ['b'] })
      .addNode('b', async () => ({ word: 'b' }))
      .addEdge(START, 'a')
      .compile()
  const refused = async (to: string, policy: Policy) => {
    const trial = openTrial(policy)
    await expect(inTrial(trial, () => wayward(to).invoke({ word: '' }))).rejects.toThrow()
    return trial.failure
  }

  test('is the error of the system that chose it, also when a policy copied the writes', async () => {
    expect(await refused('nowhere', { onWrites: (_, writes) => [...writes] })).toBeNull()
  })

  test('is a failure of ours when a policy made it', async () => {
    const onWrites: Policy['onWrites'] = ({ node }, writes) =>
      node === 'a' ? [['__pregel_tasks', new Send('nowhere', {})] as Write] : writes
    expect(await refused('b', { onWrites })).not.toBeNull()
  })
})
