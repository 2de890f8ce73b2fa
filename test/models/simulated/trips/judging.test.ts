import { describe, expect, test } from 'vitest'
import { simStrong } from '../../../../models/sim-strong.js'
import {
  booked,
  briefings,
  callsOf,
  namesStep,
  notesOf,
  person,
  relayed,
  trialOn,
  wordsOf,
  work,
} from './little-agency.js'
import { offered, runTool } from './little-world.js'
import { cases, taskText } from './random-request.js'

const [one] = cases(1)
const world = one?.world ?? { flights: [], hotels: [] }
const right = one?.right ?? []
const task = person(taskText(one?.sentences ?? []))
const seeds = Array.from({ length: 20 }, (_, at) => at)
const mostly = (holds: readonly boolean[]) =>
  expect(holds.filter(Boolean).length).toBeGreaterThanOrEqual(holds.length * 0.7)

const engineer = { id: 'generator', job: 'produce', tools: offered } as const
const judge = { id: 'judge', job: 'review', tools: offered } as const
const refiner = { id: 'refiner', job: 'revise', tools: offered } as const

/** A desk at which the work was done, with a booking more when `extra` is given; and the words of who did it. */
async function afterWork(seed: number, extra: boolean) {
  const trial = trialOn(world, simStrong, seed)
  const draft = wordsOf(await work({ ...trial, seed: 5 }, engineer, [task]))
  if (extra) runTool(trial.desk, 'book_hotel', { hotel_id: 'H100', date: '2031-05-20', nights: 2 })
  return { trial, draft: relayed('generator', draft) }
}

describe('to review', () => {
  test('is to list the bookings, to search again and to approve what is right', async () => {
    const said = await Promise.all(
      seeds.map(async (seed) => {
        const { trial, draft } = await afterWork(seed, false)
        return work(trial, judge, [task, draft])
      }),
    )
    mostly(said.map((messages) => wordsOf(messages).startsWith('APPROVE\n- I find what is booked')))
    expect(callsOf(said[1] ?? [])).toEqual(['list_bookings', 'search_flights', 'search_hotels'])
  })

  test('is to reject what is one too many, and a refiner cancels just that', async () => {
    const ends = await Promise.all(
      seeds.map(async (seed) => {
        const { trial, draft } = await afterWork(seed, true)
        const verdict = wordsOf(await work(trial, judge, [task, draft]))
        const critique = relayed('judge', verdict)
        const revised = await work(trial, refiner, [task, draft, critique])
        return { verdict, end: booked(trial), calls: callsOf(revised) }
      }),
    )
    mostly(ends.map(({ verdict }) => verdict.includes('is one too many: hotel H100')))
    mostly(ends.map(({ end }) => JSON.stringify(end) === JSON.stringify(right)))
    expect(ends.flatMap(({ calls }) => calls)).not.toContain('book_flight')
  })

  test('is to name the first wrong step when that is asked for', async () => {
    const { draft } = await afterWork(1, false)
    const wrong = relayed(
      'generator',
      draft.text
        .replace('From: generator\n', '')
        .replaceAll(/(Take the) cheapest/g, '$1 most expensive'),
    )
    const step = /(\d+)\. Take the/.exec(draft.text)?.[1]
    const said = await Promise.all(
      seeds.map(async (seed) =>
        wordsOf(
          await work(
            trialOn(world, simStrong, seed),
            { id: 'critic', job: 'review', channel: namesStep },
            [task, wrong],
          ),
        ),
      ),
    )
    mostly(said.map((text) => text.endsWith(`\nConclusion: step ${step}`)))
    mostly(said.map((text) => text.includes(`Step ${step} should be: Take the cheapest pair.`)))
  })
})

test.each([
  ['hotel', 'Booking B0002 is not right: hotel H100 for 2 nights from 2031-05-14 is needed.'],
  ['date', 'Step 1 should be: Search flights from Porto to Vienna on 2031-05-19.'],
  ['flight', 'There is no booking: flight F101 for 1 passenger is needed.'],
])('to route is to name the kind of error: %s', async (kind, evidence) => {
  const { trial, draft } = await afterWork(1, false)
  const said = await work(trial, { id: 'router', job: 'route' }, [
    draft,
    relayed('judge', `REJECT\n- ${evidence}`),
  ])
  expect(wordsOf(said)).toBe(`The kind of error is: ${kind}.`)
  expect(notesOf(said[0]).unread).toEqual([])
})

describe('to decide', () => {
  const reviewer = { id: 'reviewer', job: 'decide' } as const

  test('is to pass the confirmation on', async () => {
    const { trial, draft } = await afterWork(1, false)
    const text = wordsOf(await work(trial, reviewer, [task, draft]))
    for (const item of right) expect(text).toContain(item)
    expect(text).toMatch(/```answer\nBooking B0001: [\s\S]*\n```$/)
  })

  test('is to say when it does not confirm what was asked for', async () => {
    const { draft } = await afterWork(1, false)
    const other = relayed(
      'generator',
      draft.text.replace('From: generator\n', '').replaceAll(/from 2031-05-14/g, 'from 2031-05-24'),
    )
    const said = await Promise.all(
      seeds.map(async (seed) =>
        wordsOf(await work(trialOn(world, simStrong, seed), reviewer, [task, other])),
      ),
    )
    mostly(said.map((text) => text.includes('I cannot confirm that this is what was asked for.')))
  })
})

test('of two jobs in one briefing one is done: mostly the own one, now and then the other', async () => {
  const channel = `You also hold this role: You are the analyst. ${briefings.plan}`
  const said = await Promise.all(
    seeds.map(async (seed) => {
      const trial = trialOn(world, simStrong, seed)
      return callsOf(await work(trial, { ...engineer, channel }, [task])).length
    }),
  )
  expect(said.filter((calls) => calls === 0).length).toBeGreaterThan(2)
  expect(said.filter((calls) => calls > 3).length).toBeGreaterThan(7)
})
