import { AIMessage } from '@langchain/core/messages'
import { END, MessagesAnnotation, Send, START, StateGraph } from '@langchain/langgraph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Clock } from '../../core/clock.js'
import type { CompiledGraph } from '../../core/system.js'
import { parseTrialCalls } from '../../core/trial-calls.js'
import { baselineBudget, baselineWithin, budgetFrom } from '../../engine/meter.js'
import { cutSeams } from '../../engine/session.js'
import { ask, oneNode, systemOf, tried, twoNodes } from './stage.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await cutSeams([import.meta.dirname])
})
afterAll(() => uninstall())

const outcomeOf = async (...given: Parameters<typeof tried>) => (await tried(...given)).outcome

describe('a trial is stalled', () => {
  const budget = (limits: Partial<typeof baselineBudget>) => ({
    budget: { ...baselineBudget, ...limits },
  })
  const looping = () =>
    new StateGraph(MessagesAnnotation)
      .addNode('a', () => ({}))
      .addEdge(START, 'a')
      .addConditionalEdges('a', () => 'a', ['a', END])
      .compile() as CompiledGraph
  const asksOften = (times: number) =>
    oneNode(async ({ messages }, { model }) => {
      for (let time = 0; time < times; time++) await model.invoke(messages)
      return { messages: [new AIMessage('4')] }
    })

  test('when a loop never ends', async () => {
    expect(await outcomeOf(systemOf(looping), budget({ steps: 7 }))).toEqual({
      ...{ kind: 'stalled', limit: 'steps' },
    })
  })

  test('when everybody wakes everybody, long before the supersteps are used up', async () => {
    let woken = 0
    const wakingAll = () => {
      const all = () => Array.from({ length: 10 }, () => new Send('a', {}))
      return new StateGraph(MessagesAnnotation)
        .addNode('a', () => {
          woken++
          return {}
        })
        .addConditionalEdges(START, all, ['a'])
        .addConditionalEdges('a', all, ['a', END])
        .compile() as CompiledGraph
    }
    const limits = { steps: 20, routes: 100 }
    expect(await outcomeOf(systemOf(wakingAll), budget(limits))).toEqual({
      ...{ kind: 'stalled', limit: 'steps' },
    })
    expect(woken).toBeLessThanOrEqual(limits.routes + 10)
  })

  test('when there are too many model calls, and not before', async () => {
    const { outcome, used } = await tried(systemOf(asksOften(9)), budget({ calls: 3 }))
    expect(outcome).toEqual({ kind: 'stalled', limit: 'calls' })
    expect(used.calls).toBe(4)
    expect(await outcomeOf(systemOf(asksOften(3)), budget({ calls: 3 }))).toMatchObject({
      ...{ kind: 'answered', correct: true },
    })
  })

  test('when there are too many tokens', async () => {
    const outcome = await outcomeOf(systemOf(asksOften(9)), budget({ tokens: 20 }))
    expect(outcome).toEqual({ kind: 'stalled', limit: 'tokens' })
  })

  test('even if the system swallows the error and answers', async () => {
    const build = oneNode(async ({ messages }, { model }) => {
      for (let time = 0; time < 5; time++) await model.invoke(messages).catch(() => undefined)
      return { messages: [new AIMessage('4')] }
    })
    const outcome = await outcomeOf(systemOf(build), budget({ calls: 2 }))
    expect(outcome).toEqual({ kind: 'stalled', limit: 'calls' })
  })

  test('when its time is up, and what it does later is not recorded', async () => {
    const { clock, ring } = handClock()
    let release = () => {}
    const build = twoNodes(
      async () => {
        const waiting = new Promise<void>((resolve) => {
          release = resolve
        })
        ring()
        await waiting
        return { messages: [new AIMessage('4')] }
      },
      () => ({}),
    )
    const { outcome, events } = await tried(systemOf(build), { clock })
    expect(outcome).toEqual({ kind: 'stalled', limit: 'time' })
    const recorded = events.length
    release()
    for (let turn = 0; turn < 20; turn++) await new Promise((resume) => setImmediate(resume))
    expect(events).toHaveLength(recorded)
  })

  test('and no clock is left ticking after a trial that was in time', async () => {
    const { clock, waiting } = handClock()
    await tried(systemOf(oneNode(ask)), { clock })
    expect(waiting()).toBe(0)
  })
})

describe('what a trial may use', () => {
  const used = { steps: 5, routes: 20, calls: 10, tokens: 1_000 }

  test('is four times what its baseline used and a little more, when nobody says how many calls', () => {
    expect(budgetFrom(used)).toEqual({
      ...{ steps: 45, routes: 5_400, calls: 100, tokens: 110_000, seconds: baselineBudget.seconds },
    })
  })

  test.each([
    ['12', 10, 12],
    ['500', 10, 500],
    ['1x', 7, 7],
    ['2x', 7, 14],
    ['1.5x', 7, 11],
    // In binary 1.1 x 10 is more than 11.
    ['1.1x', 10, 11],
    ['1.1x', 1, 2],
  ])('is with --trial-calls %s and %i calls of its baseline %i calls', (text, calls, most) => {
    const limit = parseTrialCalls(text)
    const { calls: _, ...usual } = budgetFrom({ ...used, calls })
    expect(budgetFrom({ ...used, calls }, { limit })).toEqual({ ...usual, calls: most })
  })

  test('is in a baseline limited by a number of calls, and not by a multiple of its own', () => {
    expect(baselineWithin(null)).toEqual(baselineBudget)
    expect(baselineWithin(parseTrialCalls('2x'))).toEqual(baselineBudget)
    expect(baselineWithin(parseTrialCalls('12'))).toEqual({ ...baselineBudget, calls: 12 })
  })

  test('grows with what a fault puts into each call that is allowed', () => {
    const tokens = (text: string) =>
      budgetFrom(used, { limit: parseTrialCalls(text), swelling: 100 }).tokens
    expect(tokens('12')).toBe(110_000 + 1_200)
    expect(tokens('2x')).toBe(110_000 + 2_000)
  })
})

/** A clock that stands still and rings when a test says so. */
function handClock() {
  const actions = new Set<() => void>()
  const clock: Clock = {
    now: () => 0,
    after: (_, action) => {
      actions.add(action)
      return () => actions.delete(action)
    },
  }
  return {
    clock,
    waiting: () => actions.size,
    ring: () => {
      for (const action of actions) action()
    },
  }
}
