import { describe, expect, test } from 'vitest'
import { readQuestion } from '../../../../models/simulated/tables/questions.js'
import { sentenceOf } from '../../../../models/simulated/tables/steps.js'

const steps = (question: string) => readQuestion(question)?.map(sentenceOf)

const sortedGold = ['Sort rows by "Gold" from high to low.', 'Answer with "Nation" of row 1.']

describe('a question is read as the steps that answer it', () => {
  test.each([
    ['Which "Nation" has the highest "Gold"?', sortedGold],
    ['Name the "Nation" with the largest "Gold".', sortedGold],
    [
      'Which "Nation" has the lowest "Gold"?',
      ['Sort rows by "Gold" from low to high.', 'Answer with "Nation" of row 1.'],
    ],
    [
      'Which "Nation" has the second highest "Gold"?',
      ['Sort rows by "Gold" from high to low.', 'Answer with "Nation" of row 2.'],
    ],
    [
      'Name the "Nation" that comes third when "Gold" is sorted from low to high.',
      ['Sort rows by "Gold" from low to high.', 'Answer with "Nation" of row 3.'],
    ],
    [
      'How many rows have "Gold" above 12?',
      ['Count rows where "Gold" is above "12".', 'Answer with the count.'],
    ],
    [
      'In how many rows is "Gold" greater than 1,200.5?',
      ['Count rows where "Gold" is above "1,200.5".', 'Answer with the count.'],
    ],
    [
      'What is the total of "Opp. team"?',
      ['Compute the total of "Opp. team".', 'Answer with the total.'],
    ],
    ['Add up "Gold" over all rows.', ['Compute the total of "Gold".', 'Answer with the total.']],
    [
      'Among the rows where "Year" is "the "dry" year", which "Nation" has the highest "Gold"?',
      ['Find rows where "Year" is "the "dry" year".', ...sortedGold],
    ],
    [
      'Of all rows with "Year" equal to "1996", name the "Nation" with the largest "Gold".',
      ['Find rows where "Year" is "1996".', ...sortedGold],
    ],
  ])('%s', (question, expected) => expect(steps(question)).toEqual(expected))

  test.each([
    'By how much does the "Gold" of "Italy" exceed the "Gold" of "Spain"?',
    'What is the "Gold" of "Italy" minus the "Gold" of "Spain"?',
  ])('%s', (question) => {
    const [first, second, last] = readQuestion(question) ?? []
    expect(first?.slots).toEqual({ comparison: 'is', value: 'Italy' })
    expect(second?.slots).toEqual({ comparison: 'is', value: 'Spain' })
    expect(last && sentenceOf(last)).toBe('Answer with "Gold" of step 1 minus "Gold" of step 2.')
  })

  test.each([
    'Which has the higher "Gold", "Italy" or "Spain"?',
    'Is the "Gold" of "Italy" or of "Spain" higher?',
  ])('%s', (question) => {
    expect(readQuestion(question)?.map(({ slots }) => slots)).toEqual([
      { comparison: 'is', value: 'Italy' },
      { comparison: 'is', value: 'Spain' },
      { column: 'Gold', which: 'higher' },
    ])
  })
})

test('a question for what is missing to a number takes the sides the other way round', () => {
  const steps = readQuestion(
    'By how much does the "Gold" of "Italy" fall below the "Gold" of "Spain"?',
  )
  expect(steps?.map(({ slots }) => slots['value'])).toEqual(['Spain', 'Italy', undefined])
})

describe('what is lost from a question is a hole', () => {
  test.each([
    ['Which has the highest "Gold"?', { column: '', row: '1' }],
    ['Which "the usual one" has the highest "Gold"?', { column: '', row: '1' }],
    ['Name the with the largest "Gold".', { column: '', row: '1' }],
    ['Name "Nation".', { column: 'Nation', row: '1' }],
    ['Name the "Nation" "Gold".', { column: 'Nation', row: '1' }],
  ])('%s', (question, slots) => expect(readQuestion(question)?.at(-1)?.slots).toEqual(slots))

  test('a vague number is a hole', () => {
    const [count] = readQuestion('How many rows have "Gold" above a certain amount?') ?? []
    expect(count?.slots).toEqual({ column: 'Gold', comparison: 'above', value: '' })
  })

  test('a lost name takes the verb before it along', () => {
    const steps = readQuestion('By how much does the "Gold" of "Italy" the "Gold"?')
    expect(steps?.map(({ slots }) => slots['value'])).toEqual(['Italy', '', undefined])
  })

  test('a lost column takes its preposition along', () => {
    expect(readQuestion('What is the total?')?.[0]?.slots).toEqual({ column: '' })
  })
})

test.each(['', 'The weather is fine.', 'Which way is the sea?', 'Why does "Gold" shine?'])(
  '"%s" is no question about a table',
  (sentence) => expect(readQuestion(sentence)).toBeNull(),
)
