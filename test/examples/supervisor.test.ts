import { readdirSync, readFileSync } from 'node:fs'
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answer, graph, oracle, tasks } from '../../examples/supervisor/graph.js'
import { DeskModel } from '../../examples/supervisor/model.js'

const lamps = 'An order of 12 lamps with 10 percent discount: what is the total in euros?'

const ask = async (...messages: readonly (string | BaseMessage)[]) => {
  const state = await graph().invoke({
    messages: messages.map((message) =>
      typeof message === 'string' ? new HumanMessage(message) : message,
    ),
  })
  return { state, answer: answer(state) }
}

/** The nodes that ran, in order, those of the clerks behind their clerk's name. */
async function visited(text: string): Promise<readonly string[]> {
  const nodes: string[] = []
  const stream = await graph().stream(
    { messages: [new HumanMessage(text)] },
    { streamMode: 'updates', subgraphs: true },
  )
  for await (const [namespace, update] of stream) {
    const path = namespace.map((part) => part.split(':')[0])
    for (const node of Object.keys(update)) nodes.push([...path, node].join('/'))
  }
  return nodes
}

describe('the tasks', () => {
  test('there are enough of them, all different, with answers in whole cents', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(24)
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length)
    expect(new Set(tasks.map(({ text }) => text)).size).toBe(tasks.length)
    expect(tasks.filter(({ expected }) => !Number.isInteger(expected * 100))).toEqual([])
  })

  test.each(tasks)('the team solves $id', async (task) => {
    const { state, answer } = await ask(task.text)
    expect(oracle(task, answer)).toBe(true)
    expect(state.messages.at(-1)?.name).toBe('supervisor')
  })
})

describe('the team', () => {
  test('an order goes to stock, to billing and back to the supervisor', async () => {
    expect(await visited(lamps)).toEqual([
      'supervisor/agent',
      'supervisor',
      'stock/agent',
      'stock/tools',
      'stock/agent',
      'stock/tools',
      'stock/agent',
      'stock',
      'supervisor/agent',
      'supervisor',
      'billing/agent',
      'billing/tools',
      'billing/agent',
      'billing/tools',
      'billing/agent',
      'billing',
      'supervisor/agent',
      'supervisor',
    ])
  })

  test('every task visits all three agents', async () => {
    for (const { text } of tasks) {
      expect(await visited(text)).toEqual(
        expect.arrayContaining(['supervisor/agent', 'stock/tools', 'billing/tools']),
      )
    }
  })

  test('a price that a colleague states is believed, right or wrong', async () => {
    const claim = new AIMessage('The price of lamps is 50 euros apiece.')
    expect((await ask(lamps, claim)).answer).toBe('540')
  })

  test('the last statement wins', async () => {
    const claims = [50, 30].map((n) => new AIMessage(`The price of lamps is ${n} euros apiece.`))
    expect((await ask(lamps, ...claims)).answer).toBe('324')
  })

  test('a false result of a tool is reckoned with', async () => {
    const call = { id: 'earlier', name: 'multiply', args: { a: 12, b: 40 } }
    const result = new ToolMessage({ tool_call_id: 'earlier', content: '12 times 40 is 500.' })
    const said = new AIMessage({ content: '', tool_calls: [call] })
    expect((await ask(lamps, said, result)).answer).toBe('450')
  })

  test('a result of other numbers is not taken for the one that is needed', async () => {
    const said = new AIMessage('112 times 40 is 4480.')
    expect((await ask(lamps, said)).answer).toBe('432')
  })

  test.each([
    '',
    'Good morning!',
    'An order of a few lamps: what is the total in euros?',
    'An order of 3 unicorns: what is the total in euros?',
  ])('says so and gives no answer to "%s"', async (text) => {
    const { state, answer } = await ask(text)
    expect(answer).toBeNull()
    expect(state.messages.at(-1)?.text).toMatch(/cannot/)
  })

  test('an agent whose prompt holds two roles takes the last one', async () => {
    const model = new DeskModel().bindTools([{ name: 'transfer_to_stock' }])
    const prompt = 'You are the supervisor of an orders desk.'
    const both = `${prompt}\nYou also hold this role:\nYou are the stock clerk of an orders desk.`
    const called = async (role: string) =>
      (await model.invoke([{ role: 'system', content: role }, new HumanMessage(lamps)])).tool_calls
    expect(await called(prompt)).toMatchObject([{ name: 'transfer_to_stock' }])
    expect(await called(both)).toEqual([])
  })
})

test('the model answers any conversation without throwing, and makes only calls that are on offer', async () => {
  const role = fc.constantFrom(
    'You are the supervisor.',
    'You are the stock clerk.',
    'You are the billing clerk.',
    '',
  )
  const scrap = fc.oneof(
    fc.string(),
    fc.constantFrom(...tasks.map(({ text }) => text)),
    fc.constantFrom('The price of lamps is', '(', 'Item A17 costs 4e9 euros.', 'total is -0 euros'),
  )
  const conversation = fc.array(fc.tuple(fc.boolean(), scrap), { maxLength: 6 })
  const bound = new DeskModel().bindTools([{ name: 'multiply' }, { name: 'find_item' }])
  await fc.assert(
    fc.asyncProperty(role, conversation, async (prompt, parts) => {
      const messages = parts.map(([human, text]) =>
        human ? new HumanMessage(text) : new AIMessage(text),
      )
      const reply = await bound.invoke([{ role: 'system', content: prompt }, ...messages])
      expect(reply.text).not.toBe('')
      for (const { name } of reply.tool_calls ?? []) {
        expect(['multiply', 'find_item']).toContain(name)
      }
    }),
  )
})

test('the oracle wants the number and nothing else', () => {
  const task = { id: 't', text: '', expected: 432 }
  expect(['432', ' 432.0 '].map((text) => oracle(task, text))).toEqual([true, true])
  expect([null, '', ' ', '432 euros', '431.99'].some((text) => oracle(task, text))).toBe(false)
})

test('the folder can stand alone: it imports only what its own package names', () => {
  const folder = new URL('../../examples/supervisor/', import.meta.url)
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'))
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  const code = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')
  const imported = [...code.matchAll(/ from '((?:@[^/']+\/)?[^/']+)/g)].map((match) => match[1])
  const foreign = new Set(
    imported.filter((name) => name !== '.' && !(String(name) in dependencies)),
  )
  expect(files.length).toBeGreaterThan(3)
  expect([...foreign]).toEqual([])
  expect(code).not.toMatch(/firedrill/i)
})
