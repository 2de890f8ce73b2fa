import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { candidates } from '../../../scenarios/table-qa/candidates.js'
import { numberOf } from '../../../scenarios/table-qa/numbers.js'
import { questionTypes } from '../../../scenarios/table-qa/questions.js'
import { cellsOf, tableNamed, tables } from '../../../scenarios/table-qa/tables.js'

const data = join(import.meta.dirname, '../../../data/wikitq')

describe('the data', () => {
  test.each([
    ['tables.json', 'eee7eb625880b103'],
    ['questions.jsonl', '9e3eb3c637b17516'],
  ])('%s is the file that the tests were made with', (file, digest) => {
    const hash = createHash('sha256').update(readFileSync(join(data, file)))
    expect(hash.digest('hex').slice(0, 16)).toBe(digest)
  })
})

describe('the tables', () => {
  test('that qualify are 59 of 150', () => {
    expect(tables()).toHaveLength(59)
  })

  test('have a key that tells the rows apart and can stand in quotes', () => {
    for (const table of tables()) {
      const keys = cellsOf(table, table.key)
      expect(new Set(keys).size, table.name).toBe(table.rows.length)
      for (const key of keys) expect(key).toMatch(/^(?! )[^"\n]{1,40}(?<! )$/)
    }
  })

  test('have number columns that hold numbers only, and text columns that do not', () => {
    for (const table of tables()) {
      for (const { name, kind } of table.columns) {
        const isNumber = cellsOf(table, name).every((cell) => numberOf(cell) !== null)
        expect(isNumber ? 'number' : 'text', `${table.name} ${name}`).toBe(kind)
      }
    }
  })

  test('cannot be taken for each other by what a task says of them', () => {
    const looks = tables().map(({ columns, rows }) => JSON.stringify([columns, rows.length]))
    expect(new Set(looks).size).toBe(looks.length)
  })

  test('have no row of totals and no cell that breaks a line of cells', () => {
    const cells = tables().flatMap(({ rows }) => rows.flat())
    expect(cells.filter((cell) => /^total|\n| \| /i.test(cell))).toEqual([])
  })

  test.each(questionTypes)('admit questions of type %s, more than 30 of them', (type) => {
    const admitting = tables().filter((table) => candidates(table, type).length > 0)
    expect(admitting.length).toBeGreaterThan(30)
  })

  test('that do not qualify are refused by name', () => {
    expect(() => tableNamed('csv/200-csv/46.csv')).toThrow('There is no table')
  })
})
