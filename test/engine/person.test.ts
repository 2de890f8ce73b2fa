import { expect, test } from 'vitest'
import type { Task } from '../../core/scenario.js'
import { clarified } from '../../engine/person.js'

const task = (text: string, ...sentences: readonly string[]): Task => ({
  ...{ id: 't1', text, protect: [] },
  facts: sentences.map((sentence, ordinal) => ({
    ...{ sentence, normal: `hidden ${ordinal}`, ordinal, determinedBy: 'none' as const },
  })),
})

// Not the normal forms, from which an oracle knows what is right.
test('whoever gave a task tells its facts, one by one', () => {
  const given = task('Book it.\n\nFor 4. By 9:00.', 'It is for 4.', 'It is by 9:00.')
  expect(clarified(given)).toBe('I mean this:\n- It is for 4.\n- It is by 9:00.')
})

test('and the lines of a task whose facts nobody has listed', () => {
  expect(clarified(task('Book it.\n\nFor 4.'))).toBe('I mean this:\n- Book it.\n- For 4.')
})
