import { AIMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { textOf } from '../../core/messages.js'
import { holdsTask, taskAfter, withTask } from '../../core/task-text.js'

const task = 'Go to Rome.'
const messages = [
  new SystemMessage(task),
  new HumanMessage(`Task:\n${task}\nBe kind.`),
  new AIMessage(task),
  new HumanMessage('From: planner\nStart.'),
]

test.each([
  ['a person who puts it', new HumanMessage(`Task: ${task}`), task, true],
  ['a person who says something else', new HumanMessage('Go.'), task, false],
  ['an agent that repeats it', new AIMessage(task), task, false],
  ['a role that names it', new SystemMessage(task), task, false],
  ['nobody, when there is none', new HumanMessage('Go.'), '', false],
])('the task is held by %s', (_, message, taskText, expected) => {
  expect(holdsTask(message, taskText)).toBe(expected)
})

describe('another task', () => {
  test('takes the place of the old one in what a person says', () => {
    expect(withTask(messages, task, 'Go.')?.map(textOf)).toEqual([
      task,
      'Task:\nGo.\nBe kind.',
      task,
      'From: planner\nStart.',
    ])
  })

  test('takes every place of it', () => {
    const twice = [new HumanMessage(`${task}\nAgain: ${task}`), new HumanMessage(task)]
    expect(withTask(twice, task, 'Go.')?.map(textOf)).toEqual(['Go.\nAgain: Go.', 'Go.'])
  })

  test('is taken word for word', () => {
    expect(withTask([new HumanMessage(task)], task, "$& $' $1")?.map(textOf)).toEqual(["$& $' $1"])
  })

  test.each([
    ['nobody puts it', messages.slice(2)],
    ['there is no message', []],
  ])('has no place when %s', (_, none) => {
    expect(withTask(none, task, 'Go.')).toBeNull()
  })
})

describe('what has become of the task', () => {
  test.each([
    ['a task alone', `${task}`],
    ['a task among other words', `Task: ${task} Be kind.`],
    ['a task that comes twice', `Task: ${task}\nOnce more: ${task} Be kind.`],
  ])('is found in %s', (_, text) => {
    const before = [new HumanMessage(text)]
    for (const changed of ['Go.', 'Go to Rome or Oslo, as you like.', 'G']) {
      const after = withTask(before, task, changed)
      expect(after && taskAfter(before, after, task)).toBe(changed)
    }
  })

  test.each([
    ['when it stands as it was', messages, messages],
    ['when it stood nowhere', messages.slice(2), messages.slice(2)],
    ['when its message is gone', messages, []],
  ])('is nothing %s', (_, before, after) => {
    expect(taskAfter(before, after, task)).toBeNull()
  })
})
