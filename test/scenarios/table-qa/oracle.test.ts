import { describe, expect, test } from 'vitest'
import { sameAnswer } from '../../../scenarios/table-qa/answers.js'
import { oracle } from '../../../scenarios/table-qa/oracle.js'
import { solve } from '../../../scenarios/table-qa/solution.js'
import { tableNamed } from '../../../scenarios/table-qa/tables.js'
import { questionOf, tasks } from '../../../scenarios/table-qa/tasks.js'

describe('the form of an answer', () => {
  const task = tasks({ count: 4, seed: 1 })[3] as ReturnType<typeof tasks>[number]
  const question = questionOf(task)
  const right = solve(question, tableNamed(question.table)) ?? ''

  test.each([
    ['the bare answer', right, 'right'],
    ['a block', `\`\`\`answer\n${right}\n\`\`\``, 'right'],
    ['a block in prose', `I added it up.\n\n\`\`\`answer\n${right}\n\`\`\`\nThat is all.`, 'right'],
    [
      'a block behind steps',
      `\`\`\`ops\n1. Answer.\n\`\`\`\n\`\`\`answer\n${right}\n\`\`\``,
      'right',
    ],
    [
      'two blocks, the last one right',
      `\`\`\`answer\n1\n\`\`\`\n\`\`\`answer\n${right}\n\`\`\``,
      'right',
    ],
    [
      'two blocks, the last one wrong',
      `\`\`\`answer\n${right}\n\`\`\`\n\`\`\`answer\n1\n\`\`\``,
      'wrong',
    ],
    ['a sentence in a block', `\`\`\`answer\nThe sum is ${right}\n\`\`\``, 'wrong'],
    ['nothing', '', 'no-block'],
    ['white space', ' \n ', 'no-block'],
    ['an empty block', '```answer\n\n```', 'no-block'],
    [
      'a right block before an empty one',
      `\`\`\`answer\n${right}\n\`\`\`\n\`\`\`answer\n\`\`\``,
      'no-block',
    ],
    ['another block', `\`\`\`text\n${right}\n\`\`\``, 'no-block'],
    ['a block that never ends', `\`\`\`answer\n${right}`, 'no-block'],
    ['prose of several lines', `The sum:\n${right}`, 'no-block'],
  ])('%s is marked', async (_, answer, result) => {
    expect(question.type).toBe('total')
    const mark = await oracle(task, answer)
    expect(mark).toMatchObject({ result, correct: result === 'right' })
    expect(await oracle(task, answer)).toEqual(mark)
  })
})

describe('two answers', () => {
  test.each([
    ['1012', '1,012'],
    ['1012', '1012.0'],
    ['1012', '+1012.'],
    ['-3', '−3'],
    ['-3', '–3'],
    ['0.3', '0.3000000001'],
    ['46', '４６'],
    ['New York', ' new  york. '],
    ['New York', '"New York"'],
    ['New York', '“New York”'],
    ['Café', 'Cafe\u0301'],
    ['Café', 'cafe'],
    ["King's Lynn", 'King’s Lynn'],
    ['2003–04', '2003-04'],
    ['Fiji (FIJ)', 'Fiji'],
    ['Fiji[1]', 'Fiji'],
    ['Fiji†', 'Fiji'],
  ])('%j and %j are the same', (expected, given) => {
    expect(sameAnswer(expected, given)).toBe(true)
    expect(sameAnswer(given, expected)).toBe(true)
  })

  test.each([
    ['1012', '1,01,2'],
    ['1012', '1013'],
    ['1012', '1012.00001'],
    ['3', '-3'],
    ['46', '46 medals'],
    ['Italy', 'Itаly'], // with a Cyrillic letter
    ['New York', 'York'],
    ['Fiji', 'Fiji and Samoa'],
    ['(FIJ)', '(SAM)'],
    ['"', '.'],
  ])('%j and %j are not', (expected, given) => {
    expect(sameAnswer(expected, given)).toBe(false)
    expect(sameAnswer(given, expected)).toBe(false)
  })
})
