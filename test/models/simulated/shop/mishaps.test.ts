import { describe, expect, test } from 'vitest'
import type { ToolCall } from '../../../../core/messages.js'
import { simStrong } from '../../../../models/sim-strong.js'
import { simWeak } from '../../../../models/sim-weak.js'
import { cases, taskText } from './little-shop.js'
import {
  buyer,
  callsOf,
  notesOf,
  person,
  type Trial,
  trialOn,
  wordsOf,
  work,
} from './little-team.js'

const all = cases(20)

type Mishap = Pick<Trial, 'call' | 'alter'>

/** How the cases end when something goes wrong on the way. */
const ends = (mishap: Mishap, model = simStrong) =>
  Promise.all(
    all.map(async (one) => {
      const trial = { ...trialOn(one, model), ...mishap }
      const said = await work(trial, buyer, [person(taskText(one.sentences))])
      const { bought } = trial.visit
      const events = said.flatMap((message) => notesOf(message).events)
      return { said, bought, isRight: bought === one.right, events, shop: one.shop }
    }),
  )
const right = async (mishap: Mishap, model = simStrong) =>
  (await ends(mishap, model)).filter(({ isRight }) => isRight).length

const inTurn =
  (turn: number, change: (call: ToolCall) => ToolCall) => (call: ToolCall, now: number) =>
    now === turn ? change(call) : call

const many = all.length * 0.8

describe('a call that goes wrong', () => {
  test('under a name that does not exist is made again', async () => {
    expect(
      await right({ call: inTurn(1, (made) => ({ ...made, name: 'serach' })) }),
    ).toBeGreaterThan(many)
  })

  test('to a button that is not there is made again', async () => {
    const call = inTurn(2, (made) => ({ ...made, args: { target: 'P999' } }))
    expect(await right({ call })).toBeGreaterThan(many)
  })

  test('that opens another product is noticed mostly, and by the hasty temper less often', async () => {
    const seen = async (model: typeof simStrong) => {
      const trials = await Promise.all(
        all.map(async (one) => {
          const others = one.shop.map(({ id }) => id)
          const call = inTurn(2, (made) => {
            const other = others.find((id) => id !== made.args['target'])
            return { ...made, args: { target: other } }
          })
          const trial = { ...trialOn(one, model), call }
          const said = await work(trial, buyer, [person(taskText(one.sentences))])
          return said.flatMap((message) => notesOf(message).events)
        }),
      )
      return trials.filter((events) =>
        events.some((event) => /than meant|checked again/.test(event)),
      ).length
    }
    const [careful, hasty] = [await seen(simStrong), await seen(simWeak)]
    expect(careful).toBeGreaterThan(many)
    expect(hasty).toBeLessThan(careful)
    expect(hasty).toBeGreaterThan(0)
  })

  test('that chooses another size is put right when it is seen, and bought so when it is not', async () => {
    const other = (size: unknown) => (size === 'S' ? 'M' : 'S')
    const trials = (model: typeof simStrong) =>
      Promise.all(
        all.map(async (one) => {
          let isDone = false
          const call = (made: ToolCall) => {
            const { target } = made.args
            if (isDone || !/^[SML]$/.test(String(target))) return made
            isDone = true
            return { ...made, args: { target: other(target) } }
          }
          const trial = { ...trialOn(one, model), call }
          await work(trial, buyer, [person(taskText(one.sentences))])
          return trial.visit.bought === one.right
        }),
      )
    const count = async (model: typeof simStrong) => (await trials(model)).filter(Boolean).length
    const [careful, hasty] = [await count(simStrong), await count(simWeak)]
    expect(careful).toBeGreaterThan(many - 2)
    expect(hasty).toBeLessThan(careful)
  })

  test('that buys too early cannot be undone, and what was bought is said', async () => {
    const call = inTurn(3, (made) => ({ ...made, name: 'buy', args: {} }))
    const given = await ends({ call })
    const early = given.filter(({ said }) => callsOf(said).length === 3)
    expect(early.length).toBeGreaterThan(3)
    for (const { said, bought } of early) {
      expect(wordsOf(said)).toContain(`\`\`\`answer\n${bought?.replace(/ in .*/, '')} `)
    }
  })
})

describe('a page that is not as it should be', () => {
  test('with a product that does not exist is searched for again', async () => {
    const alter = (result: string, turn: number) =>
      turn === 1 ? result.replace(/\[P/g, '[Q') : result
    expect(await right({ alter })).toBeGreaterThan(many)
  })

  test('that hides what the right product is leads on to others, and some look again', async () => {
    const given = await ends({ alter: (result) => result.replace(' is soft.', ' is dull.') })
    expect(given.filter(({ isRight }) => isRight)).toEqual([])
    expect(given.filter(({ bought }) => bought !== null).length).toBeLessThan(4)
    const again = given.filter(({ events }) => events.includes('checked again: nothing fits'))
    expect(again.length).toBeGreaterThan(all.length / 2)
    expect(wordsOf(given[0]?.said ?? [])).toContain(
      'I cannot finish the purchase. No product fits.',
    )
  })

  test('whose attributes were false once is read again when nothing else fits', async () => {
    const once = all.map(async (one) => {
      let isDone = false
      const alter = (result: string) => {
        if (isDone || !result.includes(`${one.right.replace(/ in .*/, '')} is soft.`)) return result
        isDone = true
        return result.replace(' is soft.', ' is dull.')
      }
      const trial = { ...trialOn(one, simStrong), alter }
      await work(trial, buyer, [person(taskText(one.sentences))])
      return trial.visit.bought === one.right
    })
    const held = (await Promise.all(once)).filter(Boolean).length
    expect(held).toBeGreaterThan(all.length * 0.6)
    expect(held).toBeLessThan(all.length)
  })

  test('without its prices is read as far as it goes', async () => {
    const alter = (result: string, turn: number) =>
      turn === 1 ? result.replace(/ \| \$[\d.]+/g, '') : result
    const given = await ends({ alter })
    expect(given.filter(({ isRight }) => isRight).length).toBeGreaterThan(many)
    expect(given.flatMap(({ said }) => said.flatMap((one) => notesOf(one).unread))).toEqual([])
  })

  test('that confirms a purchase without saying what leaves it confirmed, and nothing is bought again', async () => {
    const alter = (result: string) => (result.startsWith('Bought.') ? 'Bought.' : result)
    const given = await ends({ alter })
    expect(given.filter(({ isRight }) => isRight).length).toBeGreaterThan(many)
    for (const { said, bought } of given.filter((end) => end.bought !== null)) {
      expect(bought).toBeTruthy()
      expect(wordsOf(said)).toContain('```answer\nThe purchase is complete.\n```')
      expect(callsOf(said).filter((call) => call === 'buy')).toHaveLength(1)
    }
  })

  test('that says the limit is reached ends the work', async () => {
    const alter = (result: string, turn: number) =>
      turn >= 3 ? 'The limit of 2 tool calls is reached.' : result
    const [first] = await ends({ alter })
    expect(first?.said).toHaveLength(4)
    expect(wordsOf(first?.said ?? [])).toContain('No more calls are possible.')
    expect(wordsOf(first?.said ?? [])).toContain('```answer\nNo purchase was made.\n```')
  })
})
