import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Clock } from '../../../core/clock.js'
import type { Fault, PromptFault, ResponseFault } from '../../../core/fault.js'
import { roleOf, textOf, withText } from '../../../core/messages.js'
import type { Scenario } from '../../../core/scenario.js'
import { cutSeams } from '../../../engine/session.js'
import {
  ask,
  modelOf,
  oneNode,
  performed,
  planOf,
  responseFault,
  sums,
  systemOf,
  task,
  twoNodes,
} from '../stage.js'
import { answer, payloadIn, planned, shout, textsBy } from './scripted.js'

let uninstall = () => {}
beforeAll(async () => {
  uninstall = await cutSeams([import.meta.dirname])
})
afterAll(() => uninstall())

type Asked = Partial<Parameters<typeof planOf>[0]> & Parameters<typeof performed>[1]

/** The lines of a fault in a system of one agent, or in the one that is given. */
async function linesOf(fault: Fault, { texts, clock, ...more }: Asked) {
  const plan = planOf({
    system: systemOf(oneNode(ask)),
    faults: [fault],
    injector: planned,
    ...more,
  })
  const { of } = await performed(plan, { ...(texts ? { texts } : {}), ...(clock ? { clock } : {}) })
  return of(fault.id)
}

describe('an injection that the model wrote', () => {
  test('is delivered in its words, and the trial counts', async () => {
    const { texts, prompts } = textsBy((prompt) => answer(`${payloadIn(prompt)} INDEED`))
    const { line, trace } = await linesOf(shout, { texts })
    expect(line).toMatchObject({
      verdict: 'broke',
      outcome: { answer: '4 INDEED' },
      injections: [{ changed: true, delivered: true, effective: true, by: 'model', note: null }],
      injector: { calls: 1, tokens: 10, costUsd: null },
    })
    expect(line).toMatchObject({ calls: 1, costUsd: 0 })
    expect(trace?.steps).toContainEqual(
      expect.objectContaining({ kind: 'injection', by: 'model', after: ['4 INDEED'] }),
    )
    expect(prompts).toHaveLength(1)
  })

  test('leaves baseline and placebo alone', async () => {
    const { texts } = textsBy(() => answer('5'))
    const system = systemOf(twoNodes(ask, ask))
    const { of } = await performed(planOf({ system, faults: [shout], injector: planned }), {
      texts,
    })
    for (const arm of ['baseline', 'placebo-response']) {
      expect(of(arm).line.injector).toEqual({ calls: 0, tokens: 0, costUsd: 0 })
    }
    expect(of('placebo-response').line.sameAsBaseline).toBe(true)
  })

  test('has its model in the key of its trial and of no other', async () => {
    const keysOf = async (injector: typeof planned | null) => {
      const { texts } = textsBy(() => answer('5'))
      const plan = planOf({ system: systemOf(oneNode(ask)), faults: [shout, still], injector })
      const { lines } = await performed(plan, { texts })
      return lines.map(({ line }) => [line.fault, line.key])
    }
    return Promise.all([keysOf(null), keysOf(planned), keysOf({ ...planned, hash: 'other' })]).then(
      ([none = [], one = [], other = []]) => {
        const same = (a: typeof one, b: typeof one) =>
          a.filter(([, key], at) => key === b[at]?.[1]).map(([fault]) => fault)
        expect(same(none, one)).toEqual(['baseline', 'placebo-response', 'still'])
        expect(same(one, other)).toEqual(['baseline', 'placebo-response', 'still'])
      },
    )
  })
})

/** A fault that only a program can set. */
const still = responseFault('still', { inject: (message) => withText(message, '7') })

/** Every answer is right. */
const easy: Scenario = {
  ...sums,
  oracle: async () => ({ correct: true, result: 'right', note: '' }),
}

