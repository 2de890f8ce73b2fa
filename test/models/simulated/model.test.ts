import {
  AIMessage,
  type AIMessageChunk,
  type BaseMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { models } from '../../../models/catalogue.js'
import { nations, offered, taskText } from './tables/little-tables.js'
import { briefings, person, relayed } from './tables/little-team.js'

const question = 'Which "Nation" has the highest "Gold"?'

const conversation = (job: keyof typeof briefings): BaseMessage[] => [
  new SystemMessage(`You are the engineer. ${briefings[job]}`),
  person(taskText(nations, question)),
]

describe.each(models)('$id', (model) => {
  const chat = (seed = 1, call = 'engineer#0') =>
    model.create({ seed, caller: () => ({ agent: 'engineer', call }) })

  test('gives the same bytes for the same request', async () => {
    const ask = async () =>
      JSON.stringify(await chat().bindTools?.(offered).invoke(conversation('produce')))
    expect(await ask()).toBe(await ask())
  })

  test.each(['plan', 'produce'] as const)('streams what it says when it is to %s', async (job) => {
    const bound = chat().bindTools?.(offered) ?? chat()
    const whole = (await bound.invoke(conversation(job))) as AIMessage
    const chunks: AIMessageChunk[] = []
    for await (const chunk of await bound.stream(conversation(job)))
      chunks.push(chunk as AIMessageChunk)
    const streamed = chunks.reduce((all, chunk) => all.concat(chunk))
    expect(chunks.length).toBeGreaterThan(job === 'plan' ? 10 : 0)
    expect(streamed.text).toBe(whole.text)
    expect(streamed.tool_calls).toEqual(whole.tool_calls)
    expect(streamed.usage_metadata).toMatchObject(whole.usage_metadata ?? {})
    expect(streamed.response_metadata).toEqual(whole.response_metadata)
  })

  test('counts characters divided by four as tokens', async () => {
    const messages = conversation('plan')
    const { usage_metadata: usage, text } = (await chat().invoke(messages)) as AIMessage
    const input = messages.reduce((sum, message) => sum + Math.ceil(message.text.length / 4), 0)
    const output = Math.ceil(text.length / 4)
    expect(usage).toEqual({
      input_tokens: input,
      output_tokens: output,
      total_tokens: input + output,
    })
  })

  test('gives every call an id of its own that follows from who calls', async () => {
    const idOf = async (seed: number, call: string) => {
      const reply = (await chat(seed, call)
        .bindTools?.(offered)
        .invoke(conversation('produce'))) as AIMessage
      return reply.tool_calls?.[0]?.id
    }
    expect(await idOf(1, 'a')).toMatch(/^call_[0-9a-f]{24}$/)
    expect(await idOf(1, 'a')).toBe(await idOf(1, 'a'))
    expect(new Set([await idOf(1, 'a'), await idOf(1, 'b'), await idOf(2, 'a')]).size).toBe(3)
  })

  test('makes no call when none is allowed', async () => {
    const bound = chat().bindTools?.(offered, { tool_choice: 'none' } as never)
    const reply = await bound?.invoke(conversation('produce'))
    expect(reply).toMatchObject({ tool_calls: [] })
    expect(reply?.text).not.toBe('')
  })

  test('never throws, whatever the messages say', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '```ops\n',
        '```',
        '\n',
        '"',
        ' | ',
        '- ',
        '## Rows\n',
        '## Question\n',
        'REJECT\n',
      ),
      fc.constantFrom(
        question,
        'Step 1 should be: Sort rows by from.',
        'Columns: .',
        'No rows match.',
      ),
      fc.constantFrom(
        '1. Find rows where "A" is "B".\n',
        'Answer with "A" of row 99.\n',
        '```answer\n',
      ),
    )
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    const job = fc.constantFrom(...Object.values(briefings), '')
    await fc.assert(
      fc.asyncProperty(
        job,
        fc.array(text, { minLength: 1, maxLength: 4 }),
        text,
        async (brief, texts, result) => {
          const call = { id: 'c', name: 'sort_rows', args: { column: texts[0] } }
          const messages = [
            new SystemMessage(`You are the engineer. ${brief} Conclusion: step N. QUESTION:`),
            ...texts.map((said, at) => (at % 2 === 0 ? person(said) : relayed('analyst', said))),
            new AIMessage({ content: '', tool_calls: [call] }),
            new ToolMessage({ content: result, tool_call_id: 'c' }),
          ]
          const reply = await chat().bindTools?.(offered).invoke(messages)
          expect(typeof reply?.text).toBe('string')
        },
      ),
      { numRuns: 150 },
    )
  })

  test('comes to an end with a long text', async () => {
    const long = `${'"a" | '.repeat(30_000)}\n${'- Which "x" has '.repeat(20_000)}\n${'```ops\n'.repeat(9_000)}`
    const reply = await chat().invoke([...conversation('plan'), relayed('somebody', long)])
    expect(reply.text).not.toBe('')
  })
})

test('the models differ in what they are hashed by', () => {
  expect(new Set(models.map(({ hash }) => hash)).size).toBe(models.length)
  expect(models.every(({ hash }) => /^[0-9a-f]{32}$/.test(hash))).toBe(true)
})
