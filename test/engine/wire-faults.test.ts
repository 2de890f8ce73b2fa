import { AIMessage } from '@langchain/core/messages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { System } from '../../core/system.js'
import { cutSeams } from '../../engine/session.js'
import { parameterFillingError } from '../../faults/intra-agent/parameter-filling-error.js'
import { toolFormatError } from '../../faults/intra-agent/tool-format-error.js'
import { startProvider } from './seams/provider.js'
import { heardFromAnthropic, heardFromOpenai } from './seams/wire-reader.js'
import { oneNode, performed, planOf, systemOf } from './stage.js'

type Body = Readonly<{ messages: readonly { role: string; content: unknown }[] }>
type Heard = ReturnType<typeof heardFromOpenai>

let uninstall = () => {}
let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  // The seam stands over the guard of these tests, as it stands over the fetch of a user.
  uninstall = await cutSeams([import.meta.dirname])
  provider = await startProvider((body) => answerTo(body as Body))
})
afterAll(async () => {
  uninstall()
  await provider.close()
})

/** Adds with a tool: asks for it until a number comes back, and says that number. */
function answerTo({ messages }: Body) {
  const last = JSON.stringify(messages.at(-1)?.content ?? '')
  const sum = /sum (\d+)/.exec(last)?.[1]
  if (sum) return { text: sum }
  const args = JSON.stringify({ a: 2, b: 2 })
  return { calls: [{ id: `call_${messages.length}`, name: 'add', args }] }
}

const schema = {
  type: 'object',
  properties: { a: { type: 'integer' }, b: { type: 'integer' } },
  required: ['a', 'b'],
}

/** What a careless client does with a call: it reads the arguments itself. */
function added({ args, name }: Heard['calls'][number]): string {
  try {
    const { a, b } = JSON.parse(args) as { a?: number; b?: number }
    return name === 'add' && a !== undefined && b !== undefined ? `sum ${a + b}` : 'Error: no sum'
  } catch {
    return 'Error: the arguments are no JSON.'
  }
}

const speakers = {
  OpenAI: {
    path: '/v1/chat/completions',
    tools: [{ type: 'function', function: { name: 'add', parameters: schema } }],
    heard: heardFromOpenai,
    turn: ({ name, args }: Heard['calls'][number], id: string, result: string) => [
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id, type: 'function', function: { name, arguments: args } }],
      },
      { role: 'tool', tool_call_id: id, content: result },
    ],
  },
  Anthropic: {
    path: '/v1/messages',
    tools: [{ name: 'add', input_schema: schema }],
    heard: heardFromAnthropic,
    turn: ({ name, args }: Heard['calls'][number], id: string, result: string) => [
      { role: 'assistant', content: [{ type: 'tool_use', id, name, input: asObject(args) }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: result }] },
    ],
  },
} as const

function asObject(args: string): unknown {
  try {
    return JSON.parse(args)
  } catch {
    return { broken: args }
  }
}

/** An agent without any library: fetch, its own parser, and at most three turns. */
const agent = (name: keyof typeof speakers, stream: boolean, read: string[]) =>
  oneNode(async () => {
    const { path, tools, heard, turn } = speakers[name]
    const messages: object[] = [{ role: 'user', content: 'What is 2 + 2?' }]
    for (let turns = 0; turns < 3; turns++) {
      const response = await fetch(`${provider.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'm', max_tokens: 9, stream, messages, tools }),
      })
      const said = heard(await response.text())
      const [call] = said.calls
      if (!call) return { messages: [new AIMessage(said.text)] }
      read.push(call.args)
      messages.push(...turn(call, `call_${messages.length}`, added(call)))
    }
    return { messages: [new AIMessage('no sum')] }
  }) as System['build']

const cases = (['OpenAI', 'Anthropic'] as const).flatMap((name) =>
  [false, true].map((stream) => ({ name, stream, mode: stream ? 'streamed' : 'whole' })),
)

describe.each(cases)('an agent that speaks with $name by itself, $mode', ({ name, stream }) => {
  const ran = async (fault: typeof toolFormatError, parameters: Record<string, number>) => {
    const read: string[] = []
    const plan = planOf({
      system: systemOf(agent(name, stream, read), { ownModels: true }),
      model: null,
    })
    const planned = { id: fault.id, parameters, trigger: 'once' as const }
    const { lines } = await performed({ ...plan, faults: [{ fault, planned }] })
    return { read, line: lines.find(({ line }) => line.arm === 'fault')?.line }
  }

  test('gets arguments that are no JSON as they are, and asks again', async () => {
    const { read, line } = await ran(toolFormatError, { variant: 4 })
    const broken = read.filter((args) => added({ name: 'add', args }).includes('no JSON'))
    expect(broken).toHaveLength(1)
    expect(broken[0]).toMatch(/^\{('a':2,'b':2|a: 2,b: 2)\}$/)
    expect(line).toMatchObject({
      verdict: 'held',
      injections: [{ site: 'call:a#0.0', delivered: true, effective: true }],
    })
  })

  test('gets another sum for a wrong argument, and believes it', async () => {
    const { line } = await ran(parameterFillingError, { arguments: 1, loud: 0 })
    expect(line).toMatchObject({ verdict: 'broke', injections: [{ effective: true }] })
  })
})
