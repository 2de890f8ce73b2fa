import { AIMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { simStrong } from '../../../../models/sim-strong.js'
import { nations, offered, runTool, taskText } from './little-tables.js'
import { answerIn, mayAsk, notesOf, person, wordsOf, work } from './little-team.js'

const question = 'Which "Nation" has the highest "Gold"?'
const task = person(taskText(nations, question))
const trial = { model: simStrong, seed: 1, table: nations }
const engineer = { id: 'engineer', job: 'produce', tools: offered } as const
const seeds = Array.from({ length: 20 }, (_, at) => at)

describe('work on a table that is disturbed', () => {
  const call = (id: string, args: Record<string, unknown>, name = 'sort_rows') =>
    new AIMessage({ content: '', tool_calls: [{ id, name, args, type: 'tool_call' }] })
  const rows = runTool(nations, 'sort_rows', { column: 'Gold', order: 'high to low', limit: 3 })
  const right = { column: 'Gold', order: 'high to low', limit: 3 }
  const done = [call('a', right), new ToolMessage({ content: rows, tool_call_id: 'a' })]
  const reminder = person('Reply with exactly one ```answer block.')
  const failed = new AIMessage({
    content: '',
    invalid_tool_calls: [{ name: 'sort_rows', args: '{"column": ', id: 'b', error: 'broken' }],
  })

  test.each([
    ['by a message whose calls could not be read', [failed]],
    ['by such a message and a reminder', [failed, reminder]],
    ['by a reminder of the form', [new AIMessage('Norway, I think.'), reminder]],
  ])('%s goes on where it was', async (_, after) => {
    const said = await work(trial, engineer, [task, ...done, ...after])
    expect(said).toHaveLength(1)
    expect(answerIn(wordsOf(said))).toBe('Norway')
  })

  test('by a call of a tool that does not exist makes the call again', async () => {
    const error = 'Error: Tool "sort_rosw" not found.\n Please fix your mistakes.'
    const missed = call('a', right, 'sort_rosw')
    const said = await work(trial, engineer, [
      task,
      missed,
      new ToolMessage({ content: error, tool_call_id: 'a', status: 'error' }),
    ])
    expect(said[0]?.tool_calls?.[0]).toMatchObject({ name: 'sort_rows', args: right })
    expect(answerIn(wordsOf(said))).toBe('Norway')
  })

  test('by the limit of calls ends at once', async () => {
    const limit = new ToolMessage({
      content: 'The limit of 9 tool calls is reached.',
      tool_call_id: 'a',
    })
    const said = await work(trial, engineer, [task, call('a', right), limit])
    expect(said).toHaveLength(1)
    expect(answerIn(wordsOf(said))).toBe('unknown')
  })

  test('by prose under a title of its own reads on, and counts only bullets as unread', async () => {
    const text = `${taskText(nations, question)}\n\n## Background\nMedals are made of metal.\n- Malta is small.`
    const said = await work(trial, engineer, [person(text)])
    expect(answerIn(wordsOf(said))).toBe('Norway')
    expect(notesOf(said[0]).unread).toEqual(['Malta is small.'])
  })
})

test.each(['some', 'the usual ones', 'some day', 'a few', 'it', '___'])(
  '"%s" in the place of a column is a gap that is asked about',
  async (vague) => {
    const asked = person(taskText(nations, `Which "Nation" has the highest ${vague}?`))
    const said = await Promise.all(
      seeds.map(async (seed) =>
        wordsOf(await work({ ...trial, seed }, { ...engineer, channel: mayAsk }, [asked])),
      ),
    )
    const questions = said.filter((text) => text.startsWith('QUESTION: '))
    expect(questions.length).toBeGreaterThan(4)
    expect(questions.length).toBeLessThan(20)
  },
)
