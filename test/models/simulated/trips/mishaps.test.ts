import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import type { ToolCall } from '../../../../core/messages.js'
import { toolCallsOf } from '../../../../core/messages.js'
import { simStrong } from '../../../../models/sim-strong.js'
import { simWeak } from '../../../../models/sim-weak.js'
import {
  booked,
  briefings,
  callsOf,
  notesOf,
  person,
  type Trial,
  trialOn,
  wordsOf,
  work,
} from './little-agency.js'
import { offered } from './little-world.js'
import { type Case, cases, taskText } from './random-request.js'

const all = cases(24)
const engineer = { id: 'engineer', job: 'produce', tools: offered } as const

type Mishap = Pick<Trial, 'call' | 'alter'>

/** How the cases end when something goes wrong on the way. */
const ends = (mishap: Mishap, model = simStrong) =>
  Promise.all(
    all.map(async (one) => {
      const trial = { ...trialOn(one.world, model, one.number), ...mishap }
      const said = await work(trial, engineer, [person(taskText(one.sentences))])
      const isRight = JSON.stringify(booked(trial)) === JSON.stringify(one.right)
      return { trial, said, isRight, booked: booked(trial) }
    }),
  )
const right = async (mishap: Mishap, model = simStrong) =>
  (await ends(mishap, model)).filter(({ isRight }) => isRight).length

const turned =
  (turn: number, change: (call: ToolCall) => ToolCall) => (call: ToolCall, now: number) =>
    now === turn ? change(call) : call

const many = all.length * 0.8

describe('a call that goes wrong', () => {
  test('under a name that does not exist is made again', async () => {
    const call = turned(1, (made) => ({ ...made, name: 'search_flihgts' }))
    expect(await right({ call })).toBeGreaterThanOrEqual(many)
  })

  test('with arguments that are refused is made again', async () => {
    const alter = (result: string, turn: number) =>
      turn === 3 ? 'Invalid arguments for book_flight: flight_id is missing.' : result
    const call = turned(3, (made) => ({ ...made, name: 'none' }))
    expect(await right({ call, alter })).toBeGreaterThanOrEqual(many)
  })

  test('with another date is noticed mostly, and by the hasty temper less often', async () => {
    const call = turned(1, (made) => ({ ...made, args: { ...made.args, date: '2031-05-13' } }))
    const [careful, hasty] = [await right({ call }), await right({ call }, simWeak)]
    expect(careful).toBeGreaterThan(all.length / 2)
    expect(hasty).toBeLessThan(careful)
  })

  test('that booked another hotel is undone when it is noticed, and stays booked when it is not', async () => {
    const other = ({ right: [, wanted] }: Case) => (wanted?.includes('H100') ? 'H141' : 'H100')
    const results = await Promise.all(
      all.flatMap((one) =>
        [simStrong, simWeak].map(async (model) => {
          const call = (made: ToolCall, turn: number) =>
            turn === 4 && made.name === 'book_hotel'
              ? { ...made, args: { ...made.args, hotel_id: other(one) } }
              : made
          const trial = { ...trialOn(one.world, model, one.number), call }
          const said = await work(trial, engineer, [person(taskText(one.sentences))])
          const hasCancelled = callsOf(said).includes('cancel_booking')
          const stands = booked(trial).some((item) => item.includes(other(one)))
          return { hasCancelled, stands, text: wordsOf(said), other: other(one) }
        }),
      ),
    )
    expect(results.filter(({ hasCancelled }) => hasCancelled).length).toBeGreaterThan(10)
    const left = results.filter(({ stands }) => stands)
    expect(left.length).toBeGreaterThan(3)
    // What stayed is in the confirmation, so that whoever reads it can see it.
    expect(left.every(({ text, other: id }) => text.includes(`hotel ${id}`))).toBe(true)
    expect(results.filter(({ hasCancelled, stands }) => hasCancelled && stands)).toEqual([])
  })

  test('that booked something instead of searching leaves an extra booking unless it is noticed', async () => {
    const call = turned(2, (made) => ({
      ...made,
      name: 'book_hotel',
      args: { hotel_id: 'H100', date: '2031-05-20', nights: 3 },
    }))
    const stray = 'hotel H100, 3 nights from 2031-05-20'
    const standing = (given: Awaited<ReturnType<typeof ends>>) =>
      given.filter((end) => end.booked.includes(stray)).length
    const [careful, hasty] = [await ends({ call }), await ends({ call }, simWeak)]
    expect(standing(careful)).toBeLessThan(standing(hasty))
    expect(standing(hasty)).toBeLessThan(all.length)
  })
})

