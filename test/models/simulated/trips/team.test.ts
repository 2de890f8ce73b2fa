import { describe, expect, test } from 'vitest'
import { rng } from '../../../../core/draw.js'
import { simStrong } from '../../../../models/sim-strong.js'
import { simWeak } from '../../../../models/sim-weak.js'
import {
  booked,
  callsOf,
  mayAsk,
  notesOf,
  person,
  relayed,
  team,
  trialOn,
  wordsOf,
  work,
} from './little-agency.js'
import { offered } from './little-world.js'
import { type Case, cases, taskText } from './random-request.js'

const all = cases(60)
const engineer = { id: 'engineer', job: 'produce', tools: offered } as const

type Alter = Readonly<{
  model?: typeof simStrong
  text?: (one: Case) => string
  tools?: readonly unknown[]
}>

/** Which cases a single agent with tools gets right. */
const outcomes = ({ model = simStrong, text, tools = offered }: Alter) =>
  Promise.all(
    all.map(async (one) => {
      const trial = trialOn(one.world, model, one.number)
      const asked = person(text?.(one) ?? taskText(one.sentences))
      await work(trial, { ...engineer, tools }, [asked])
      return JSON.stringify(booked(trial)) === JSON.stringify(one.right)
    }),
  )
const share = (right: readonly boolean[]) => right.filter(Boolean).length / right.length

describe('trips that one pair of offers fits best', () => {
  test('are nearly all booked right by a team with the careful temper, and nothing is unread', async () => {
    const right = await Promise.all(
      all.map(async ({ number, world, sentences, right }) => {
        const trial = trialOn(world, simStrong, number)
        const said = await team(trial, taskText(sentences))
        expect(said.flatMap((message) => notesOf(message).unread)).toEqual([])
        return JSON.stringify(booked(trial)) === JSON.stringify(right)
      }),
    )
    expect(share(right)).toBeGreaterThanOrEqual(0.9)
  })

  test('are mostly booked right by one agent, and by the hasty temper less often', async () => {
    const careful = share(await outcomes({}))
    const hasty = share(await outcomes({ model: simWeak }))
    expect(careful).toBeGreaterThanOrEqual(0.9)
    expect(hasty).toBeLessThan(careful)
    expect(hasty).toBeGreaterThan(0.5)
  })

  test('cannot be booked without the request', async () => {
    expect(share(await outcomes({ text: () => taskText([]) }))).toBe(0)
  })

  test('are booked the same whatever the order of the sentences', async () => {
    const text = ({ number, sentences }: Case) => taskText(rng('order', number).shuffle(sentences))
    expect(await outcomes({ text })).toEqual(await outcomes({}))
  })

  test('are booked the same whatever the order of the tools', async () => {
    expect(await outcomes({ tools: offered.toReversed() })).toEqual(await outcomes({}))
  })

  test('are booked the same under other names of cities and other ids', async () => {
    const names: Readonly<Record<string, string>> = { Porto: 'Ulm', Vienna: 'Las Palmas' }
    const renamed = await Promise.all(
      all.map(async ({ number, world, sentences, right }) => {
        const city = (name: string) => names[name] ?? name
        const id = (name: string) => name.replace(/^F/, 'Q').replace(/^H/, 'Z')
        const other = {
          flights: world.flights.map((one) => ({
            ...one,
            ...{ id: id(one.id), from: city(one.from), to: city(one.to) },
          })),
          hotels: world.hotels.map((one) => ({ ...one, id: id(one.id), city: city(one.city) })),
        }
        const trial = trialOn(other, simStrong, number)
        const text = taskText(sentences).replace(/\b(?:Porto|Vienna)\b/g, city)
        await work(trial, engineer, [person(text)])
        const wanted = right.map((item) => item.replace(/\b([FH])(?=\d{3})/g, id))
        return JSON.stringify(booked(trial)) === JSON.stringify(wanted)
      }),
    )
    expect(renamed).toEqual(await outcomes({}))
  })
})

describe('a plan', () => {
  const [one] = all
  const analyst = { id: 'analyst', job: 'plan' } as const
  const plain = taskText(one?.sentences ?? [])
  const trial = () => trialOn(one?.world ?? { flights: [], hotels: [] }, simStrong, 1)
  const ops = (text: string) => /```ops\n[\s\S]*?\n```/.exec(text)?.[0] ?? ''

  test('passes the request on and is enough to book by', async () => {
    const said = wordsOf(await work(trial(), analyst, [person(plain)]))
    for (const sentence of one?.sentences ?? []) expect(said).toContain(`- ${sentence}`)
    const alone = trial()
    await work(alone, engineer, [relayed('analyst', ops(said))])
    expect(booked(alone)).toEqual(one?.right)
  })

  test('whose date is lost leads to a question where asking is offered, else to no search at all', async () => {
    const said = ops(wordsOf(await work(trial(), analyst, [person(plain)])))
    const torn = relayed('analyst', said.replaceAll(/ (?:on|from) 2031-05-14/g, ''))
    const asking = await Promise.all(
      Array.from({ length: 20 }, async (_, seed) =>
        wordsOf(await work({ ...trial(), seed }, { ...engineer, channel: mayAsk }, [torn])),
      ),
    )
    expect(asking.filter((text) => text.startsWith('QUESTION: ')).length).toBeGreaterThan(14)
    const silent = trial()
    const given = await work(silent, engineer, [torn])
    expect(callsOf(given)).toEqual([])
    expect(wordsOf(given)).toContain('I do not know the date.')
    expect(booked(silent)).toEqual([])
  })

  test('with another number of nights is believed when it stands alone and weighed when the request is in sight', async () => {
    const said = ops(wordsOf(await work(trial(), analyst, [person(plain)])))
    const wrong = relayed('analyst', said.replaceAll(/for \d nights?/g, 'for 9 nights'))
    const nine = async (...inbox: Parameters<typeof work>[2]) => {
      const hotels = await Promise.all(
        Array.from({ length: 20 }, async (_, seed) => {
          const made = { ...trial(), seed }
          await work(made, engineer, inbox)
          return booked(made)[1] ?? ''
        }),
      )
      return hotels.filter((hotel) => hotel.includes('9 nights')).length
    }
    expect(await nine(wrong)).toBe(20)
    const weighed = await nine(person(plain), wrong)
    expect(weighed).toBeGreaterThan(0)
    expect(weighed).toBeLessThan(16)
  })
})
