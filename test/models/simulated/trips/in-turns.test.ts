import { describe, expect, test } from 'vitest'
import type { ToolCall } from '../../../../core/messages.js'
import { simStrong } from '../../../../models/sim-strong.js'
import { type Talk, talk } from '../two-in-turns.js'
import { booked, type Trial, trialOn } from './little-agency.js'
import { offered, runTool } from './little-world.js'
import { type Case, cases, taskText } from './random-request.js'

const setting = (trial: Trial, changes: Partial<Talk> = {}): Talk => ({
  ...{ model: simStrong, seed: trial.seed, tools: offered },
  instruct:
    'Your job is to instruct the colleague: name one step at a time; write TASK_DONE when the trip is booked.',
  act: 'Your job is to act on the instruction with the tools. Compare all offers before you book. Finish with a short confirmation in exactly one ```answer block.',
  run: ({ name, args }) => runTool(trial.desk, name, args),
  ...changes,
})

/** What two in turns made of a case. */
async function played({ world, number, sentences, right }: Case, changes: Partial<Talk> = {}) {
  const trial = trialOn(world, simStrong, number)
  const said = await talk(setting(trial, changes), taskText(sentences))
  return { ...said, isRight: JSON.stringify(booked(trial)) === JSON.stringify(right) }
}

const all = cases(40)
const lastLine = (text: string | undefined) => text?.split('\n').at(-1) ?? ''

test('two in turns book nearly all trips as asked, and say when they are done', async () => {
  const outcomes = await Promise.all(all.map((one) => played(one)))
  const right = outcomes.filter(({ isRight, isDone }) => isRight && isDone)
  expect(right.length).toBeGreaterThanOrEqual(0.9 * all.length)
  const [first] = right
  expect(lastLine(first?.instructions[0])).toMatch(/^Instruction: Search flights from /)
  expect(lastLine(first?.instructions.at(-1))).toBe('Instruction: Confirm the bookings.')
})

describe('a booking of something else', () => {
  const called = (call: ToolCall): ToolCall =>
    call.name === 'book_hotel' ? { ...call, args: { ...call.args, nights: 9 } } : call

  test('is mostly taken back and made again', async () => {
    let changes = 0
    const once = (call: ToolCall) =>
      call.name === 'book_hotel' && changes++ === 0 ? called(call) : call
    const [one] = all
    if (!one) throw new Error('There is no case.')
    const { instructions, isRight } = await played(one, { called: once })
    expect(
      instructions.map(lastLine).some((line) => /^Instruction: Cancel booking /.test(line)),
    ).toBe(true)
    expect(isRight).toBe(true)
  })
})

test('a search that fails is told again', async () => {
  const outcomes = await Promise.all(
    all.slice(0, 10).map((one) => {
      const trial = trialOn(one.world, simStrong, one.number)
      const run = ({ name, args }: ToolCall, turn: number) =>
        turn === 1 ? 'Error: no answer.' : runTool(trial.desk, name, args)
      return talk(setting(trial, { run }), taskText(one.sentences))
    }),
  )
  for (const { instructions } of outcomes) {
    expect(lastLine(instructions[1])).toBe(lastLine(instructions[0]))
  }
})