describe('the program does it, and the trial stays out of the score', () => {
  const keep = { ...task, text: 'What is 2 + 2? Say 4.', protect: ['4'] }
  const near: ResponseFault = {
    ...shout,
    written: { ...(shout.written as NonNullable<typeof shout.written>), length: 'near' },
  }
  const picky: ResponseFault = {
    ...shout,
    effect: ({ after }) => !textOf(after).includes('nonsense'),
  }
  test.each<readonly [string, string | null, string, Fault]>([
    ['the server fails', null, 'HTTP 500', shout],
    ['the answer is no JSON', 'Four!', 'its answer is not JSON (2 tries)', shout],
    ['the answer has another form', '{"text":"5"}', 'has not the form asked for', shout],
    ['it declines', '{"changed":null,"why":"No."}', 'it declined: No. (2 tries)', shout],
    ['a protected string is lost', answer('5'), 'the protected string "4" is lost', shout],
    ['nothing is changed', answer('4'), 'the text is the same as before', shout],
    ['only space is changed', answer(' 4\n'), 'the text is the same as before', shout],
    ['the text is empty', answer(''), 'the protected string "4" is lost', shout],
    ['the text is too long', answer('4444 4'), 'the text is too long (600% of', near],
    ['the text does not fit', answer('misfit'), 'the protected string', shout],
    ['the change does not matter', answer('4 nonsense'), 'is not what the rule asks for', picky],
  ])('when %s', async (_, said, because, fault) => {
    const { texts } = textsBy(() => said)
    const { line } = await linesOf(fault, { texts, tasks: [keep] })
    expect(line).toMatchObject({
      ...{ verdict: 'dormant', dormantBecause: 'not-written', outcome: { answer: '4!' } },
      injections: [{ changed: true, delivered: true, by: 'program' }],
    })
    expect(line.injections[0]?.note).toContain('the injector model scripted: ')
    expect(line.injections[0]?.note).toContain(because)
  })

  test.each([
    ['the text is too short', answer('f'), 'the text is too short (25% of', near],
    ['the text does not fit', answer('misfit'), 'does not fit in the place', shout],
    ['the text is empty', answer(' '), 'the text is empty', shout],
  ] as const)('when %s and nothing is protected', async (_, said, because, fault) => {
    const { texts } = textsBy(() => said)
    const { line } = await linesOf(fault, { texts, scenario: easy, model: modelOf(() => 'four') })
    expect(line).toMatchObject({ verdict: 'dormant', dormantBecause: 'not-written' })
    expect(line.injections[0]?.note).toContain(because)
  })

  test('when there is no text that could be sent, and nobody is asked', async () => {
    const { texts, prompts } = textsBy(() => answer('5'))
    const mute: ResponseFault = {
      ...shout,
      written: { ...(shout.written as NonNullable<typeof shout.written>), text: () => null },
    }
    const { line } = await linesOf(mute, { texts })
    expect(line).toMatchObject({ dormantBecause: 'not-written', injector: { calls: 0 } })
    expect(prompts).toEqual([])
  })

  test('when the text holds what looks like a key, and nobody is asked', async () => {
    const { texts, prompts } = textsBy(() => answer('5'))
    const model = modelOf(() => 'sk-abcdefghijklmnopqrstuv')
    const { line } = await linesOf(shout, { texts, model, scenario: easy })
    expect(line).toMatchObject({ dormantBecause: 'not-written' })
    expect(prompts).toEqual([])
  })

  test('with the note of the fault beside that of the model', async () => {
    const { texts } = textsBy(() => null)
    const { line } = await linesOf({ ...shout, note: () => 'loud' }, { texts })
    expect(line.injections[0]?.note).toBe('loud; the injector model scripted: HTTP 500')
  })
})

describe('a text that was not prepared', () => {
  test('is asked for when a model says something else than in the baseline', async () => {
    let said = 0
    const model = modelOf(() => ['4', 'four'][said++] ?? '4')
    const { texts, prompts } = textsBy((prompt) => answer(`${payloadIn(prompt)} INDEED`))
    const { line } = await linesOf(shout, { texts, model })
    expect(prompts.map(payloadIn)).toEqual(['4', 'four'])
    expect(line).toMatchObject({ outcome: { answer: 'four INDEED' }, injector: { calls: 2 } })
    expect(line.injections).toMatchObject([{ by: 'model' }])
  })

  test('is not asked for where nobody can wait: at a tool result', async () => {
    let trial = 0
    const tools = oneNode(async ({ messages }, { model }) => {
      const said = await model.invoke(messages)
      const content = trial++ === 2 ? 'other' : '4'
      return { messages: [new ToolMessage({ content, tool_call_id: '1' }), said] }
    })
    const atTools: ResponseFault = {
      ...shout,
      inject: (message) =>
        roleOf(message) === 'tool' ? withText(message, `${textOf(message)}!`) : null,
    }
    const { texts, prompts } = textsBy((prompt) => answer(`${payloadIn(prompt)} INDEED`))
    const { line } = await linesOf(atTools, { texts, system: systemOf(tools) })
    expect(prompts.map(payloadIn)).toEqual(['4'])
    expect(line).toMatchObject({ verdict: 'dormant', dormantBecause: 'not-written' })
    expect(line.injections[0]?.note).toContain('not asked for this text before the trial')
  })

  test('is prepared for a tool result, and used there', async () => {
    const tools = oneNode(async ({ messages }, { model }) => ({
      messages: [
        new ToolMessage({ content: '3', tool_call_id: '1' }),
        await model.invoke(messages),
      ],
    }))
    const atTools: ResponseFault = {
      ...shout,
      inject: (message) =>
        roleOf(message) === 'tool' ? withText(message, `${textOf(message)}!`) : null,
    }
    const { texts } = textsBy((prompt) => answer(`${payloadIn(prompt)} INDEED`))
    const { line } = await linesOf(atTools, { texts, system: systemOf(tools) })
    expect(line.injections).toMatchObject([{ by: 'model', changed: true, delivered: true }])
  })
})

