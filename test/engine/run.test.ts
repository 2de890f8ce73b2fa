import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { END, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault, PromptFault } from '../../core/fault.js'
import { textOf, withText } from '../../core/messages.js'
import type { BuildContext, CompiledGraph, System } from '../../core/system.js'
import { parseTrialCalls } from '../../core/trial-calls.js'
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

describe('a limit of the calls of a trial', () => {
  // The second agent makes one call, and four more when it does not like what the first one says.
  const asksAgain = systemOf(
    twoNodes(ask, async ({ messages }, { model }) => {
      const more = textOf(messages.at(-1) ?? new AIMessage('')) === '4' ? 0 : 4
      for (let time = 0; time < more; time++) await model.invoke(messages)
      return { messages: [await model.invoke(messages)] }
    }),
  )
  const under = (text: string) => ({
    ...planOf({ system: asksAgain, faults: [shout] }),
    trialCalls: parseTrialCalls(text),
  })

  test('stalls a faulted trial that makes one call more, and breaks it', async () => {
    for (const text of ['2.5x', '5']) {
      const { of } = await performed(under(text))
      expect(of('baseline').line).toMatchObject({ outcome: { kind: 'answered' }, calls: 2 })
      expect(of('placebo-response').line).toMatchObject({ outcome: { kind: 'answered' } })
      expect(of('shout').line).toMatchObject({
        ...{ outcome: { kind: 'stalled', limit: 'calls' }, verdict: 'broke' },
      })
    }
  })

  test('lets one that just keeps to it hold, like one without a limit', async () => {
    const free = await performed(planOf({ system: asksAgain, faults: [shout] }))
    for (const text of ['3x', '6', '80']) {
      const { of } = await performed(under(text))
      expect(of('shout').line).toMatchObject({ verdict: 'held', calls: 6 })
      expect(of('shout').line.outcome).toEqual(free.of('shout').line.outcome)
    }
  })

  test('as a number holds for baselines too: a system that needs more solves nothing', async () => {
    const often = systemOf(
      oneNode(async ({ messages }, { model }) => {
        await model.invoke(messages)
        return { messages: [await model.invoke(messages)] }
      }),
    )
    const plan = planOf({ system: often, faults: [shout] })
    const { of } = await performed({ ...plan, trialCalls: parseTrialCalls('1') })
    expect(of('baseline').line.outcome).toEqual({ kind: 'stalled', limit: 'calls' })
    expect(of('shout').line.outcome).toEqual({ kind: 'not-run', reason: 'ineligible' })
    const free = await performed({ ...plan, trialCalls: parseTrialCalls('1x') })
    expect(free.of('baseline').line.outcome).toMatchObject({ kind: 'answered', correct: true })
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
      ...{ verdict: 'dormant', dormantBecause: 'no-site' },
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

test('a fault that fires everywhere reaches agents that the baseline never needed', async () => {
  const rescued = (context: BuildContext) =>
    new StateGraph(MessagesAnnotation)
      .addNode('a', async (state) => (await ask(state, context)) as object)
      .addNode('b', async ({ messages: [first] }) => ({
        messages: first ? [await context.model.invoke([first])] : [],
      }))
      .addEdge(START, 'a')
      .addConditionalEdges('a', ({ messages }) =>
        textOf(messages.at(-1) as never) === '4' ? END : 'b',
      )
      .compile() as CompiledGraph
  const blurred: PromptFault = {
    ...responseFault('blurred', {}),
    injector: 'prompt',
    point: 'input',
    trigger: 'every',
    example: { payload: [] },
    inject: (messages) =>
      messages.map((message) => withText(message, textOf(message).replace('2 + 2', 'it'))),
    effect: () => true,
    recoverable: () => true,
  }
  // Whoever read the task as it was would know the answer, and the trial would be held by a hole in the fault.
  const model = modelOf((prompt) => (prompt.includes('2 + 2') ? '4' : 'What?'))
  expect(await lineOf(systemOf(rescued), blurred, { model })).toMatchObject({
    verdict: 'broke',
    injections: [{ site: 'input:a#0' }, { site: 'call:b#0.0', changed: true, delivered: true }],
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
