import fc from 'fast-check'
import type { PlainMessage } from '../../core/messages.js'
import type { Step, TraceLine } from '../../core/schemas/trace-line.js'

type Made = Readonly<{ messages: TraceLine['messages']; steps: readonly Step[] }>
/** A part of a trace. */
export type Part = (made: Made) => Made

/** A trace from its parts, each of which sees what came before. */
export const trace = (...parts: readonly Part[]): TraceLine => {
  const made = parts.reduce((so, part) => part(so), { messages: [], steps: [] } as Made)
  return {
    ...{ schema: 1, key: 'k', attempt: 1, id: 'a/b/c/d#1', canAsk: 'nobody' },
    ...{ messages: [...made.messages], steps: [...made.steps] },
  }
}

const add = (
  { messages, steps }: Made,
  more: readonly PlainMessage[],
  step: (at: number[]) => Step,
): Made => ({
  messages: [...messages, ...(more as TraceLine['messages'])],
  steps: [...steps, step(more.map((_, at) => messages.length + at))],
})

/** The task, as the graph is started with it. */
export const started =
  (text: string): Part =>
  (made) =>
    add(made, [{ role: 'human', text }], (messages) => ({
      ...{ kind: 'write', key: '__start__#0', agent: '__start__', messages, routes: [] },
    }))

/** A message of a prompt: of a person or a colleague, unless it says otherwise. */
export const heard = (text: string, changes: Partial<PlainMessage> = {}): PlainMessage => ({
  ...{ role: 'human', text },
  ...changes,
})

/** A model call: its agent reads a prompt and says something. */
export const says =
  (key: string, prompt: readonly PlainMessage[], reply: string | Partial<PlainMessage>): Part =>
  (made) => {
    const said = typeof reply === 'string' ? { text: reply } : reply
    return add(made, [...prompt, { role: 'ai', text: '', ...said }], (at) => ({
      ...{ kind: 'call', key: `${key}.0`, agent: key.replace(/#\d+/g, '') },
      ...{ prompt: at.slice(0, -1), reply: at.at(-1) ?? 0 },
      ...{ tools: [], tokens: 0, notes: [], unread: [] },
    }))
  }

/** A node that writes messages, after it has started. */
export const writes =
  (key: string, ...messages: readonly PlainMessage[]): Part =>
  (made) => {
    const agent = key.replace(/#\d+/g, '')
    const begun = add(made, [], () => ({
      ...{ kind: 'start', key, agent, attempt: 0, triggers: [], input: [] },
    }))
    return add(begun, messages, (at) => ({ kind: 'write', key, agent, messages: at, routes: [] }))
  }

/** A fault that acts at a site. */
export const injected =
  (site: string, before: readonly string[], after: readonly string[], fault = 'rumour'): Part =>
  (made) =>
    add(made, [], () => {
      const key = site.replace(/^[a-z]+:/, '').replace(/[.@>].*$/, '')
      return {
        ...{ kind: 'injection', key, agent: key.replace(/#\d+/g, ''), fault, site, by: 'program' },
        ...{ before: [...before], after: [...after] },
      }
    })

/** The end, with an answer. */
export const ends =
  (answer: string | null): Part =>
  (made) =>
    add(made, [], () => ({ kind: 'end', key: '', agent: '', outcome: 'right', answer }))

const words = fc.constantFrom(
  ...['', 'The fare is 40 EUR.', 'The fare is 52 EUR.', 'REJECT', 'APPROVE', 'Which day?'],
  ...['From: a\nThe fare is 52 EUR.', '```answer\n52 EUR\n```', 'a\u001b[2J"]|end', '  \n '],
)
const text = fc.oneof({ weight: 3, arbitrary: words }, fc.string({ unit: 'binary' }))
const agent = fc.oneof(
  fc.constantFrom('a', 'b', 'b/model', 'task', 'person', 'tool:x', '__proto__'),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const index = fc.nat(9)
const call = fc.record({
  id: fc.constantFrom('c1', 'c2'),
  name: agent,
  args: fc.dictionary(fc.string(), text),
})
const message = fc.record(
  {
    role: fc.constantFrom('human', 'ai', 'tool', 'system', 'other'),
    text,
    name: agent,
    toolCalls: fc.array(call, { maxLength: 2 }),
    toolCallId: fc.constantFrom('c1', 'c2', 'c3'),
  },
  { requiredKeys: ['role', 'text'] },
)
const place = fc.record({ key: fc.constantFrom('a#0', 'b#0', 'b#0/model#1.0', 'a#1.0', ''), agent })
const site = fc.constantFrom(
  ...['call:a#1.0', 'input:b#0', 'tool:a#0@0', 'delivery:a#0>b.0', 'call:b#0/model#1.0'],
)
const lines = fc.array(fc.oneof(text, fc.constantFrom('a -> b', 'a -> b x9', 'b -> a')), {
  maxLength: 3,
})
const indices = fc.array(index, { maxLength: 6 })

const step: fc.Arbitrary<Step> = fc.oneof(
  ...[
    fc.record({
      kind: fc.constant('start' as const),
      attempt: fc.nat(1),
      triggers: fc.constant([]),
      input: indices,
    }),
    fc.record({
      ...{ kind: fc.constant('call' as const), prompt: indices, reply: index },
      ...{
        tools: fc.constant([]),
        tokens: fc.nat(9),
        notes: fc.constant([]),
        unread: fc.constant([]),
      },
    }),
    fc.record({
      kind: fc.constant('write' as const),
      messages: indices,
      routes: fc.array(agent, { maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant('error' as const), error: text }),
    fc.record({
      ...{ kind: fc.constant('injection' as const), fault: fc.constant('rumour'), site },
      ...{ by: fc.constant('program' as const), before: lines, after: lines },
    }),
    fc.record({ kind: fc.constant('end' as const), outcome: text, answer: fc.option(text) }),
  ].map((kind) => fc.tuple(place, kind).map(([at, one]) => ({ ...at, ...one }) as Step)),
)

/** Any trace that the format allows, most of which no system could have made. */
export const anyTrace: fc.Arbitrary<TraceLine> = fc
  .record({
    messages: fc.array(message, { maxLength: 10 }),
    steps: fc.array(step, { maxLength: 14 }),
    canAsk: fc.constantFrom('nobody' as const, 'peer' as const, 'person' as const),
  })
  .map(({ messages, steps, canAsk }) => ({
    ...{ schema: 1 as const, key: 'k', attempt: 1, id: 'a/b/c/d#1', canAsk, steps },
    messages: messages as TraceLine['messages'],
  }))
