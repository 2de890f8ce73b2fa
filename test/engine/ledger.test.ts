import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { Annotation, START, StateGraph } from '@langchain/langgraph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, PromptFault, RoutingFault } from '../../core/fault.js'
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
  task,
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

describe('an injector that does nothing is never held', () => {
  test('when it returns an unchanged copy', async () => {
    const copies = responseFault('copies', {
      inject: (message) => withText(message, textOf(message)),
    })
    expect(await lineOf(systemOf(oneNode(ask)), copies)).toMatchObject({
      ...{ verdict: 'dormant', dormantBecause: 'no-effect' },
      outcome: { kind: 'not-run', reason: 'no-effect' },
    })
  })

  test('when it only changes white space', async () => {
    const blanks = responseFault('blanks', {
      inject: (message) => withText(message, ` ${textOf(message)}\n`),
    })
    expect(await lineOf(systemOf(oneNode(ask)), blanks)).toMatchObject({
      ...{ verdict: 'dormant', dormantBecause: 'no-effect' },
    })
  })

  test('when it bites while a site is considered and returns a copy in the trial', async () => {
    let uses = 0
    const fades = responseFault('fades', {
      inject: (message) => withText(message, uses++ === 0 ? 'other' : textOf(message)),
    })
    expect(await lineOf(systemOf(oneNode(ask)), fades)).toMatchObject({
      ...{ verdict: 'dormant', dormantBecause: 'not-reached' },
      outcome: { kind: 'answered', correct: true },
      injections: [{ changed: false, delivered: false, effective: false }],
    })
  })

  test('when it returns null', async () => {
    expect(await lineOf(systemOf(oneNode(ask)), responseFault('null', {}))).toMatchObject({
      ...{ verdict: 'dormant', dormantBecause: 'no-effect' },
    })
  })

  test('when there is no place for it', async () => {
    expect(await lineOf(systemOf(oneNode(ask)), messageStorm)).toMatchObject({
      ...{ verdict: 'dormant', dormantBecause: 'no-site' },
    })
  })
})

describe('a fault without effect is dormant', () => {
  test('when what it changes was never used', async () => {
    const idle = responseFault('idle', { ...shoutParts(), effect: () => false })
    expect(await lineOf(systemOf(oneNode(ask)), idle)).toMatchObject({
      ...{ verdict: 'dormant', dormantBecause: 'no-effect' },
      outcome: { kind: 'not-run', reason: 'no-effect' },
    })
  })

  test('when the prompts that came of it show that it was filtered out', async () => {
    const filtered: PromptFault = {
      ...responseFault('filtered', {}),
      injector: 'prompt',
      point: 'input',
      example: { payload: [] },
      inject: (messages) => [...messages, new HumanMessage('Nonsense.')],
      effect: ({ prompts }) => prompts === undefined || prompts.join().includes('Nonsense'),
      recoverable: () => true,
    }
    const onlyFirst = oneNode(async ({ messages }, { model }) => ({
      messages: [await model.invoke(messages.slice(0, 1))],
    }))
    expect(await lineOf(systemOf(onlyFirst), filtered)).toMatchObject({
      ...{ verdict: 'dormant', dormantBecause: 'no-effect' },
      injections: [{ changed: true, delivered: true, effective: false }],
    })
    expect(await lineOf(systemOf(oneNode(ask)), filtered)).toMatchObject({ verdict: 'held' })
  })
})

describe('a fault that throws makes its trial void', () => {
  const bug = () => {
    throw new Error('a bug of ours')
  }

  test.each<readonly [string, Partial<Fault>, string]>([
    ['while sites are considered', { inject: bug }, 'testbed: a bug of ours'],
    ['in inject', { inject: afterFirst(() => new AIMessage('x'), bug) }, 'a bug of ours'],
    [
      'in effect',
      { ...shoutParts(), effect: afterFirst(() => true, bug) },
      'testbed: a bug of ours',
    ],
    ['in recoverable', { ...shoutParts(), recoverable: bug }, 'testbed: a bug of ours'],
  ])('%s', async (_, parts, reason) => {
    const system = systemOf(oneNode(ask))
    const broken = responseFault('broken', parts as Parameters<typeof responseFault>[1])
    const { of, verdictOf } = await performed(planOf({ system, faults: [broken, shout] }))
    expect(of('broken').line).toMatchObject({ verdict: 'void', outcome: { kind: 'void', reason } })
    expect(verdictOf('shout')).toBe('broke')
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

describe('budgets', () => {
  test('a fault that makes a system loop ends as stalled and counts as broken', async () => {
    const build = oneNode(async ({ messages }, { model }) => {
      let said = await model.invoke(messages)
      while (textOf(said).endsWith('!')) said = await model.invoke(messages)
      return { messages: [said] }
    })
    const always = responseFault('always', { ...shoutParts(), trigger: 'every' })
    const line = await lineOf(systemOf(build), always, { site: { kind: 'every' } })
    expect(line.outcome).toEqual({ kind: 'stalled', limit: 'calls' })
    // Four times the baseline's one call and 60 more; the call beyond is counted and not made.
    expect(line.calls).toBe(4 + 60 + 1)
    expect(line.verdict).toBe('broke')
  })

  test('a baseline that fails leaves no question to ask', async () => {
    const { lines } = await performed(
      planOf({ system: systemOf(oneNode(ask)), faults: [shout], model: modelOf(() => '5') }),
    )
    expect(lines.map(({ line }) => [line.arm, line.outcome.kind, line.verdict])).toEqual([
      ['baseline', 'answered', null],
      ['placebo', 'not-run', null],
      ['fault', 'not-run', null],
    ])
  })

  test('a baseline that is void makes the trials that needed it void', async () => {
    const scenario = {
      ...planOf({ system: systemOf(oneNode(ask)) }).scenarios[0]?.scenario,
      oracle: async () => {
        throw new Error('no reference')
      },
    }
    const { lines } = await performed(
      planOf({
        system: systemOf(oneNode(ask)),
        faults: [shout],
        scenario: scenario as never,
        tasks: [task],
      }),
    )
    expect(lines.map(({ line }) => line.verdict)).toEqual(['void', 'void', 'void'])
  })
})

function shoutParts() {
  return { inject: shout.inject } as Parameters<typeof responseFault>[1]
}

/** Does one thing the first time and another from then on: sites are considered before a fault is armed. */
function afterFirst<Result>(first: () => Result, later: () => Result): () => Result {
  let uses = 0
  return () => (uses++ === 0 ? first() : later())
}
