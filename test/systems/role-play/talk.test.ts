import { AIMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { rolePlay } from '../../../systems/role-play/index.js'
import { asAssistant, asUser, isDone, withoutFailures } from '../../../systems/role-play/talk.js'
import { deliverable, diligent } from '../scripted-model.js'
import { asked, played } from '../setting.js'

const told = new AIMessage({ id: 'user#1', name: 'user', content: 'Instruction: Add up "Gold".' })
const call = new AIMessage({
  id: 'assistant#1',
  name: 'assistant',
  content: '',
  tool_calls: [{ id: 'one', name: 'total', args: { column: 'Gold' }, type: 'tool_call' }],
})
const result = new ToolMessage({ id: 'r', tool_call_id: 'one', content: 'The total is 46.' })
const failure = new ToolMessage({ id: 'r', tool_call_id: 'one', content: 'No.', status: 'error' })

describe('the talk', () => {
  const talk = [asked, told, call, result]

  test('is told to the user in words, with its own words as its own', () => {
    expect(asUser(talk).map((message) => [message.getType(), message.text])).toEqual([
      ['human', asked.text],
      ['ai', told.text],
      ['human', 'From: assistant\nI call total with {"column":"Gold"}.'],
      ['human', 'From: environment\nThe total is 46.'],
    ])
  })

  test('is the assistant’s own in the form that models expect, without the goal', () => {
    const [instruction, ...own] = asAssistant(talk)
    expect(instruction?.text).toBe('From: user\nInstruction: Add up "Gold".')
    expect(own).toEqual([call, result])
  })

  test('loses a call that failed together with its result', () => {
    expect(withoutFailures([told, call, failure])).toEqual([told])
    expect(withoutFailures(talk)).toEqual(talk)
  })

  test('is done when the user says so, whatever the assistant says', () => {
    const claims = new AIMessage({ name: 'assistant', content: 'TASK_DONE' })
    expect(isDone([asked, told, claims])).toBe(false)
    expect(isDone([asked, new AIMessage({ name: 'user', content: 'TASK_DONE' })])).toBe(true)
  })
})

test('one turn is an instruction, an action and its result', async () => {
  const { texts, ids, answer } = await played(rolePlay)
  expect(answer).toBe('46')
  expect(texts.slice(1)).toEqual([
    'Instruction: Compute the total of "Gold".',
    '',
    'The total of "Gold" is 46.',
    'Instruction: Answer with the total of "Gold".',
    deliverable('46'),
    'TASK_DONE',
  ])
  expect(ids[3]).toBe('assistant-0-result')
})

test('a call that nobody can read is told to both', async () => {
  const broken = new AIMessage({
    content: '',
    invalid_tool_calls: [{ id: 'one', name: 'total', args: '{', type: 'invalid_tool_call' }],
  })
  const { prompts, answer } = await played(rolePlay, {
    script: (one) => (one.agent === 'assistant' && one.earlier === 0 ? broken : diligent(one)),
  })
  const heard = (who: string) =>
    prompts.filter((prompt) => prompt.includes(who) && prompt.includes('could not be read'))
  expect(heard('You are the user.').length).toBeGreaterThan(0)
  expect(heard('You are the assistant.').length).toBeGreaterThan(0)
  expect(answer).toBe('46')
})
