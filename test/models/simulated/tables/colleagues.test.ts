import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { textOf, toolCallsOf } from '../../../../core/messages.js'
import { simStrong } from '../../../../models/sim-strong.js'
import { handOver, oneCall } from '../one-call.js'
import { nations, offered, taskText } from './little-tables.js'
import { briefings, person, relayed } from './little-team.js'

const question = 'Which "Nation" has the highest "Gold"?'
const task = person(taskText(nations, question))
const steps =
  '```ops\n1. Sort rows by "Gold" from high to low.\n2. Answer with "Nation" of row 1.\n```'
const wrongSteps = steps.replace('Gold', 'Silver')
const answer = (text: string) => `\`\`\`answer\n${text}\n\`\`\``
const seeds = Array.from({ length: 20 }, (_, at) => at)

const route =
  'Your job is to route the work: say what is missing or wrong (an error of row, column or final step).'

describe('to route with colleagues', () => {
  const supervisor = {
    id: 'supervisor',
    system: `${route} Your colleagues are planner (plan), builder (produce), checker (review). End with one last line NEXT: NAME.`,
  }
  const order = async (seed: number, ...inbox: readonly BaseMessage[]) =>
    textOf(await oneCall({ model: simStrong, seed }, supervisor, [task, ...inbox]))
  const nextIn = (text: string) => /\nNEXT: (\w+)$/.exec(text)?.[1]
  const plan = relayed('planner', steps)
  const work = relayed('builder', `${steps}\n\n${answer('Norway')}`)

  test('is to send whoever has to supply what is missing, with all that is known', async () => {
    const first = await order(1)
    expect(nextIn(first)).toBe('planner')
    expect(first).toContain(`- The question is: ${question}`)
    const second = await order(1, plan)
    expect(nextIn(second)).toBe('builder')
    expect(second).toContain(steps)
    const third = await order(1, plan, work)
    expect(nextIn(third)).toBe('checker')
    expect(third).toContain(answer('Norway'))
    const last = await order(1, plan, work, relayed('checker', 'APPROVE\n- I get "Norway" too.'))
    expect(nextIn(last)).toBe('finish')
  })

  test('is to send rejected work back with what is wrong about it', async () => {
    const critique = 'REJECT\n- Step 1 should be: Sort rows by "Gold" from high to low.'
    const wrong = relayed('builder', `${wrongSteps}\n\n${answer('Malta')}`)
    const text = await order(1, plan, wrong, relayed('checker', critique))
    expect(nextIn(text)).toBe('builder')
    expect(text).toContain(critique)
    expect(text).not.toContain(wrongSteps)
  })

  test('is mostly to see steps that do not follow the question, whoever approved them', async () => {
    const wrong = relayed('builder', `${wrongSteps}\n\n${answer('Malta')}`)
    const approval = relayed('checker', 'APPROVE\n- I found nothing against it.')
    const orders = await Promise.all(seeds.map((seed) => order(seed, plan, wrong, approval)))
    const sentBack = orders.filter((text) => nextIn(text) === 'builder')
    expect(sentBack.length).toBeGreaterThanOrEqual(0.7 * seeds.length)
    expect(orders.filter((text) => !['builder', 'finish'].includes(nextIn(text) ?? ''))).toEqual([])
  })

  test('names the kind of error and nobody when there are none', async () => {
    const alone = { id: 'router', system: `${route} Name the kind of error.` }
    const said = await oneCall({ model: simStrong, seed: 1 }, alone, [task, work])
    expect(textOf(said)).toBe('The kind of error is: final step.')
  })
})

describe('to hand the work over', () => {
  const others = (...names: readonly string[]) =>
    `Your colleagues are ${names.join(', ')}. Hand the work over with a tool.`
  const triage = {
    id: 'triage',
    system: `${route} ${others('builder (produce)', 'checker (review)')}`,
    tools: [handOver('checker', 'review'), handOver('builder', 'produce')],
  }
  const checker = {
    id: 'checker',
    system: `${briefings.review} ${others('triage (route)', 'builder (produce)')}`,
    tools: [handOver('triage', 'route'), handOver('builder', 'produce')],
  }
  const builder = {
    id: 'builder',
    system: `${briefings.produce} ${others('triage (route)', 'checker (review)')}`,
    tools: [...offered, handOver('triage', 'route'), handOver('checker', 'review')],
  }
  const trial = { model: simStrong, seed: 1 }
  const sorted = [
    new AIMessage({
      content: '',
      tool_calls: [
        {
          id: 'one',
          name: 'sort_rows',
          args: { column: 'Gold', order: 'high to low', limit: 3 },
          type: 'tool_call',
        },
      ],
    }),
    new ToolMessage({
      tool_call_id: 'one',
      content: 'Nation | Gold\nNorway | 46\nSpain | 31\nItaly | 12',
    }),
  ]

  test('is all that whoever routes does, with the question as the reason', async () => {
    const said = await oneCall(trial, triage, [task])
    expect(toolCallsOf(said)).toMatchObject([
      {
        name: 'transfer_to_builder',
        args: { reason: expect.stringContaining(`- The question is: ${question}`) },
      },
    ])
    expect(textOf(said)).toBe('')
  })

  test('comes after the own part, which is said beside it', async () => {
    const first = await oneCall(trial, builder, [task])
    expect(toolCallsOf(first)).toMatchObject([{ name: 'sort_rows' }])
    const last = await oneCall(trial, builder, [task, ...sorted])
    expect(toolCallsOf(last)).toMatchObject([{ name: 'transfer_to_checker' }])
    expect(textOf(last)).toContain(answer('Norway'))
  })

  test('takes everything along when the reason is all that arrives', async () => {
    const whole = handOver('checker', 'review', 'Everything that is needed to go on with the work.')
    const said = await oneCall(trial, { ...builder, tools: [...offered, whole] }, [task, ...sorted])
    expect(toolCallsOf(said)[0]?.args['reason']).toContain(answer('Norway'))
  })

  test('follows the verdict: rejected work goes back, approved work goes nowhere', async () => {
    const wrong = relayed('builder', `${wrongSteps}\n\n${answer('Malta')}`)
    const back = await Promise.all(
      seeds.map((seed) => oneCall({ model: simStrong, seed }, checker, [task, wrong])),
    )
    const calls = back.flatMap(toolCallsOf).map(({ name }) => name)
    expect(new Set(calls)).toEqual(new Set(['transfer_to_builder']))
    for (const said of back) {
      expect(/^APPROVE/.test(textOf(said))).toBe(toolCallsOf(said).length === 0)
    }
  })

  test('is given up when it was refused for good', async () => {
    const refused = [
      new AIMessage({
        content: '',
        tool_calls: [
          { id: 'two', name: 'transfer_to_builder', args: { reason: 'Again.' }, type: 'tool_call' },
        ],
      }),
      new ToolMessage({ tool_call_id: 'two', content: 'Finish it yourself.' }),
    ]
    const said = await oneCall(trial, triage, [task, ...refused])
    expect(toolCallsOf(said)).toEqual([])
  })
})
