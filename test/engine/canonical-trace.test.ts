import { HumanMessage } from '@langchain/core/messages'
import { MessagesAnnotation, Send, START, StateGraph } from '@langchain/langgraph'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { traceLineSchema } from '../../core/schemas/trace-line.js'
import type { CompiledGraph } from '../../core/system.js'
import { canonicalTrace, traceWithoutInjections } from '../../engine/canonical-trace.js'
import type { Event, Position, Seen } from '../../engine/recorder.js'
import { cutSeams } from '../../engine/session.js'
import { modelOf, systemOf, tried } from './stage.js'

const end = { outcome: 'right', answer: '4' }
const seen = (plain: Seen['plain']): Seen => ({ message: new HumanMessage(plain.text), plain })
const said = (text: string) => seen({ role: 'ai', text })

const write = (position: Position, ...messages: readonly Seen[]): Event => ({
  ...{ kind: 'write', key: `k${position.join('.')}`, agent: 'a', position },
  ...{ messages, routes: [], newest: null },
})
const calling = (id: string): Seen =>
  seen({ role: 'ai', text: '', toolCalls: [{ id, name: 'add', args: { a: 1 } }] })
const answering = (id: string): Seen => seen({ role: 'tool', text: '4', toolCallId: id })

/** Positions as a recorder gives them: unique, nested to different depths. */
const positions: fc.Arbitrary<readonly Position[]> = fc
  .uniqueArray(
    fc.array(fc.oneof(fc.nat(3), fc.constantFrom('a', 'b')), { minLength: 1, maxLength: 4 }),
    { minLength: 1, maxLength: 12, selector: (position) => position.join() },
  )
  // One level holds numbers or names, never both: a slot and a step are numbers, a node is a name.
  .map((all) =>
    all.map((position) =>
      position.map((part, level) => (level % 2 ? String(part) : Number(part) || 0)),
    ),
  )
  .map((all) => [...new Map(all.map((position) => [position.join(), position])).values()])

describe('a canonical trace', () => {
  test('does not hang on the order in which things happened', () => {
    const events = positions.map((all) =>
      all.map((position, at) => write(position, said(`m${at % 4}`))),
    )
    const shuffled = events.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
    )
    fc.assert(
      fc.property(shuffled, ([before, after]) => {
        expect(canonicalTrace(after, end)).toEqual(canonicalTrace(before, end))
      }),
    )
  })

  test('does not hang on the ids of tool calls, but tells which result belongs to which call', () => {
    const traceOf = (one: string, two: string, last = two) =>
      canonicalTrace(
        [write([0], calling(one), calling(two)), write([1], answering(one), answering(last))],
        end,
      )
    const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 2 })
    fc.assert(
      fc.property(ids, ids, ([a = '', b = ''], [c = '', d = '']) => {
        expect(traceOf(a, b)).toEqual(traceOf(c, d))
        expect(traceOf(a, b)).not.toEqual(traceOf(a, b, a))
      }),
    )
    const { messages } = traceOf('x', 'y')
    expect(messages.map(({ toolCallId, toolCalls }) => toolCallId ?? toolCalls?.[0]?.id)).toEqual([
      ...['call-1', 'call-2', 'call-1', 'call-2'],
    ])
  })

  test('keeps equal messages once and refers to them by position', () => {
    const { messages, steps } = canonicalTrace(
      [write([0], said('one'), said('two')), write([1], said('one'))],
      end,
    )
    expect(messages.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(steps.map((step) => (step.kind === 'write' ? step.messages : step.kind))).toEqual([
      ...[[0, 1], [0], 'end'],
    ])
  })

  test.each([
    ['sk-proj-abcdefghij0123456789', '[secret]'],
    ['Authorization: Bearer abc.def-ghi_jkl~mno+pqr/s==', 'Authorization: Bearer [secret]'],
    ['lsv2_pt_0123456789abcdef_0123', '[secret]'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', '[secret]'],
    ['AKIAIOSFODNN7EXAMPLE', '[secret]'],
  ])('masks %s wherever it stands', (secret, mask) => {
    const text = `The key is ${secret} here.`
    const masked = `The key is ${mask} here.`
    const call = seen({
      role: 'ai',
      text,
      toolCalls: [{ id: 'x', name: 'add', args: { deep: [text] } }],
    })
    const place = { key: 'a#0', agent: 'a' }
    const events: readonly Event[] = [
      write([0], call),
      { ...place, kind: 'error', position: [1], error: text },
      {
        ...place,
        kind: 'injection',
        position: [2],
        fault: 'f',
        site: 's',
        by: 'program',
        before: [text],
        after: [text],
      },
    ]
    const trace = canonicalTrace(events, { outcome: 'right', answer: text })
    expect(JSON.stringify(trace)).not.toContain(secret)
    expect(trace.messages).toMatchObject([
      { text: masked, toolCalls: [{ args: { deep: [masked] } }] },
    ])
    expect(trace.steps.slice(1)).toMatchObject([
      { error: masked },
      { before: [masked], after: [masked] },
      { answer: masked },
    ])
  })

  test('leaves words alone that only look a little like a key', () => {
    const text = 'The task-force of Bearer Street sold 12 sk-ates.'
    expect(canonicalTrace([write([0], said(text))], end).messages[0]?.text).toBe(text)
  })

  test('is equal to another one without its injections', () => {
    const place = { key: 'a#0', agent: 'a' }
    const injection: Event = {
      ...{ ...place, kind: 'injection', position: [0] },
      ...{ fault: 'f', site: 's', by: 'program', before: [], after: [] },
    }
    const [bare, armed] = [[write([1], said('x'))], [injection, write([1], said('x'))]].map(
      (events) => canonicalTrace(events, end),
    )
    if (!bare || !armed) throw new Error('There are two.')
    expect(armed).not.toEqual(bare)
    expect(traceWithoutInjections(armed)).toBe(traceWithoutInjections(bare))
  })
})