describe('a result that is not as it should be', () => {
  test('a flight that does not exist is looked for again', async () => {
    const alter = (result: string, turn: number) =>
      turn === 1 ? result.replace(/^F/gm, 'G') : result
    expect(await right({ alter })).toBeGreaterThanOrEqual(many)
  })

  test('offers without a date or a route are taken for those that were asked for', async () => {
    const alter = (result: string, turn: number) =>
      turn === 1 ? result.replace(/ Porto to Vienna, 2031-05-14/g, '') : result
    const given = await ends({ alter })
    expect(given.filter(({ isRight }) => isRight).length).toBeGreaterThanOrEqual(many)
    expect(given.flatMap(({ said }) => said.flatMap((one) => notesOf(one).unread))).toEqual([])
    expect(given.every(({ said }) => callsOf(said).length < 6)).toBe(true)
  })

  test('false prices lead to a false choice, unless it is seen that the receipt differs from the offer', async () => {
    const alter = (result: string, turn: number) =>
      turn === 2
        ? result.replace(/(\d+) euros/g, (_, price) => `${500 - Number(price)} euros`)
        : result
    const given = await ends({ alter })
    const sees = ({ said }: (typeof given)[number]) =>
      said.some((one) => notesOf(one).events.includes('checked again: hotel'))
    const wrong = given.filter(({ isRight }) => !isRight)
    expect(given.filter(sees).length).toBeGreaterThan(10)
    expect(wrong.length).toBeGreaterThan(0)
    expect(wrong.filter(sees).length).toBeLessThan(given.filter(sees).length / 4)
  })

  test('a full flight is left out, and the next best is booked', async () => {
    const [one] = all
    const trial = trialOn(one?.world ?? { flights: [], hotels: [] }, simStrong, 1)
    const [best = ''] = one?.right[0]?.match(/F\d+/) ?? []
    const alter = (result: string) => {
      if (!result.includes(`Booked. Booking B0001: flight ${best}`)) return result
      trial.desk.bookings.clear()
      return `Flight ${best} has no free seats.`
    }
    const said = await work({ ...trial, alter }, engineer, [person(taskText(one?.sentences ?? []))])
    expect(callsOf(said).filter((name) => name === 'book_flight')).toHaveLength(2)
    expect(booked(trial)[0]).not.toContain(best)
  })

  test('the limit of calls ends the work, and what was booked is said', async () => {
    const alter = (result: string, turn: number) =>
      turn >= 4 ? 'The limit of 3 tool calls is reached.' : result
    const [first] = await ends({ alter, call: turned(4, (made) => ({ ...made, name: 'none' })) })
    expect(first?.said).toHaveLength(5)
    expect(wordsOf(first?.said ?? [])).toContain('No more calls are possible.')
    expect(wordsOf(first?.said ?? [])).toContain('```answer\nBooking B0001: flight ')
  })
})

test('a message whose calls could not be read does not make the agent forget what it has booked', async () => {
  const [one] = all
  const trial = trialOn(one?.world ?? { flights: [], hotels: [] }, simStrong, 3)
  const task = person(taskText(one?.sentences ?? []))
  const said = await work(trial, engineer, [task])
  const chat = simStrong.create({ seed: 3, caller: () => ({ agent: 'engineer', call: 'x' }) })
  const ask = (...turns: readonly BaseMessage[]) =>
    chat
      .bindTools?.([...offered])
      .invoke([
        { role: 'system', content: `You are the engineer. ${briefings.produce}` },
        task,
        ...turns,
      ])
  const replay = trialOn(trial.desk.world, simStrong, 3)
  const turns: BaseMessage[] = []
  await work(
    {
      ...replay,
      alter: (result) => {
        turns.push(new ToolMessage({ content: result, tool_call_id: `c${turns.length}` }))
        return result
      },
    },
    engineer,
    [task],
  )
  const results = turns.map((message, at) => {
    const [made] = toolCallsOf(said[at] ?? new AIMessage(''))
    return [
      new AIMessage({ content: '', tool_calls: [{ ...made, id: `c${at}` } as never] }),
      new ToolMessage({ content: message.content as string, tool_call_id: `c${at}` }),
    ]
  })
  const failed = new AIMessage({
    content: '',
    invalid_tool_calls: [{ name: 'book_hotel', args: '{"hotel_id": ', id: 'bad', error: 'x' }],
  })
  const reminder = person('Reply with exactly one ```answer block.')
  const upToFlight = results.slice(0, 3).flat()
  for (const after of [[failed], [failed, reminder]]) {
    const reply = await ask(...upToFlight, ...after)
    expect(toolCallsOf(reply as AIMessage)[0]?.name).toBe('book_hotel')
  }
  const done = await ask(...results.flat(), new AIMessage('All is booked.'), reminder)
  expect(toolCallsOf(done as AIMessage)).toEqual([])
  expect(done?.text).toContain('```answer\nBooking B0001')
})
