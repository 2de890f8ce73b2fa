import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { publishedFaults } from '../../../core/taxonomy.js'
import { simStrong } from '../../../models/sim-strong.js'
import { nations, offered, taskText } from './tables/little-tables.js'
import {
  answerIn,
  namesStep,
  notesOf,
  person,
  relayed,
  team,
  wordsOf,
  work,
} from './tables/little-team.js'
import { randomCase } from './tables/random-case.js'

const folder = join(import.meta.dirname, '../../../models/simulated')
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

const seeds = Array.from({ length: 40 }, (_, at) => at)
const question = 'Which "Nation" has the lowest "Gold"?'
const plan =
  '```ops\n1. Sort rows by "Gold" from low to high.\n2. Answer with "Nation" of row 1.\n```'
const engineer = { id: 'engineer', job: 'produce', tools: offered } as const
const trialOf = (seed: number) => ({ model: simStrong, seed, table: nations })

const answersTo = async (...inbox: Parameters<typeof work>[2]) =>
  Promise.all(
    seeds.map(async (seed) => answerIn(wordsOf(await work(trialOf(seed), engineer, inbox)))),
  )
const share = (answers: readonly (string | null)[], right: string) =>
  answers.filter((answer) => answer === right).length / answers.length

describe('the sources of the simulated model', () => {
  test('are all looked at', () => expect(sources.length).toBeGreaterThan(20))

  test.each(sources)('$name imports nothing of ours but core', ({ name, text }) => {
    const imports = [...text.matchAll(/from '(\.[^']*)'/g)].map(([, path = '']) =>
      join(folder, name, '..', path),
    )
    const core = join(folder, '../../core')
    expect(imports.filter((path) => !path.startsWith(folder) && !path.startsWith(core))).toEqual([])
  })

  test.each(sources)('$name names no way in which work is broken', ({ text }) => {
    const labels = publishedFaults.flatMap((id) => [id, id.replaceAll('-', ' ')])
    expect(labels.filter((label) => text.toLowerCase().includes(label))).toEqual([])
    expect(text).not.toMatch(/\b(?:fault|inject(?:ed|ion|or)?|chaos)\b/i)
  })

  test.each(sources)('$name names no tool and evaluates no text', ({ text }) => {
    expect(text).not.toMatch(/\b(?:list_columns|read_rows|find_rows|sort_rows|count_rows)\b/)
    expect(text).not.toMatch(/\beval\(|new Function|node:vm/)
  })
})

describe('an answer comes from what is in sight', () => {
  test('without a question there is no right answer', async () => {
    const answers = await answersTo(person(taskText(nations)))
    expect(share(answers, 'Malta')).toBe(0)
    expect(new Set(answers)).toEqual(new Set(['unknown']))
  })

  test('a plan alone is enough, and a lost column in it is not', async () => {
    expect(share(await answersTo(relayed('analyst', plan)), 'Malta')).toBeGreaterThan(0.9)
    const torn = plan.replace(' by "Gold"', '')
    expect(share(await answersTo(relayed('analyst', torn)), 'Malta')).toBeLessThan(0.7)
  })

  test('the lost sentence put back restores the answer', async () => {
    const torn = relayed('analyst', plan.replace(' by "Gold"', ''))
    const again = await answersTo(torn, relayed('analyst', `- The question is: ${question}`))
    expect(share(again, 'Malta')).toBeGreaterThan(0.9)
  })

  test('a false value is believed when it stands alone and weighed when the question is in sight', async () => {
    const wrong = relayed('analyst', plan.replace('"Gold"', '"Silver"'))
    const alone = await answersTo(wrong)
    const seen = await answersTo(person(taskText(nations, question)), wrong)
    expect(share(alone, 'Malta')).toBeLessThan(0.1)
    expect(share(alone, 'Norway')).toBeGreaterThan(0.9)
    expect(share(seen, 'Malta')).toBeGreaterThan(0.4)
    expect(share(seen, 'Norway')).toBeGreaterThan(0.1)
  })
})