describe('the trace of a trial', () => {
  let uninstall = () => {}
  beforeAll(async () => {
    uninstall = await cutSeams([import.meta.dirname])
  })
  afterAll(() => uninstall())

  /** Workers side by side, of which each takes as many turns of the event loop as the test says. */
  async function traceOf(turns: readonly number[]) {
    const finished: number[] = []
    const system = systemOf(({ model }) => {
      const worker = async ({ n }: { n: number }) => {
        for (let turn = 0; turn < (turns[n] ?? 0); turn++) {
          await new Promise((resume) => setImmediate(resume))
        }
        finished.push(n)
        return { messages: [await model.invoke(`worker ${n}`)] }
      }
      return new StateGraph(MessagesAnnotation)
        .addNode('start', () => ({}))
        .addNode('worker', worker as never)
        .addEdge(START, 'start')
        .addConditionalEdges('start', () => turns.map((_, n) => new Send('worker', { n })), [
          'worker',
        ])
        .compile() as CompiledGraph
    })
    const { events } = await tried(system, { model: modelOf((prompt) => prompt) })
    return { finished, trace: canonicalTrace(events, end) }
  }

  test('is the same whichever of its parallel executions is faster', async () => {
    const [forwards, backwards] = [await traceOf([0, 5, 10, 15]), await traceOf([15, 10, 5, 0])]
    expect(forwards.finished).toEqual([0, 1, 2, 3])
    expect(backwards.finished).toEqual([3, 2, 1, 0])
    expect(backwards.trace).toEqual(forwards.trace)
    const calls = forwards.trace.steps.filter(({ kind }) => kind === 'call').map(({ key }) => key)
    expect(calls).toEqual(['worker#0.0', 'worker#1.0', 'worker#2.0', 'worker#3.0'])
  })

  test('is a valid line of a file', async () => {
    const { trace } = await traceOf([0, 0])
    const line = { schema: 1, key: 'k', attempt: 1, id: 'i', canAsk: 'nobody', ...trace }
    expect(traceLineSchema.parse(JSON.parse(JSON.stringify(line)))).toEqual(line)
  })
})
