import { AIMessage } from '@langchain/core/messages'
import { interrupt, MemorySaver, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stoppedClock } from '../../core/clock.js'
import type { CompiledGraph } from '../../core/system.js'
import { baselineBudget } from '../../engine/meter.js'
import { cutSeams } from '../../engine/session.js'
import { executeTrial } from '../../engine/trial.js'
import { ask, modelOf, oneNode, sums, systemOf, task, tried } from './stage.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await cutSeams([import.meta.dirname])
})
afterAll(() => uninstall())

const outcomeOf = async (...given: Parameters<typeof tried>) => (await tried(...given)).outcome
const says = (text: string) => oneNode(() => ({ messages: [new AIMessage(text)] }))
const fails = (message: string) => () => {
  throw new Error(message)
}

describe('a trial is answered', () => {
  test('right', async () => {
    expect(await outcomeOf(systemOf(oneNode(ask)))).toEqual({
      ...{ kind: 'answered', answer: '4', correct: true },
      mark: { correct: true, result: 'right', note: '' },
    })
  })

  test('wrong', async () => {
    const outcome = await outcomeOf(systemOf(oneNode(ask)), { model: modelOf(() => '5') })
    expect(outcome).toMatchObject({ kind: 'answered', answer: '5', correct: false })
  })

  test('with a long answer cut and what looks like a key masked, but marked as it was', async () => {
    const answer = `sk-abcdefghijklmnopqrst ${'4'.repeat(600)}`
    const outcome = await outcomeOf(systemOf(says(answer)), {
      scenario: {
        ...sums,
        oracle: async (_, given) => await sums.oracle(task, given === answer ? '4' : ''),
      },
    })
    expect(outcome).toMatchObject({ kind: 'answered', correct: true })
    const kept = outcome.kind === 'answered' ? outcome.answer : ''
    expect(kept).toHaveLength(400)
    expect(kept).toMatch(/^\[secret\] 4+…$/)
  })
})

describe('a trial has no answer', () => {
  test.each([
    ['a model says nothing', says('  ')],
    ['nobody says anything', oneNode(() => ({}))],
  ])('when %s', async (_, build) => {
    expect(await outcomeOf(systemOf(build))).toEqual({ kind: 'no-answer' })
  })

  test('when answer() gives null', async () => {
    const system = systemOf(oneNode(ask), { answer: () => null })
    expect(await outcomeOf(system)).toEqual({ kind: 'no-answer' })
  })

  test('when the graph stops to ask a person, whatever was said before', async () => {
    const build = () =>
      new StateGraph(MessagesAnnotation)
        .addNode('a', () => ({ messages: [new AIMessage('4')] }))
        .addNode('b', () => {
          interrupt('Is it 4?')
          return {}
        })
        .addEdge(START, 'a')
        .addEdge('a', 'b')
        .compile({ checkpointer: new MemorySaver() }) as CompiledGraph
    expect(await outcomeOf(systemOf(build))).toEqual({ kind: 'no-answer' })
  })
})

describe('a trial is crashed', () => {
  test.each([
    ['in a node', systemOf(oneNode(fails('node broke')))],
    ['in build', systemOf(fails('node broke'))],
    ['in an asynchronous build', systemOf(async () => fails('node broke')())],
    ['in input()', systemOf(oneNode(ask), { input: fails('node broke') })],
  ])('%s', async (_, system) => {
    expect(await outcomeOf(system)).toEqual({ kind: 'crashed', error: 'node broke' })
  })

  test('in answer()', async () => {
    const outcome = await outcomeOf(systemOf(oneNode(ask), { answer: fails('none') }))
    expect(outcome).toEqual({ kind: 'crashed', error: 'answer(state): none' })
  })

  test("by its model, which is the system's own affair", async () => {
    const outcome = await outcomeOf(systemOf(oneNode(ask)), { model: modelOf(fails('no answer')) })
    expect(outcome).toEqual({ kind: 'crashed', error: 'no answer' })
  })

  test('with a long error cut and what looks like a key masked', async () => {
    const outcome = await outcomeOf(
      systemOf(oneNode(fails(`key sk-abcdefghijklmnopqrst ${'x'.repeat(500)}`))),
    )
    const error = outcome.kind === 'crashed' ? outcome.error : ''
    expect(error).toMatch(/^key \[secret\] x+…$/)
    expect(error).toHaveLength(400)
  })

  test('by something that is no error', async () => {
    const build = oneNode(() => {
      throw { odd: true }
    })
    expect(await outcomeOf(systemOf(build))).toMatchObject({ kind: 'crashed' })
  })
})

describe('a trial is void', () => {
  test('when the oracle throws', async () => {
    const scenario = { ...sums, oracle: async () => fails('no reference')() }
    expect(await outcomeOf(systemOf(oneNode(ask)), { scenario })).toEqual({
      ...{ kind: 'void', reason: 'oracle: no reference' },
    })
  })

  test('when a model is called outside every node', async () => {
    const system = systemOf((context) => {
      const graph = oneNode(ask)(context)
      return {
        nodes: graph.nodes,
        invoke: async (input, config) => {
          await context.model.invoke('Who are you?')
          return graph.invoke(input, config)
        },
      }
    })
    expect(await outcomeOf(system)).toEqual({
      ...{ kind: 'void', reason: 'a model was called outside every node' },
    })
  })

  test.each([
    ['and the system crashes of it', ask],
    [
      'even if the system swallows it and answers',
      async () => ({ messages: [new AIMessage('4')] }),
    ],
  ])('when a part of the testbed throws, %s', async (_, fallback) => {
    const build = oneNode(async (state, context) => {
      try {
        return await ask(state, context)
      } catch (error) {
        if (fallback === ask) throw error
        return fallback(state, context)
      }
    })
    const setup = {
      ...{ system: systemOf(build), scenario: sums, task, seed: 1, model: modelOf(() => '4') },
      ...{ without: new Set<string>(), budget: baselineBudget, clock: stoppedClock },
    }
    const { outcome } = await executeTrial(setup, () => ({
      fired: [],
      input: (__, input) => input,
      prompt: fails('a bug of ours'),
      reply: (__, message) => message,
      writes: (__, writes) => writes,
    }))
    expect(outcome).toEqual({ kind: 'void', reason: 'a bug of ours' })
  })
})
