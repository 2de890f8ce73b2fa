import { AIMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { simStrong } from '../../../../models/sim-strong.js'
import { simWeak } from '../../../../models/sim-weak.js'
import { nations, offered, taskText } from './little-tables.js'
import { answerIn, mayAsk, notesOf, person, relayed, team, wordsOf, work } from './little-team.js'
import { randomCase } from './random-case.js'

const question = 'Which "Nation" has the highest "Gold"?'
const task = person(taskText(nations, question))
const trial = { model: simStrong, seed: 1, table: nations }
const engineer = { id: 'engineer', job: 'produce', tools: offered } as const

const ops = (...steps: readonly string[]) =>
  ['```ops', ...steps.map((step, at) => `${at + 1}. ${step}`), '```'].join('\n')
const given = (answer: string) => `\`\`\`answer\n${answer}\n\`\`\``
const rightSteps = ops('Sort rows by "Gold" from high to low.', 'Answer with "Nation" of row 1.')

// The seeds of which nearly all do what a strong temper mostly does.
const seeds = Array.from({ length: 20 }, (_, at) => at)
const mostly = (holds: readonly boolean[]) =>
  expect(holds.filter(Boolean).length).toBeGreaterThanOrEqual(holds.length * 0.7)

describe('a team of three on random tables', () => {
  const right = async (model: typeof simStrong) => {
    const marks = await Promise.all(
      Array.from({ length: 160 }, async (_, number) => {
        const { table, question: asked, answer } = randomCase(number)
        return (await team({ model, seed: number, table }, taskText(table, asked))) === answer
      }),
    )
    return marks.filter(Boolean).length / marks.length
  }

  test('answers nearly all with the careful temper', async () => {
    expect(await right(simStrong)).toBeGreaterThanOrEqual(0.95)
  })

  test('answers fewer with the hasty temper, yet most', async () => {
    const share = await right(simWeak)
    expect(share).toBeGreaterThan(0.7)
    expect(share).toBeLessThan(0.95)
  })
})

describe('to plan', () => {
  const analyst = { id: 'analyst', job: 'plan' } as const

  test('is to write the steps and to pass the question on', async () => {
    const text = wordsOf(await work(trial, analyst, [task]))
    expect(text).toContain(rightSteps)
    expect(text).toContain(`- The question is: ${question}`)
  })

  test('is to answer a colleague who asks', async () => {
    const said = await work(trial, analyst, [task, relayed('engineer', 'QUESTION: Which column?')])
    expect(wordsOf(said)).toContain(question)
    expect(notesOf(said[0]).events).toContain('answered a colleague')
  })

  test('is to point at two questions that cannot both be meant', async () => {
    const both = person(taskText(nations, question, question.replace('highest', 'lowest')))
    const said = await Promise.all(seeds.map((seed) => work({ ...trial, seed }, analyst, [both])))
    const noted = said.filter((messages) => wordsOf(messages).includes('CONFLICT: '))
    expect(noted.length).toBeGreaterThan(5)
    expect(noted.length).toBeLessThan(18)
    for (const messages of noted) {
      expect(notesOf(messages[0]).events).toContain('noticed a conflict: 1.order')
      expect(notesOf(messages[0]).unread).toEqual([])
    }
  })
})

describe('to produce', () => {
  test('is to call one tool at a time and to state the steps beside the answer', async () => {
    const said = await work(trial, engineer, [task, relayed('analyst', rightSteps)])
    expect(said.map(({ tool_calls }) => tool_calls?.length)).toEqual([1, 0])
    expect(said[0]?.tool_calls?.[0]).toMatchObject({
      name: 'sort_rows',
      args: { column: 'Gold', order: 'high to low', limit: 3 },
    })
    expect(wordsOf(said)).toContain(`${rightSteps}\n\n${given('Norway')}`)
  })

  test('is to look in another column when nothing is found', async () => {
    const asked = person(taskText(nations, 'Which has the higher "Gold", "North" or "South"?'))
    const said = await work(trial, engineer, [asked])
    expect(said.map(({ tool_calls }) => tool_calls?.[0]?.args['column']).slice(0, 2)).toEqual([
      'Nation',
      'Region',
    ])
    expect(wordsOf(said)).toContain('Find rows where "Region" is "South".')
  })

  test('is to take the nearest column that a refusal names', async () => {
    const misspelt = relayed('analyst', rightSteps.replace('"Gold"', '"Golds"'))
    const said = await work(trial, engineer, [misspelt])
    expect(said[1]?.tool_calls?.[0]?.args).toMatchObject({ column: 'Gold' })
    expect(answerIn(wordsOf(said))).toBe('Norway')
  })

  test('is to compute from the rows when there are no tools', async () => {
    const rows = [nations.header, ...nations.rows].map((cells) => cells.join(' | ')).join('\n')
    const said = await work(trial, { id: 'engineer', job: 'produce' }, [
      person(`${taskText(nations, question)}\n\n## Rows\n${rows}`),
    ])
    expect(answerIn(wordsOf(said))).toBe('Norway')
    expect(notesOf(said[0]).unread).toEqual([])
  })

  test('is to ask once when something is missing and asking is offered', async () => {
    const torn = relayed(
      'analyst',
      ops(
        'Find rows where "Region" is .',
        'Sort rows by from high to low.',
        'Answer with of row 1.',
      ),
    )
    const asking = { ...engineer, channel: mayAsk }
    const said = await work(trial, asking, [torn])
    expect(wordsOf(said)).toMatch(/^QUESTION: Which \w+ is meant in step \d\?$/m)
    const again = await work(trial, asking, [torn, new AIMessage(wordsOf(said)), torn])
    expect(wordsOf(again)).not.toContain('QUESTION:')
    expect(wordsOf(await work(trial, engineer, [torn]))).not.toContain('QUESTION:')
  })

  test('is to keep to what was overlooked or known through all turns', async () => {
    const hasty = { ...trial, model: simWeak }
    const asked = person(
      taskText(nations, 'What is the "Gold" of "Spain" minus the "Gold" of "Italy"?'),
    )
    const slips = await Promise.all(
      Array.from({ length: 150 }, async (_, seed) => {
        const said = await work({ ...hasty, seed }, engineer, [asked])
        return said.map((message) => notesOf(message).events.includes('slip'))
      }),
    )
    expect(
      slips.filter((turns) => turns.length === 3 && turns.every(Boolean)).length,
    ).toBeGreaterThan(3)
    expect(slips.filter((turns) => turns.includes(true) && turns.includes(false))).toEqual([])
  })

  test('is to see that a result is out of order and to call again', async () => {
    const shuffled = (text: string, turn: number) =>
      turn > 1
        ? text
        : text
            .split('\n')
            .toSorted((a) => (a.startsWith('Nation') ? -1 : 1))
            .toSorted((a, b) =>
              a.startsWith('Nation')
                ? -1
                : b.startsWith('Nation')
                  ? 1
                  : Number(a.split(' | ')[2]) - Number(b.split(' | ')[2]),
            )
            .join('\n')
    const answers = await Promise.all(
      seeds.map(async (seed) =>
        answerIn(wordsOf(await work({ ...trial, seed, alter: shuffled }, engineer, [task]))),
      ),
    )
    mostly(answers.map((answer) => answer === 'Norway'))
  })
})
