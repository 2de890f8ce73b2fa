import { describe, expect, test } from 'vitest'
import { rng } from '../../../../core/draw.js'
import { simStrong } from '../../../../models/sim-strong.js'
import { simWeak } from '../../../../models/sim-weak.js'
import { type Case, cases, elsewhere, offered, taskText } from './little-shop.js'
import {
  buyer,
  callsOf,
  mayAsk,
  notesOf,
  person,
  relayed,
  rolePlay,
  team,
  trialOn,
  wordsOf,
  work,
} from './little-team.js'

const all = cases(30)
type Alter = Readonly<{ model?: typeof simStrong; text?: (one: Case) => string }>

/** Which cases a single agent with tools gets right. */
const outcomes = ({ model = simStrong, text }: Alter) =>
  Promise.all(
    all.map(async (one) => {
      const trial = trialOn(one, model)
      await work(trial, buyer, [person(text?.(one) ?? taskText(one.sentences))])
      return trial.visit.bought === one.right
    }),
  )
const plainly = outcomes({})
const share = (right: readonly boolean[]) => right.filter(Boolean).length / right.length

describe('what one product meets', () => {
  test('is nearly always bought by a team with the careful temper, and nothing is unread', async () => {
    const right = await Promise.all(
      all.map(async (one) => {
        const trial = trialOn(one, simStrong)
        const said = await team(trial, taskText(one.sentences))
        expect(said.flatMap((message) => notesOf(message).unread)).toEqual([])
        expect(wordsOf(said)).toContain('```answer\nP')
        return trial.visit.bought === one.right
      }),
    )
    expect(share(right)).toBeGreaterThanOrEqual(0.9)
  })

  test('is bought by one agent too, and by the hasty temper less often', async () => {
    const careful = share(await plainly)
    const hasty = share(await outcomes({ model: simWeak }))
    expect(careful).toBeGreaterThanOrEqual(0.9)
    expect(hasty).toBeLessThan(careful)
    expect(hasty).toBeGreaterThan(0.5)
  })

  test('is bought by one who is told each step by another one', async () => {
    const right = await Promise.all(
      all.slice(0, 10).map(async (one) => {
        const trial = trialOn(one, simStrong)
        const said = await rolePlay(trial, taskText(one.sentences))
        expect(said.at(-1)).toBe('TASK_DONE')
        expect(said.at(-2)).toBe('Instruction: Confirm the purchase.')
        return trial.visit.bought === one.right
      }),
    )
    expect(share(right)).toBeGreaterThanOrEqual(0.9)
  })

  test('cannot be bought without the request', async () => {
    expect(share(await outcomes({ text: () => taskText([]) }))).toBe(0)
  })

  test('is the same whatever the order of sentences of different kinds', async () => {
    // Two attributes are told apart by their order alone, since their names must not matter: they keep it.
    const text = ({ number, sentences }: Case) => {
      const [thing = '', first = '', second = '', ...others] = sentences
      const both = `${first}\n- ${second}`
      return taskText(rng('order', number).shuffle([thing, both, ...others]))
    }
    expect(await outcomes({ text })).toEqual(await plainly)
  })

  test('is the same under other names of products, attributes and options', async () => {
    const words: Readonly<Record<string, string>> = {
      ...{ Dune: 'Loch', Camp: 'Mill', Shirt: 'Kilt', soft: 'warm', lined: 'woven' },
      ...{ washable: 'mothproof', 'quick-drying': 'heavy', size: 'length' },
    }
    const rename = (text: string) => text.replace(/[\w-]+/g, (word) => words[word] ?? word)
    const renamed = await Promise.all(
      all.map(async (one) => {
        const trial = { ...trialOn(one, simStrong), alter: rename }
        await work(trial, buyer, [person(rename(taskText(one.sentences)))])
        return trial.visit.bought === one.right
      }),
    )
    expect(renamed).toEqual(await plainly)
  })

  test('is looked for with the same calls whatever the order and the names of the tools', async () => {
    const names: Readonly<Record<string, string>> = {
      ...{ look_for: 'search', press: 'click', purchase: 'buy' },
    }
    for (const one of all.slice(0, 4)) {
      const asked = [person(taskText(one.sentences))]
      const usual = callsOf(await work(trialOn(one, simStrong), buyer, asked))
      for (const tools of [offered.toReversed(), elsewhere, elsewhere.toReversed()]) {
        const call = <Call extends { name: string; args: object }>(made: Call) => {
          const [value] = Object.values(made.args)
          return { ...made, name: names[made.name] ?? made.name, args: { target: value } }
        }
        const trial = { ...trialOn(one, simStrong), call }
        const said = callsOf(await work(trial, { ...buyer, tools }, asked))
        const renamed = said.map((words) => words.replace(/^\w+/, (name) => names[name] ?? name))
        expect(renamed).toEqual(usual)
      }
    }
  })
})

