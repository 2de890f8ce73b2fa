import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { Annotation, START, StateGraph } from '@langchain/langgraph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, RoutingFault } from '../../core/fault.js'
import { textOf, withText } from '../../core/messages.js'
import type { CompiledGraph, System } from '../../core/system.js'
import { cutSeams } from '../../engine/session.js'
import { messageStorm } from '../../faults/inter-agent/message-storm.js'
import {
  ask,
  modelOf,
  oneNode,
  performed,
  planOf,
  responseFault,
  systemOf,
  twoNodes,
} from './stage.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await cutSeams([import.meta.dirname])
})
afterAll(() => uninstall())

const shout = responseFault('shout', {
  inject: (message) => withText(message, `${textOf(message)}!`),
})

/** The line of a fault in a system, with the tag of its verdict and why it is dormant. */
async function lineOf(
  system: System,
  fault: Fault,
  more: Partial<Parameters<typeof planOf>[0]> = {},
) {
  const { of } = await performed(planOf({ system, faults: [fault], ...more }))
  return of(fault.id).line
}
const reply = (text: string) => ({ messages: [new AIMessage(text)] })

describe('a changed reply', () => {
  test('that is handed on is delivered, and the trial counts', async () => {
    const line = await lineOf(systemOf(oneNode(ask)), shout)
    expect(line).toMatchObject({
      verdict: 'broke',
      outcome: { kind: 'answered', answer: '4!' },
      injections: [
        {
          ...{ fault: 'shout', site: 'call:a#0.0', agent: 'a' },
          ...{ changed: true, delivered: true, effective: true, recoverable: true },
        },
      ],
    })
  })

  test('that the system throws away is not delivered, and the trial is dormant', async () => {
    const build = oneNode(async ({ messages }, { model }) => {
      await model.invoke(messages)
      return reply('4')
    })
    expect(await lineOf(systemOf(build), shout)).toMatchObject({
      ...{ verdict: 'dormant', dormantBecause: 'not-reached' },
      outcome: { kind: 'answered', correct: true },
      injections: [{ changed: true, delivered: false, effective: false }],
    })
  })

  test('that only a later prompt quotes, laid out anew, is delivered', async () => {
    const build = oneNode(async ({ messages }, { model }) => {
      const first = await model.invoke(messages)
      return { messages: [await model.invoke([new HumanMessage(`Check:\n  ${textOf(first)}`)])] }
    })
    const model = modelOf((prompt) => (prompt.includes('Check') ? '4' : '2 + 2  is 4'))
    expect(await lineOf(systemOf(build), shout, { model })).toMatchObject({
      ...{ verdict: 'held', injections: [{ delivered: true }] },
    })
  })

  test('that is found nowhere but in the final state is delivered', async () => {
    const build = twoNodes(
      async ({ messages }, { model }) => ({
        messages: [
          new HumanMessage({
            content: '',
            additional_kwargs: { note: (await model.invoke(messages)).text },
          }),
        ],
      }),
      () => reply('4'),
    )
    expect(await lineOf(systemOf(build), shout)).toMatchObject({ verdict: 'held' })
  })

  test('that is kept as a text of several lines, not as a message, is delivered', async () => {
    const Draft = Annotation.Root({ draft: Annotation<string> })
    const system = systemOf(
      ({ model }) =>
        new StateGraph(Draft)
          .addNode('a', async () => ({ draft: (await model.invoke('2 + 2?')).text }))
          .addEdge(START, 'a')
          .compile() as CompiledGraph,
      { input: () => ({ draft: '' }), answer: () => '4' },
    )
    const model = modelOf(() => 'It is:\n4')
    expect(await lineOf(system, shout, { model })).toMatchObject({
      ...{ verdict: 'held', injections: [{ delivered: true }] },
    })
  })

  test('that makes the code behind the model throw is delivered: somebody read it', async () => {
    const strict = oneNode(async ({ messages }, { model }) => {
      const said = await model.invoke(messages)
      if (!/^\d+$/.test(textOf(said))) throw new Error('This is no number.')
      return { messages: [said] }
    })
    expect(await lineOf(systemOf(strict), shout)).toMatchObject({
      ...{ verdict: 'broke', outcome: { kind: 'crashed', error: 'This is no number.' } },
      injections: [{ delivered: true, effective: true }],
    })
  })

  test('of which nothing is left is delivered: its absence is what was delivered', async () => {
    const silence = responseFault('silence', { inject: (message) => withText(message, '') })
    expect(await lineOf(systemOf(oneNode(ask)), silence)).toMatchObject({
      ...{ verdict: 'broke', outcome: { kind: 'no-answer' }, injections: [{ delivered: true }] },
    })
  })
})

describe('tool results', () => {
  test('are changed where they are written, so that everybody reads the change', async () => {
    const build = twoNodes(
      () => ({ messages: [new ToolMessage({ content: '4', tool_call_id: 'c1', name: 'add' })] }),
      ({ messages }, { model }) =>
        ask({ messages: messages.slice(-1) } as never, { model } as never),
    )
    const model = modelOf((prompt) => prompt.replace('tool: ', ''))
    const line = await lineOf(systemOf(build), shout, { model })
    expect(line).toMatchObject({
      ...{ verdict: 'broke', outcome: { answer: '4!' } },
      injections: [{ site: 'tool:a#0@0', agent: 'a', delivered: true }],
    })
  })
})

describe('deliveries', () => {
  const counting = () => {
    let turns = 0
    const system = systemOf(
      twoNodes(ask, async ({ messages }, { model }) => {
        turns++
        return { messages: [await model.invoke(messages)] }
      }),
    )
    return { system, turns: () => turns }
  }

  test('are really put on the graph', async () => {
    const { system, turns } = counting()
    const line = await lineOf(system, messageStorm)
    expect(line.injections).toMatchObject([{ site: 'delivery:a#0>b.0', delivered: true }])
    expect(line.verdict).toBe('held')
    // Once in the baseline and once in the placebo, then the original and its 25 copies.
    expect(turns()).toBe(1 + 1 + 26)
  })

  test('that are taken away wake nobody', async () => {
    const { system, turns } = counting()
    const lose: RoutingFault = {
      ...(messageStorm as RoutingFault),
      id: 'lose',
      inject: () => [],
      effect: () => true,
    }
    expect(await lineOf(system, lose)).toMatchObject({ verdict: 'held', calls: 1 })
    expect(turns()).toBe(2)
  })
})

describe('a fault at every input', () => {
  test('acts at the prompts of a graph whose nodes start without messages', async () => {
    const State = Annotation.Root({ question: Annotation<string>, out: Annotation<string> })
    const build: System['build'] = ({ model }) =>
      new StateGraph(State)
        .addNode('a', async ({ question }) => ({ out: textOf(await model.invoke(question)) }))
        .addEdge(START, 'a')
        .compile() as CompiledGraph
    const system = systemOf(build, {
      input: ({ text }) => ({ question: text }),
      answer: (state) => (state as { out: string }).out,
    })
    const shouted: Fault = {
      ...shout,
      id: 'shouted-prompt',
      injector: 'prompt',
      point: 'input',
      trigger: 'every',
      example: { payload: [new HumanMessage('4?')] },
      inject: (messages) => messages.map((message) => withText(message, `${textOf(message)}!`)),
      effect: () => true,
      recoverable: () => true,
    }
    const model = modelOf((prompt) => (prompt.endsWith('!') ? '5' : '4'))
    expect(await lineOf(system, shouted, { model })).toMatchObject({
      verdict: 'broke',
      injections: [{ site: 'call:a#0.0', delivered: true, effective: true }],
    })
  })
})
