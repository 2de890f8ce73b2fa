import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BuildContext } from '../../core/system.js'
import { type LoadedSystem, loadSystem } from '../../engine/load-system.js'
import { inTrial, openTrial } from '../../engine/seams/context.js'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-load-'))
  symlinkSync(resolve(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const start = `
import { AIMessage } from '@langchain/core/messages'
import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
const builder = new StateGraph(MessagesAnnotation)
  .addNode('a', () => ({ messages: [new AIMessage('four')] }))
  .addEdge(START, 'a')
`

/** Writes a module of a user's and loads a system from it. */
function loading(
  name: string,
  code: string,
  location = name,
  tasks: Parameters<typeof loadSystem>[2] = null,
) {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, code)
  return loadSystem(location, folder, tasks)
}

async function saidBy({ system }: LoadedSystem): Promise<unknown> {
  const graph = await system.build({} as BuildContext)
  const state = await graph.invoke({ messages: [new HumanMessage('2 + 2?')] })
  return (state as { messages: readonly { content: unknown }[] }).messages.at(-1)?.content
}

describe('a graph of the user is loaded', () => {
  test.each([
    ['compiled.mjs', 'export const graph = builder.compile()'],
    ['uncompiled.mjs', 'export const graph = builder'],
    ['function.mjs', 'export const graph = () => builder.compile()'],
    ['function-uncompiled.mjs', 'export function graph() { return builder }'],
    ['async-function.mjs', 'export const graph = async () => builder.compile()'],
    ['agent.mjs', 'export const graph = { graph: builder.compile(), invoke: () => "no graph" }'],
    ['function-agent.mjs', 'export const graph = () => ({ graph: builder.compile() })'],
    ['typed.ts', 'export const graph: { nodes: object } = builder.compile()'],
  ])('from %s', async (name, code) => {
    expect(await saidBy(await loading(name, start + code))).toBe('four')
  })

  test('of another export, with the export in its id', async () => {
    const code = `${start}export const firstDraft = builder`
    const loaded = await loading('team.mjs', code, 'team.mjs#firstDraft')
    expect(loaded.system.id).toBe('team-first-draft')
    expect(await saidBy(loaded)).toBe('four')
  })

  test.each([
    ['ordersDesk.mjs', 'orders-desk'],
    ['orders desk/graph.mjs', 'orders-desk'],
    ['My_Team/index.mjs', 'my-team'],
  ])('%s is called %s', async (name, id) => {
    const { system, path } = await loading(name, `${start}export const graph = builder`)
    expect({ id: system.id, path }).toEqual({ id, path: name })
  })

  test('made by createAgent of langchain, which is no graph itself', async () => {
    const code = `
      import { createAgent, FakeToolCallingModel } from 'langchain'
      export const graph = createAgent({ model: new FakeToolCallingModel({}), tools: [] })`
    expect(await saidBy(await loading('langchain.mjs', code))).toMatch(/2 \+ 2/)
  })

  test('a function makes a fresh graph for every trial', async () => {
    const code = `${start}export const graph = () => builder.compile()`
    const { system } = await loading('fresh.mjs', code)
    expect(await system.build({} as BuildContext)).not.toBe(await system.build({} as BuildContext))
  })

  test('a change of the file changes its hash', async () => {
    const code = `${start}export const graph = builder`
    const hashOf = async (text: string) => (await loading('hash.mjs', text)).system.codeHash
    const before = await hashOf(code)
    expect(await hashOf(code)).toBe(before)
    expect(await hashOf(`${code} // changed`)).not.toBe(before)
  })
})

describe('the module may bring', () => {
  const tasks = `export const tasks = [{ id: 'sum', text: '2 + 2?', expected: 4 }]\n`
  const loaded = (name: string, code: string) =>
    loading(name, `${start}export const graph = builder\n${code}`)

  test('nothing else: then it has no tasks and no own way of input and answer', async () => {
    const { scenario, system } = await loaded('bare.mjs', '')
    expect(scenario).toBeNull()
    expect(system).not.toHaveProperty('input')
    expect(system).not.toHaveProperty('answer')
  })

  test('input and answer, which are used', async () => {
    const { system } = await loaded(
      'ways.mjs',
      'export const input = ({ text }) => ({ q: text }); export const answer = ({ a }) => a',
    )
    expect(system.input?.({ id: 't', text: 'x', protect: [], facts: [] })).toEqual({ q: 'x' })
    expect(system.answer?.({ a: '4' })).toBe('4')
  })

  test('tasks, whose answers are compared as texts and as numbers', async () => {
    const { scenario } = await loaded('tasks.mjs', tasks)
    const [task] = (await scenario?.tasks({ count: 5, seed: 1 })) ?? []
    if (!scenario || !task) throw new Error('There are no tasks.')
    expect(task).toEqual({ id: 'sum', text: '2 + 2?', protect: [], facts: [] })
    const marks = ['4', ' 4.0 ', '5', '', 'four'].map((answer) => scenario.oracle(task, answer))
    expect((await Promise.all(marks)).map(({ correct }) => correct)).toEqual([
      ...[true, true, false, false, false],
    ])
  })

  test('an oracle, which decides in place of the comparison', async () => {
    const { scenario } = await loaded(
      'oracle.mjs',
      `${tasks}export const oracle = async (task, answer) => ({ correct: answer === 'yes' + task.expected })`,
    )
    const [task] = (await scenario?.tasks({ count: 1, seed: 1 })) ?? []
    if (!scenario || !task) throw new Error('There are no tasks.')
    expect((await scenario.oracle(task, 'yes4')).correct).toBe(true)
    expect((await scenario.oracle(task, '4')).correct).toBe(false)
  })

  test('tasks, unless others are given', async () => {
    const code = `${start}${tasks}export const graph = builder`
    const given = [{ id: 'other', text: 'x', expected: 'y' }]
    const { scenario } = await loading('given.mjs', code, 'given.mjs', given)
    expect((await scenario?.tasks({ count: 5, seed: 1 }))?.map(({ id }) => id)).toEqual(['other'])
  })

  test('no tasks that are not usable', async () => {
    await expect(loaded('bad.mjs', 'export const tasks = [{ id: 1 }]')).rejects.toMatchObject({
      code: 'bad-tasks',
      message: expect.stringContaining('bad.mjs'),
    })
  })
})

describe('defences that a module declares', () => {
  const declared = (...ids: readonly string[]) =>
    `export const defences = ${JSON.stringify(
      ids.map((id) => ({ id, tier: 'rule', summary: 'A defence of this test.' })),
    )}\n`
  const choosing = `
    const other = new StateGraph(MessagesAnnotation)
      .addNode('a', () => ({ messages: [new AIMessage('unguarded')] })).addEdge(START, 'a')
    export const graph = ({ without }) => (without.has('guard') ? other : builder)\n`
  const builtWith = async ({ system }: LoadedSystem, ...without: readonly string[]) => {
    const graph = await system.build({ without: new Set(without) } as unknown as BuildContext)
    const state = await graph.invoke({ messages: [new HumanMessage('2 + 2?')] })
    return (state as { messages: readonly { content: unknown }[] }).messages.at(-1)?.content
  }

  test('are left out of the graph that its function makes', async () => {
    const loaded = await loading('guarded.mjs', start + choosing + declared('guard', 'idle'))
    expect(loaded.system.defences?.map(({ id, tier }) => [id, tier])).toEqual([
      ...[
        ['guard', 'rule'],
        ['idle', 'rule'],
      ],
    ])
    expect(await builtWith(loaded)).toBe('four')
    expect(await builtWith(loaded, 'idle')).toBe('four')
    expect(await builtWith(loaded, 'guard')).toBe('unguarded')
  })

  test('a function of a graph without any is called without an argument', async () => {
    const code = `${start}export const graph = (...given) =>
      given.length === 0 ? builder : new Error('an argument')`
    for (const more of ['', declared()]) {
      const loaded = await loading(`plain${more.length}.mjs`, `${code}\n${more}`)
      expect(loaded.system).not.toHaveProperty('defences')
      expect(await builtWith(loaded)).toBe('four')
    }
  })

  test.each<readonly [string, string, RegExp, RegExp]>([
    [
      'of a graph that is always the same',
      `export const graph = builder\n${declared('guard')}`,
      /declares defences, but its "graph" is always the same/,
      /export const graph = \(\{ without \}\) => .*without\.has\('guard'\)/,
    ],
    [
      'of an unknown tier',
      `${choosing}export const defences = [{ id: 'guard', tier: 'luck', summary: 'x' }]`,
      /0\.tier/,
      /mechanism, rule, prompt, reasoning/,
    ],
    [
      'with a name that would be read as two',
      `${choosing}${declared('guard', 'a~b')}`,
      /1\.id: expected words like/,
      /\{ id, tier, summary \}/,
    ],
    [
      'without a summary',
      `${choosing}export const defences = [{ id: 'a', tier: 'rule' }]`,
      /0\.summary/,
      /summary/,
    ],
    [
      'with a misspelt member',
      `${choosing}export const defences = [{ id: 'a', tier: 'rule', summary: 'x', ask: 'peer' }]`,
      /"ask"/,
      /summary/,
    ],
    [
      'that are no list',
      `${choosing}export const defences = { guard: 'rule' }`,
      /expected array/,
      /summary/,
    ],
    [
      'of which two are called alike',
      choosing + declared('guard', 'guard'),
      /Two defences .*"guard"/,
      /of its own/,
    ],
  ])('%s are refused with what to do', async (what, code, message, hint) => {
    await expect(loading(`${what.replaceAll(' ', '-')}.mjs`, start + code)).rejects.toMatchObject({
      ...{ code: 'bad-system', message: expect.stringMatching(message) },
      hint: expect.stringMatching(hint),
    })
  })
})

describe('what is no graph is refused with what to do', () => {
  test.each<readonly [string, string, RegExp, RegExp]>([
    ['empty.mjs', '', /empty\.mjs exports no "graph"/, /Export a LangGraph graph as "graph"/],
    [
      'others.mjs',
      'export const team = 1',
      /exports no "graph"/,
      /It exports team; .*others\.mjs#team/,
    ],
    ['text.mjs', 'export const graph = "a"', /exports "graph", which is no graph/, /exports graph/],
    ['null.mjs', 'export const graph = null', /which is no graph/, /./],
    ['throws.mjs', 'throw new Error("no key")', /throws\.mjs cannot be loaded: no key/, /packages/],
    ['package.mjs', 'import "no-such-package"', /cannot be loaded: .*no-such-package/, /packages/],
    ['syntax.ts', 'export const = 1', /syntax\.ts cannot be loaded/, /packages/],
  ])('%s', async (name, code, message, hint) => {
    await expect(loading(name, code)).rejects.toMatchObject({
      code: 'bad-system',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    })
  })

  test('a file that is missing', async () => {
    await expect(loadSystem('none.ts#graph', folder, null)).rejects.toMatchObject({
      code: 'bad-system',
      message: `There is no file ${join(folder, 'none.ts')}.`,
    })
  })

  test('a function that returns none fails when it is built, not before', async () => {
    const { system } = await loading('late.mjs', 'export const graph = () => 1')
    await expect(Promise.resolve(system.build({} as BuildContext))).rejects.toThrow(
      'returned no LangGraph graph',
    )
  })
})

test('a client that a module makes while it loads is seen in a trial', async () => {
  const code = `
import { AIMessage } from '@langchain/core/messages'
import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
const client = { send: globalThis.fetch }
const ask = async () => {
  const body = JSON.stringify({ messages: [{ role: 'user', content: '2 + 2?' }] })
  const response = await client.send('http://127.0.0.1:9/v1/chat/completions', { method: 'POST', body })
  const { choices } = await response.json()
  return { messages: [new AIMessage(choices[0].message.content)] }
}
export const graph = new StateGraph(MessagesAnnotation).addNode('a', ask).addEdge(START, 'a')
`
  const before = globalThis.fetch
  const system = await loading('client.mjs', code)
  expect(globalThis.fetch).toBe(before)
  const trial = openTrial({ onModel: async () => new AIMessage('four') })
  expect(await inTrial(trial, () => saidBy(system))).toBe('four')
})