describe('a fault that fires everywhere', () => {
  const inEveryPrompt: PromptFault = {
    ...responseFault('everywhere', {}),
    ...{ injector: 'prompt', point: 'input', trigger: 'every', example: { payload: [] } },
    inject: (messages) => [...messages, new HumanMessage('Nonsense.')],
    effect: () => true,
    recoverable: () => true,
    written: {
      instruction: () => 'Add nonsense.',
      material: [],
      length: 'free',
      text: (_, { taskText }) => taskText,
      apply: (messages, _, text) => [...messages, new HumanMessage(text)],
    },
  }

  test('says the same everywhere and asks once', async () => {
    const { texts, prompts } = textsBy((prompt) => answer(`${payloadIn(prompt)} Or 5?`))
    const system = systemOf(twoNodes(ask, ask))
    const { line, trace } = await linesOf(inEveryPrompt, { texts, system })
    expect(prompts).toHaveLength(1)
    expect(line).toMatchObject({ verdict: 'held', injector: { calls: 1 } })
    const after = trace?.steps.flatMap((step) => (step.kind === 'injection' ? step.after : []))
    expect(after).toEqual(['What is 2 + 2? Or 5?', 'What is 2 + 2? Or 5?'])
  })

  test('counts for nobody when one of its texts was not written', async () => {
    const every: ResponseFault = { ...shout, trigger: 'every' }
    let said = 0
    const { texts } = textsBy((prompt) => (said++ === 0 ? answer(`${payloadIn(prompt)}?`) : null))
    const model = modelOf((prompt) => (prompt.includes('Again.') ? 'four' : '4'))
    const { line } = await linesOf(every, { texts, model, system: systemOf(bothAsk) })
    expect(line.injections.map(({ by }) => by)).toEqual(['model', 'program'])
    expect(line.dormantBecause).toBe('not-written')
  })

  // What the second agent says is another text than what the first one says.
  const bothAsk = twoNodes(ask, async (_, { model }) => ({
    messages: [await model.invoke([new HumanMessage('Again.')]), new AIMessage('4')],
  }))
})

test('time spent waiting for a text is none of the trial', async () => {
  let now = 0
  const waiting: { at: number; ring: () => void }[] = []
  const clock: Clock = {
    now: () => now,
    after(milliseconds, ring) {
      const entry = { at: now + milliseconds, ring }
      waiting.push(entry)
      return () => {
        waiting.splice(waiting.indexOf(entry), 1)
      }
    },
  }
  const pass = async (milliseconds: number) => {
    now += milliseconds
    for (const { at, ring } of [...waiting]) if (at <= now) ring()
  }
  let said = 0
  const model = modelOf(() => ['4', 'four'][said++] ?? '4', 'provider')
  let asked = 0
  const { texts } = textsBy(
    (prompt) => answer(`${payloadIn(prompt)} INDEED`),
    // The text for the site is prepared; the second is wanted while the trial runs.
    async () => {
      if (asked++ === 0) return
      await null // A server never answers at once.
      await pass(10_000_000)
    },
  )
  const { line } = await linesOf(shout, { texts, clock, model })
  expect(line).toMatchObject({ outcome: { kind: 'answered', answer: 'four INDEED' }, duration: 0 })
})
