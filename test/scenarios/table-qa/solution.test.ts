import { describe, expect, test } from 'vitest'
import { candidates } from '../../../scenarios/table-qa/candidates.js'
import { type Question, questionTypes, sentences } from '../../../scenarios/table-qa/questions.js'
import { solve } from '../../../scenarios/table-qa/solution.js'
import { sample } from './sample.js'

const gold = { table: 'sample', number: 'Gold' } as const
const byKey = { ...gold, key: 'Nation' } as const

describe('the answer of a question', () => {
  test.each<[string | null, Question]>([
    ['Japan', { ...byKey, type: 'most', direction: 'high' }],
    [null, { ...byKey, type: 'most', direction: 'low' }], // Spain and Kenya share it.
    ['Spain', { ...byKey, number: 'Change', type: 'most', direction: 'low' }],
    ['Italy', { ...byKey, type: 'nth', direction: 'high', rank: 2 }],
    [null, { ...byKey, type: 'nth', direction: 'high', rank: 3 }],
    ['Italy', { ...byKey, number: 'Change', type: 'nth', direction: 'low', rank: 2 }],
    ['Japan', { ...byKey, number: 'Change', type: 'nth', direction: 'low', rank: 3 }],
    ['2', { ...gold, type: 'count', above: 7 }],
    [null, { ...gold, type: 'count', above: 6 }], // All rows.
    [null, { ...gold, type: 'count', above: 1012 }], // No row.
    ['1038', { ...gold, type: 'total' }],
    ['1.3', { ...gold, number: 'Change', type: 'total' }],
    ['1000', { ...byKey, type: 'difference', first: 'Japan', second: 'Italy' }],
    ['3.1', { ...byKey, number: 'Change', type: 'difference', first: 'Italy', second: 'Spain' }],
    [null, { ...byKey, type: 'difference', first: 'Italy', second: 'Japan' }], // Not positive.
    ['Japan', { ...byKey, type: 'compare', first: 'Italy', second: 'Japan' }],
    [null, { ...byKey, type: 'compare', first: 'Kenya', second: 'Spain' }],
    [null, { ...byKey, type: 'compare', first: 'Kenya', second: 'Nowhere' }],
    ['Italy', { ...byKey, type: 'filter', category: 'Continent', value: 'Europe' }],
    [null, { ...byKey, type: 'filter', category: 'Nation', value: 'Italy' }], // One row is no contest.
  ])('is %s for %o', (answer, question) => {
    expect(solve(question, sample)).toBe(answer)
  })
})

describe('the questions that a table admits', () => {
  test.each(questionTypes)('of type %s are decided', (type) => {
    for (const question of candidates(sample, type)) {
      expect(question.type).toBe(type)
      expect(solve(question, sample)).not.toBeNull()
    }
  })

  test('leave out a condition that changes nothing and an answer that the text names', () => {
    expect(candidates(sample, 'filter').flatMap(sentences)).toEqual([
      'Among the rows where "Continent" is "Europe", which "Nation" has the highest "Gold"?',
      'Of all rows with "Continent" equal to "Europe", name the "Nation" with the largest "Gold".',
      'Among the rows where "Continent" is "Europe", which "Nation" has the highest "Change"?',
      'Of all rows with "Continent" equal to "Europe", name the "Nation" with the largest "Change".',
    ])
    // Two rows have more than 7, one has more than 12, and 4 is the number of rows.
    const counts = candidates(sample, 'count').map((question) => solve(question, sample))
    expect(counts).not.toContain('4')
  })

  test('name cells that stand in one place only', () => {
    const [first = [], ...rest] = sample.rows
    const twice = { ...sample, rows: [[...first.slice(0, 1), 'Spain', ...first.slice(2)], ...rest] }
    const named = candidates(twice, 'compare').flatMap(sentences).join(' ')
    expect(named).toContain('"Italy"')
    expect(named).not.toContain('"Spain"')
  })
})
