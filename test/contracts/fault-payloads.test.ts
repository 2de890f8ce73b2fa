import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changed } from '../../core/changed.js'
import { defaultsOf } from '../../core/example.js'
import type { Fault, PromptFault, ResponseFault } from '../../core/fault.js'
import { copyMessage, plain, roleOf, textOf, toolCallsOf } from '../../core/messages.js'
import type { SiteFacts, ToolFacts } from '../../core/site.js'
import { faults } from '../../faults/catalogue.js'
import { siteWith } from '../faults/site.js'

const prompts = faults.filter((fault): fault is PromptFault => fault.injector === 'prompt')
const responses = faults.filter((fault): fault is ResponseFault => fault.injector === 'response')

const tools: readonly ToolFacts[] = ['find_rows', 'count_rows', 'answer'].map((name) => ({
  name,
  description: 'A tool.',
  schema: {
    type: 'object',
    properties: {
      column: { type: 'string' },
      limit: { type: 'integer', minimum: 1, maximum: 30 },
      order: { enum: ['high to low', 'low to high'] },
    },
    required: ['column'],
  },
}))

const words = fc.constantFrom(
  ...[
    'Rome',
    '"Gold"',
    '40 EUR',
    'at least 3',
    'Genoa',
    'is',
    '2031-05-14',
    'must not',
    '\u202e',
    '🦆',
  ],
  ...[
    'Find the rows.',
    '1. Sort them.',
    '\n- Count them.',
    '{"a": 1}',
    '```js\nlet x = 12;\n```',
    '\n| a | 1 |\n|---|---|',
  ],
)
const text = fc.array(words, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(' '))
const args = fc.record(
  {
    column: fc.oneof(text, fc.string(), fc.stringMatching(/^[A-Z]{0,2}[-#:_]?\d{1,3}$/)),
    limit: fc.integer(),
    order: fc.constantFrom('high to low', 'low to high'),
    deep: fc.jsonValue(),
  },
  { requiredKeys: [] },
)
const call = (at: number) =>
  fc.record({ name: fc.constantFrom('find_rows', 'count_rows', 'other'), args }).map((made) => ({
    ...made,
    id: `call-${at}`,
    type: 'tool_call' as const,
  }))

/** A turn of a conversation: what a person says, or calls with their results, or an answer. */
const turn = (at: number): fc.Arbitrary<readonly BaseMessage[]> =>
  fc.oneof(
    text.map((said) => [new HumanMessage(`From: planner\n${said}`)]),
    text.map((said) => [new AIMessage(said)]),
    fc
      .tuple(text, call(2 * at), call(2 * at + 1), text)
      .map(([said, one, two, result]) => [
        new AIMessage({ content: said, tool_calls: [one, two] }),
        new ToolMessage({ content: result, tool_call_id: one.id }),
        new ToolMessage({ content: result, tool_call_id: two.id }),
      ]),
  )
const conversation = fc
  .tuple(text, text, fc.tuple(turn(0), turn(1), turn(2), turn(3)), fc.integer({ min: 0, max: 4 }))
  .map(([system, task, turns, count]) => [
    new SystemMessage(`You are the clerk. ${system}`),
    new HumanMessage(task),
    ...turns.slice(0, count).flat(),
  ])

const facts = fc
  .record({ seed: fc.integer(), task: text, own: text })
  .map(({ seed, task, own }) => ({
    seed,
    known: {
      ...{ taskText: task, own, later: `${own} ${task}`, elsewhere: task, tools },
      handsTo: [{ id: 'planner', times: 1 }],
      peers: [{ id: 'planner', role: 'You are the planner. Your job is to plan.' }],
    } satisfies Partial<SiteFacts>,
  }))

const siteFor = (fault: Fault, { seed, known }: { seed: number; known: Partial<SiteFacts> }) =>
  siteWith(known, { ...defaultsOf(fault), seed })

/** OpenAI: every result follows the message that made its call, and every call has its result before anything else. */
function isPaired(messages: readonly BaseMessage[]): boolean {
  let open = new Set<string>()
  for (const message of messages) {
    if (roleOf(message) === 'tool') {
      if (!open.delete((message as ToolMessage).tool_call_id)) return false
      continue
    }
    if (open.size > 0) return false
    open = new Set(toolCallsOf(message).map(({ id }) => id ?? ''))
  }
  return open.size === 0
}

/** Anthropic: system messages stand first, and then somebody other than the model speaks. */
function isInOrder(messages: readonly BaseMessage[]): boolean {
  const roles = messages.map(roleOf)
  const first = roles.findIndex((role) => role !== 'system')
  return roles[first] === 'human' && !roles.slice(first).includes('system')
}

describe.each(prompts)('$id in a conversation', (fault) => {
  test('leaves calls and results in pairs, and a person to speak first', () => {
    fc.assert(
      fc.property(conversation, facts, (messages, about) => {
        const heard = messages
          .filter((message) => roleOf(message) === 'human')
          .map((message) => ({ from: 'planner', text: textOf(message) }))
        const site = siteFor(fault, { ...about, known: { ...about.known, heard } })
        const task = textOf(messages[1] as BaseMessage)
        const after = fault.inject(messages, { ...site, taskText: task })
        if (after === null) return
        expect(changed(messages, after)).toBe(true)
        expect(isPaired(after)).toBe(true)
        expect(isInOrder(after)).toBe(true)
        expect(after.at(-1)?.getType()).toBe(messages.at(-1)?.getType())
      }),
      { numRuns: 200 },
    )
  })
})

const reply = fc.tuple(text, call(0), call(1), fc.integer({ min: 0, max: 2 })).map(
  ([content, one, two, count]) =>
    new AIMessage({
      content,
      tool_calls: [one, two].slice(0, count),
      additional_kwargs: { tool_calls: rawOf([one, two].slice(0, count)) },
    }),
)
const rawOf = (calls: readonly { id: string; name: string; args: unknown }[]) =>
  calls.map(({ id, name, args: given }) => ({
    ...{ id, type: 'function' as const },
    function: { name, arguments: JSON.stringify(given) },
  }))

describe.each(responses)('$id in a reply', (fault) => {
  test('keeps the ids of calls, each once, so that results still find them', () => {
    fc.assert(
      fc.property(reply, facts, (message, about) => {
        const results = toolCallsOf(message).map(() => ({ text: 'Rome 40', failed: false }))
        const site = siteFor(fault, { ...about, known: { ...about.known, results } })
        const after = fault.inject(message, site)
        if (after === null) return
        expect(changed(message, after)).toBe(true)
        const { tool_calls, invalid_tool_calls } = after as AIMessage
        const ids = [...(tool_calls ?? []), ...(invalid_tool_calls ?? [])].map(({ id }) => id)
        expect(ids.sort()).toEqual(
          toolCallsOf(message)
            .map(({ id }) => id)
            .sort(),
        )
        for (const made of tool_calls ?? []) {
          expect(made.name).not.toBe('')
          expect(typeof made.args).toBe('object')
        }
      }),
      { numRuns: 200 },
    )
  })

  test('leaves nothing behind that would bring the original call back', () => {
    fc.assert(
      fc.property(reply, facts, (message, about) => {
        const after = fault.inject(message, siteFor(fault, about))
        if (after === null || toolCallsOf(message).length === 0) return
        const again = copyMessage(after, {})
        expect(plain(again)).toEqual(plain(after))
        if (JSON.stringify(plain(after).toolCalls) === JSON.stringify(plain(message).toolCalls))
          return
        expect(after.additional_kwargs['tool_calls']).toBeUndefined()
      }),
      { numRuns: 100 },
    )
  })
})

const large = Array.from(
  { length: 21_000 },
  (_, n) => `Rome has ${n} rooms for "guest ${n}", at least 3.`,
).join(' ')

describe.each([...prompts, ...responses])('$id', (fault) => {
  test('takes a text of a megabyte and an empty one', () => {
    for (const content of [large, '']) {
      const site = siteWith(
        { taskText: content.slice(0, 2000), later: content.slice(0, 5000) },
        defaultsOf(fault),
      )
      const messages = [
        new SystemMessage('You are the clerk.'),
        new HumanMessage(content),
        new HumanMessage('Go.'),
      ]
      const after =
        fault.injector === 'prompt'
          ? fault.inject(messages, site)
          : fault.inject(new AIMessage(content), site)
      if (content === '') continue
      if (after !== null) expect(after).not.toBe(messages)
    }
  })
})

describe.each(
  faults.filter(({ id }) =>
    /^(inexecutable-plan|role-ambiguity|blind-trust|instruction-ambiguity)$/.test(id),
  ),
)('$id, which puts English words into texts', (fault) => {
  test('leaves texts of another language alone', () => {
    const german =
      'Du bist der Planer. Buche eine Fähre von Genua um 14:30 Uhr für 3 Personen und höchstens 40 EUR.\n1. Suche eine Fähre.\n2. Buche sie.'
    const site = siteWith(
      {
        ...{ taskText: german, later: german, own: german },
        heard: [{ from: 'planer', text: german }],
        handsTo: [{ id: 'planer', times: 1 }],
        peers: [{ id: 'planer', role: german }],
      },
      defaultsOf(fault),
    )
    const messages = [new SystemMessage(german), new HumanMessage(german)]
    const after =
      fault.injector === 'prompt'
        ? fault.inject(messages, site)
        : fault.inject(new AIMessage(german) as never, site)
    expect(after).toBeNull()
  })
})