describe('a plan', () => {
  const [one] = all as readonly [Case]
  const trial = (seed = 1) => trialOn(one, simStrong, seed)
  const planned = async () => {
    const said = await work(trial(), { id: 'analyst', job: 'plan' }, [
      person(taskText(one.sentences)),
    ])
    return wordsOf(said)
  }
  const ops = (text: string) => /```ops\n[\s\S]*?\n```/.exec(text)?.[0] ?? ''
  const bought = (inbox: Parameters<typeof work>[2], channel = '') =>
    Promise.all(
      Array.from({ length: 16 }, async (_, seed) => {
        const given = trial(seed)
        const text = wordsOf(await work(given, { ...buyer, channel }, inbox))
        return { text, isRight: given.visit.bought === one.right, bought: given.visit.bought }
      }),
    )

  test('passes the request on and is enough to buy by', async () => {
    const said = await planned()
    for (const sentence of one.sentences) expect(said).toContain(`- ${sentence}`)
    const given = await bought([relayed('analyst', ops(said))])
    expect(given.filter(({ isRight }) => isRight).length).toBeGreaterThan(13)
  })

  test('whose product is lost leads to a question where asking is offered, else to nothing', async () => {
    const torn = relayed('analyst', ops(await planned()).replace(' for "Dune Camp Shirt"', ' for'))
    const asking = await bought([torn], mayAsk)
    expect(asking.filter(({ text }) => text.startsWith('QUESTION: ')).length).toBeGreaterThan(11)
    const silent = await bought([torn])
    expect(silent.every(({ text }) => text.includes('I do not know the product.'))).toBe(true)
    expect(silent.every(({ bought: what }) => what === null)).toBe(true)
  })

  test('with another attribute is followed when it stands alone and weighed when the request is in sight', async () => {
    const wrong = relayed('analyst', ops(await planned()).replace('"soft"', '"magnetic"'))
    const alone = await bought([wrong])
    expect(alone.filter(({ isRight }) => isRight)).toEqual([])
    expect(alone.every(({ text }) => text.includes('No product fits.'))).toBe(true)
    const weighed = await bought([person(taskText(one.sentences)), wrong])
    const right = weighed.filter(({ isRight }) => isRight).length
    expect(right).toBeGreaterThan(6)
    expect(right).toBeLessThan(16)
  })

  test('without an attribute contradicts no request that has it', async () => {
    const less = relayed('analyst', ops(await planned()).replace(/^.*"soft".*\n/m, ''))
    const given = await bought([person(taskText(one.sentences)), less])
    expect(given.filter(({ isRight }) => isRight).length).toBeGreaterThan(13)
  })
})

describe('whoever decides', () => {
  const [one] = all as readonly [Case]
  const size = one.right.replace(/.* in /, '')
  const decided = (answer: string) =>
    work(trialOn(one, simStrong, 5), { id: 'reviewer', job: 'decide' }, [
      person(taskText(one.sentences)),
      relayed('engineer', `\`\`\`answer\n${answer}\n\`\`\``),
    ])

  test('closes with what was confirmed, and doubts what was not asked for', async () => {
    const good = wordsOf(await decided(`P1 Dune Camp Shirt, Right: size ${size}, $5.00.`))
    expect(good).toContain(`\`\`\`answer\nP1 Dune Camp Shirt, Right: size ${size}, $5.00.\n\`\`\``)
    expect(good).not.toContain('cannot confirm')
    for (const answer of [
      'P1 Dune Camp Shirt, Right: $5.00.',
      `P1 Dune Camp Shirt, Right: size ${size}, $500.00.`,
      `P1 Pine Camp Shirt, Right: size ${size}, $5.00.`,
      'No purchase was made.',
    ]) {
      const text = wordsOf(await decided(answer))
      expect(text).toContain('I cannot confirm that this is what was asked for.')
      expect(text).toContain(`\`\`\`answer\n${answer}\n\`\`\``)
    }
  })
})

test('whoever routes sends the work to the plan, then to the purchase, then ends it', async () => {
  const [one] = all as readonly [Case]
  const channel = 'Your colleagues are planner (plan), builder (produce).'
  const lead = { id: 'lead', job: 'route', channel } as const
  const pool = [person(taskText(one.sentences))]
  const next = async () => wordsOf(await work(trialOn(one, simStrong, 2), lead, pool))
  const first = await next()
  expect(first).toMatch(/\nNEXT: planner$/)
  for (const sentence of one.sentences) expect(first).toContain(`- ${sentence}`)
  pool.push(relayed('planner', '```ops\n1. Search for "Dune Camp Shirt".\n2. Buy it.\n```'))
  expect(await next()).toMatch(/1\. Search for "Dune Camp Shirt"\.[\s\S]*\nNEXT: builder$/)
  pool.push(relayed('builder', '```answer\nP1 Dune Camp Shirt: $5.00.\n```'))
  expect(await next()).toBe('NEXT: finish')
})
