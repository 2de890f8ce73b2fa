import { expect, test } from 'vitest'
import { type Question, sentences } from '../../../scenarios/table-qa/questions.js'

const number = { table: 't', number: 'Gold' } as const
const keyed = { ...number, key: 'Nation' } as const

test.each<[Question, string, string]>([
  [
    { ...keyed, type: 'most', direction: 'high' },
    'Which "Nation" has the highest "Gold"?',
    'Name the "Nation" with the largest "Gold".',
  ],
  [
    { ...keyed, type: 'most', direction: 'low' },
    'Which "Nation" has the lowest "Gold"?',
    'Name the "Nation" with the smallest "Gold".',
  ],
  [
    { ...keyed, type: 'nth', direction: 'high', rank: 2 },
    'Which "Nation" has the second highest "Gold"?',
    'Name the "Nation" that comes second when "Gold" is sorted from high to low.',
  ],
  [
    { ...keyed, type: 'nth', direction: 'low', rank: 3 },
    'Which "Nation" has the third lowest "Gold"?',
    'Name the "Nation" that comes third when "Gold" is sorted from low to high.',
  ],
  [
    { ...number, type: 'count', above: 12.5 },
    'How many rows have "Gold" above 12.5?',
    'In how many rows is "Gold" greater than 12.5?',
  ],
  [
    { ...number, type: 'total' },
    'What is the total of "Gold"?',
    'Add up "Gold" over all rows. What is the sum?',
  ],
  [
    { ...keyed, type: 'difference', first: 'Italy', second: 'Spain' },
    'By how much does the "Gold" of "Italy" exceed the "Gold" of "Spain"?',
    'What is the "Gold" of "Italy" minus the "Gold" of "Spain"?',
  ],
  [
    { ...keyed, type: 'compare', first: 'Italy', second: 'Spain' },
    'Which has the higher "Gold", "Italy" or "Spain"?',
    'Is the "Gold" of "Italy" or of "Spain" higher? Name it.',
  ],
  [
    { ...keyed, type: 'filter', category: 'Continent', value: 'Asia' },
    'Among the rows where "Continent" is "Asia", which "Nation" has the highest "Gold"?',
    'Of all rows with "Continent" equal to "Asia", name the "Nation" with the largest "Gold".',
  ],
])('%o is asked in two ways', (question, first, second) => {
  expect(sentences(question)).toEqual([first, second])
})
