import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvRecords } from '../../engine/csv.js'

const cellsOf = (text: string) => {
  const records = csvRecords(text)
  return 'brokenAt' in records ? records : records.map(({ cells }) => cells)
}

test.each([
  [
    'a,b\nc,d\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a,b\r\nc,\r\n',
    [
      ['a', 'b'],
      ['c', ''],
    ],
  ],
  ['\uFEFFa,b', [['a', 'b']]],
  ['"a, b","say ""yes""" ,c', [['a, b', 'say "yes"', 'c']]],
  [
    '"one\ntwo",b\nc,d',
    [
      ['one\ntwo', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a\n\n  \n,\nb', [['a'], ['b']]],
  [' a , b ', [[' a ', ' b ']]],
  ['a,', [['a', '']]],
  ['', []],
])('%j', (text, cells) => {
  expect(cellsOf(text)).toEqual(cells)
})

test('records say on which line they begin, also behind fields of several lines', () => {
  const records = csvRecords('a\n"b\nc"\n\nd\r\ne')
  expect('brokenAt' in records ? [] : records.map(({ line }) => line)).toEqual([1, 2, 5, 6])
})

test.each([
  ['a\n"b', 2],
  ['a\nb,c"d"\n', 2],
  ['"a" b', 1],
])('%j is broken on line %i', (text, line) => {
  expect(csvRecords(text)).toEqual({ brokenAt: line })
})

test('what was written with all its fields in quotes is read as it was', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', '\n', '\r', 'é') })
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }))
  fc.assert(
    fc.property(rows, (written) => {
      const text = written
        .map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
        .join('\n')
      // A record without anything in it is an empty line.
      const kept = written.filter((cells) => cells.some((one) => one.trim() !== ''))
      expect(cellsOf(text)).toEqual(kept)
    }),
  )
})

test('a quote that is never closed in a large text is found at once', () => {
  expect(csvRecords(`"${'a""b,\n'.repeat(200_000)}`)).toEqual({ brokenAt: 1 })
})
