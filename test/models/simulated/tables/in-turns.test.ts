import { describe, expect, test } from 'vitest'
import type { ToolCall } from '../../../../core/messages.js'
import { simStrong } from '../../../../models/sim-strong.js'
import { type Talk, talk } from '../two-in-turns.js'
import { nations, offered, runTool, taskText } from './little-tables.js'
import { answerIn } from './little-team.js'
import { randomCase } from './random-case.js'

const words = {
  instruct:
    'Your job is to instruct the colleague: name one step at a time; write TASK_DONE when the answer is there.',
  act: 'Your job is to act on the instruction. Use the tools. Reply with exactly one ```answer block that holds the answer alone.',
}

const setting = (seed: number, changes: Partial<Talk> = {}): Talk => ({
  ...{ model: simStrong, seed, tools: offered, ...words },
  run: ({ name, args }) => runTool(nations, name, args),
  ...changes,
})

const question = 'Which "Nation" has the highest "Gold"?'
const task = taskText(nations, question)
const seeds = Array.from({ length: 20 }, (_, at) => at)
const lastLine = (text: string | undefined) => text?.split('\n').at(-1)

test('two in turns answer nearly all random questions, and say when they are done', async () => {
  const numbers = Array.from({ length: 80 }, (_, number) => number)
  const right = await Promise.all(
    numbers.map(async (number) => {
      const { table, question: asked, answer } = randomCase(number)
      const run = ({ name, args }: ToolCall) => runTool(table, name, args)
      const said = await talk(setting(number, { run }), taskText(table, asked))
      return said.isDone && answerIn(said.answer) === answer
    }),
  )
  expect(right.filter(Boolean).length).toBeGreaterThanOrEqual(0.9 * right.length)
})

test('each instruction is one step of the plan that the first one is sent with', async () => {
  const { instructions, isDone } = await talk(setting(1), task)
  expect(isDone).toBe(true)
  expect(instructions.map(lastLine)).toEqual([
    'Instruction: Sort rows by "Gold" from high to low.',
    'Instruction: Answer with "Nation" of row 1.',
  ])
  expect(instructions[0]).toContain('1. Sort rows by "Gold" from high to low.')
})

describe('a step that brings nothing', () => {
  test('is told again until it does', async () => {
    const run = ({ name, args }: ToolCall, turn: number) =>
      turn === 1 ? 'Error: no answer.' : runTool(nations, name, args)
    const { instructions, answer } = await talk(setting(1, { run }), task)
    expect(lastLine(instructions[1])).toBe(lastLine(instructions[0]))
    expect(answerIn(answer)).toBe('Norway')
  })

  test('is told for another column when a name is looked for in the wrong one', async () => {
    const two = 'Which has the higher "Gold", "South" or "Norway"?'
    const { instructions } = await talk(setting(1), taskText(nations, two))
    expect(instructions.slice(0, 2).map(lastLine)).toEqual([
      'Instruction: Find rows where "Nation" is "South".',
      'Instruction: Find rows where "Region" is "South".',
    ])
  })
})

describe('a call that was another one than meant', () => {
  const called = (call: ToolCall, turn: number): ToolCall =>
    turn === 1 ? { ...call, args: { ...call.args, column: 'Silver' } } : call

  test('is mostly seen by whoever gave the instruction', async () => {
    const answers = await Promise.all(seeds.map((seed) => talk(setting(seed, { called }), task)))
    const right = answers.filter(({ answer }) => answerIn(answer) === 'Norway')
    expect(right.length).toBeGreaterThan(seeds.length / 2)
  })
})

describe('an instruction that arrives changed', () => {
  const told = (text: string, turn: number) =>
    turn === 1 ? text.replaceAll('Gold', 'Silver') : text

  test('is mostly given again as it was meant', async () => {
    const talks = await Promise.all(seeds.map((seed) => talk(setting(seed, { told }), task)))
    const again = talks.filter(({ instructions }) =>
      instructions.slice(1).some((text) => text.includes('Sort rows by "Gold"')),
    )
    expect(again.length).toBeGreaterThan(seeds.length / 2)
    for (const { answer } of again) expect(answerIn(answer)).toBe('Norway')
  })

  test('is followed as it stands by whoever acts', async () => {
    const always = (text: string) => text.replaceAll('Gold', 'Silver')
    const { answer } = await talk(setting(1, { told: always }), task)
    expect(answerIn(answer)).toBe('Malta')
  })
})

test('whoever is told what cannot be done says so', async () => {
  const told = () => 'Instruction: Ask the oracle about "Gold".'
  const { answer, isDone } = await talk(setting(1, { told }), task)
  expect(isDone).toBe(false)
  expect(answer).toBe('I cannot do this: Ask the oracle about "Gold".')
})