describe('what does not matter changes nothing', () => {
  const run = (rename: (text: string) => string) =>
    Promise.all(
      Array.from({ length: 48 }, async (_, number) => {
        const { table, question: asked, answer } = randomCase(number)
        const renamed = { header: table.header.map(rename), rows: table.rows }
        const text = taskText(renamed, rename(asked))
        return (await team({ model: simStrong, seed: number, table: renamed }, text)) === answer
      }),
    )

  test('renaming the columns leaves every outcome as it was', async () => {
    const names: Readonly<Record<string, string>> = {
      Tree: 'Ship',
      Wood: 'Hull',
      Height: 'Length',
      Age: 'Mth',
    }
    const plainly = await run((text) => text)
    const renamed = await run((text) =>
      text.replace(/\b(?:Tree|Wood|Height|Age)\b/g, (name) => names[name] ?? name),
    )
    expect(renamed).toEqual(plainly)
  })

  test('the order in which tools are offered is all the same', async () => {
    for (const seed of seeds.slice(0, 10)) {
      const inbox = [person(taskText(nations, question))]
      const said = await work(trialOf(seed), engineer, inbox)
      const turned = await work(trialOf(seed), { ...engineer, tools: offered.toReversed() }, inbox)
      expect(turned.map(({ text, tool_calls }) => ({ text, tool_calls }))).toEqual(
        said.map(({ text, tool_calls }) => ({ text, tool_calls })),
      )
    }
  })

  test('25 copies of a message say what one of them says, and fill the window', async () => {
    const copies = Array.from({ length: 25 }, () => relayed('analyst', plan))
    const [one] = await work(trialOf(3), engineer, [relayed('analyst', plan)])
    const [many] = await work(trialOf(3), engineer, copies)
    expect(many?.tool_calls?.map(({ args }) => args)).toEqual(
      one?.tool_calls?.map(({ args }) => args),
    )
    const tokensOf = (message: unknown) =>
      (message as { usage_metadata: { input_tokens: number } }).usage_metadata.input_tokens
    expect(tokensOf(many) - tokensOf(one)).toBeGreaterThan(24 * 20)
  })
})

describe('what cannot be read is reported', () => {
  test('no sentence of a task stays unread', async () => {
    for (let number = 0; number < 16; number++) {
      const { table, question: asked } = randomCase(number)
      const said = await work({ model: simStrong, seed: 1, table }, engineer, [
        person(taskText(table, asked)),
      ])
      expect(said.flatMap((message) => notesOf(message).unread)).toEqual([])
    }
  })

  test('nothing that agents write themselves stays unread by their colleagues', async () => {
    const agents = [
      { id: 'analyst', job: 'plan' },
      engineer,
      { id: 'judge', job: 'review', tools: offered },
      { id: 'router', job: 'route' },
      { id: 'critic', job: 'review', channel: namesStep },
      { id: 'refiner', job: 'revise', tools: offered },
      { id: 'reviewer', job: 'decide' },
    ] as const
    const contrary = [question, question.replace('lowest', 'highest')]
    for (const seed of seeds.slice(0, 12)) {
      const asked = contrary.slice(0, 1 + (seed % 2))
      const pool = [person(taskText(nations, ...asked))]
      for (const agent of agents) {
        const said = await work(trialOf(seed), agent, pool)
        expect(said.flatMap((message) => notesOf(message).unread)).toEqual([])
        pool.push(relayed(agent.id, wordsOf(said)))
      }
    }
  })

  test('facts in a foreign form are listed once', async () => {
    const text = taskText(nations, question, 'Mind the gap in the "Gold" of Malta.')
    const said = await work(trialOf(1), engineer, [
      person(text),
      person(text),
      relayed('analyst', '```ops\n1. Polish the "Gold".\n```'),
    ])
    expect(notesOf(said[0]).unread).toEqual([
      'Mind the gap in the "Gold" of Malta.',
      'Polish the "Gold".',
    ])
  })

  test.each([
    [
      'a briefing of other work',
      'Your job is to produce the JavaScript function.',
      'Write a function.',
    ],
    ['a job that it has not learnt', 'Your job is to translate the answer into verse.', question],
    ['no briefing at all', 'You are a helpful assistant.', 'Hello!'],
    [
      'nothing readable',
      'Your job is to plan: write the ops block.',
      'Lorem ipsum dolor sit amet.',
    ],
  ])('%s is refused', async (_, system, text) => {
    const chat = simStrong.create({ seed: 1, caller: () => ({ agent: 'a', call: 'a' }) })
    const reply = await chat.invoke([{ role: 'system', content: system }, person(text)])
    expect(reply.text).toMatch(/^UNSUPPORTED: I can read only/)
    expect(notesOf(reply as never).unsupported).toBe(reply.text)
  })
})
