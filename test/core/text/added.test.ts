import { expect, test } from 'vitest'
import { added } from '../../../core/text/added.js'

const task = 'The room must have at least 2 beds. The price must stay below 90 EUR.'

test('what was added is found wherever it stands', () => {
  expect(added(task, `${task} It must cost more than 100 EUR.`)).toEqual([
    'It must cost more than 100 EUR.',
  ])
  expect(added(task, `Be quick. ${task}\n- No bed.`)).toEqual(['Be quick.', '- No bed.'])
  expect(added('Say yes. Say yes.', 'Say yes. Say yes. Say yes.')).toEqual(['Say yes.'])
})

test('a text of which something went, or to which nothing came, has nothing added', () => {
  expect(added(task, task)).toBeNull()
  expect(added(task, `${task}\n\n`)).toBeNull()
  expect(added(task, task.replace('90', '95'))).toBeNull()
  expect(added(task, '')).toBeNull()
})
