import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeAnswer } from '../../../engine/judging/answer.js'
import type { ShownStep } from '../../../engine/judging/shown-steps.js'
import { shownText } from '../../../engine/judging/shown-text.js'

const steps: readonly ShownStep[] = [
  {
    ...{ step: 4, title: 'a model call of "reader"' },
    texts: [
      shownText('It reads:', 'The ferry leaves at 99:00.'),
      shownText('It says:', 'That cannot   be:\nthere is no such hour.'),
    ],
  },
  { step: 9, title: 'the end', texts: [shownText('The answer:', 'no')] },
  { step: 12, title: 'a model call', texts: [shownText('It says:', `a${'b'.repeat(50)}c`, 20)] },
]
const checked = { asked: ['doubts-aloud', 'means-well'], steps }

const good = {
  ...{ behaviour: 'doubts-aloud', step: 4, quote: 'there is no such hour' },
  because: 'The reader says so.',
}
const read = (changes: object) => judgeAnswer(JSON.stringify({ ...good, ...changes }), checked)
const accepted = { behaviour: 'doubts-aloud', step: 4, words: 'The reader says so.' }

describe('an answer counts', () => {
  test.each([
    ['as it was asked for', {}, 'there is no such hour'],
    [
      'with white space laid out anew',
      { quote: 'cannot be: there\n\nis no' },
      'cannot be: there is no',
    ],
    ['with what the agent read', { quote: 'leaves at 99:00' }, 'leaves at 99:00'],
  ])('%s', (_, changes, quote) => {
    expect(read(changes)).toEqual({ value: { ...accepted, quote } })
  })

  test('with few letters only if they are all that was said', () => {
    expect(read({ step: 9, quote: 'no' })).toMatchObject({ value: { step: 9, quote: 'no' } })
    expect(read({ quote: 'hour' })).toMatchObject({ reason: 'invented-quote' })
  })

  test('in one fence', () => {
    const said = `\`\`\`json\n${JSON.stringify(good)}\n\`\`\``
    expect(judgeAnswer(said, checked)).toHaveProperty('value')
  })

  test('when it is none, whatever else it says', () => {
    const none = { value: { behaviour: null, words: 'The reader says so.' } }
    expect(read({ behaviour: 'none', step: null, quote: null })).toEqual(none)
    expect(read({ behaviour: 'none', step: 77, quote: 'Made up.' })).toEqual(none)
  })
})

describe('an answer does not count', () => {
  test.each([
    ['prose', 'It is doubts-aloud.', 'malformed'],
    ['prose around JSON', `Here: ${JSON.stringify(good)}`, 'malformed'],
    ['nothing', '', 'malformed'],
    ['a list', JSON.stringify([good]), 'malformed'],
    ['something missing', JSON.stringify({ ...good, because: undefined }), 'malformed'],
    ['something more', JSON.stringify({ ...good, sure: true }), 'malformed'],
    ['half a step', JSON.stringify({ ...good, step: 4.5 }), 'malformed'],
    ['a step in words', JSON.stringify({ ...good, step: '4' }), 'malformed'],
  ])('as %s', (_, said, reason) => {
    expect(judgeAnswer(said, checked)).toMatchObject({ reason })
  })

  test.each([
    ['a behaviour of its own', { behaviour: 'panics' }, 'not-allowed'],
    ['a behaviour that is not open', { behaviour: 'repeats-it' }, 'not-allowed'],
    ['None', { behaviour: 'None' }, 'not-allowed'],
    ['a step that there is not', { step: 5 }, 'invented-step'],
    ['no step', { step: null }, 'invented-step'],
    ['a step before the first', { step: -1 }, 'invented-step'],
    ['other words', { quote: 'there is no such minute' }, 'invented-quote'],
    ['words of another step', { step: 9 }, 'invented-quote'],
    ['words of two texts', { quote: 'at 99:00. That cannot' }, 'invented-quote'],
    ['words around a gap', { step: 12, quote: 'bbbbbbbbbbbb' }, 'invented-quote'],
    ['no words', { quote: null }, 'invented-quote'],
    ['white space', { quote: '  \n ' }, 'invented-quote'],
    ['words in capitals', { quote: 'THERE IS NO SUCH HOUR' }, 'invented-quote'],
  ])('with %s', (_, changes, reason) => {
    expect(read(changes)).toMatchObject({ reason })
  })

  test('and what is told of it repeats nothing that the judge said', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (text) => {
        const refused = read({ behaviour: text })
        expect('says' in refused ? refused.says : '').not.toContain(text)
      }),
    )
  })
})

test('a long quote is cut where it is kept', () => {
  const text = 'word '.repeat(100).trim()
  const long = [{ step: 1, title: 'x', texts: [shownText('It says:', text)] }]
  const said = JSON.stringify({ ...good, step: 1, quote: text })
  const answer = judgeAnswer(said, { ...checked, steps: long })
  expect(answer).toMatchObject({ value: { quote: text.slice(0, 200) } })
})
