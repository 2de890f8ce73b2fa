import { describe, expect, test } from 'vitest'
import { answerOf } from '../../../engine/injector/answer.js'
import { brief } from '../../../engine/said-json.js'

const edits = [{ before: '12', after: '16', kind: 'number' }]
const good = JSON.stringify({ changed: 'Italy won 16 medals.', edits })

describe('an answer is used', () => {
  test.each([
    ['bare', good],
    ['with space around it', `\n ${good}\n`],
    ['in one fence', `\`\`\`json\n${good}\n\`\`\``],
    ['in a longer fence without a language', `\`\`\`\`\n${good}\n\`\`\`\``],
  ])('%s', (_, said) => {
    expect(answerOf(said)).toEqual({ text: 'Italy won 16 medals.', edits })
  })
})

describe('an answer is refused', () => {
  test.each([
    ['prose', 'Italy won 16 medals.', 'not JSON'],
    ['JSON after prose', `Here you are: ${good}`, 'not JSON'],
    ['JSON before prose', `${good}\nDone.`, 'not JSON'],
    ['two fences', `\`\`\`json\n${good}\n\`\`\`\n\`\`\`json\n${good}\n\`\`\``, 'not JSON'],
    ['a fence that is not closed', `\`\`\`json\n${good}`, 'not JSON'],
    ['half of it', good.slice(0, -3), 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['a list', `[${good}]`, 'form'],
    ['no edits', '{"changed":"x"}', 'form'],
    ['a number for a text', '{"changed":16,"edits":[]}', 'form'],
    ['an edit of another form', '{"changed":"x","edits":["12 -> 16"]}', 'form'],
    ['more than was asked for', '{"changed":"x","edits":[],"note":"y"}', 'form'],
    ['null without a reason', '{"changed":null}', 'form'],
  ])('that is %s', (_, said, because) => {
    expect(answerOf(said)).toMatchObject({ text: null, because: expect.stringContaining(because) })
  })

  test('that declines, with its reason', () => {
    expect(answerOf('{"changed":null,"why":"There is\\n no  number."}')).toEqual({
      text: null,
      because: 'it declined: There is no number.',
    })
  })
})

test('a note is one short line without anything that a terminal obeys', () => {
  expect(brief(`a\u001b[31m\r\nb ${'x'.repeat(500)}`)).toMatch(/^a \[31m b x{1,160}…$/)
})
