import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { facts, read } from '../../../core/text/facts.js'

const normals = (text: string) => facts(text).map(({ type, normal }) => `${type} ${normal}`)

const table = `Nation | Gold | Year
Italy | 12 | 1996
New Zealand | 1,012 | 2000`

describe('the facts of a text', () => {
  test.each([
    ['a number', 'It took 12 tries.', ['number 12']],
    ['thousands separators', 'It holds 1,234,567 books.', ['number 1234567']],
    ['a currency in front', 'It costs €1,000.', ['number 1000 EUR']],
    ['a currency behind', 'It costs 1000 EUR.', ['number 1000 EUR']],
    ['a percentage', 'It fell by 5%.', ['number 5 %']],
    ['a Unicode minus', 'It was −3 outside.', ['number -3']],
    ['a number word', 'It has three doors.', ['number 3']],
    ['no part of a version or a name', 'See 1.2.3 and b52x.', []],
    ['a date', 'It opened on March 12th, 1996.', ['date 1996-03-12']],
    ['the same date in another form', 'It opened on 12 March 1996.', ['date 1996-03-12']],
    ['a time of day', 'It leaves at 14:30.', ['date 14:30']],
    ['a rank', 'It came third.', ['ordinal #3']],
    ['a quoted string', 'It is called “Blue Door”.', ['quoted blue door']],
    ['a number in quotation marks', 'The year is "1996".', ['number 1996']],
    ['a code identifier', 'It calls `parkingFee` once.', ['code parkingfee']],
    ['an address', 'It is at https://a.b/c?d=1.', ['path https://a.b/c?d=1']],
    ['a name', 'It lies near Cape Town today.', ['name cape town']],
    ['a comparator', 'It takes the highest bid.', ['comparator ~most']],
    ['another word for it', 'It sorts from high to low.', ['comparator ~most']],
  ])('hold %s', (_, text, expected) => {
    expect(normals(text)).toEqual(expected)
  })

  test.each([
    ['the capital of a first word', 'Doors are blue.'],
    ['the number of a list item', '1. open the door\n2. close it again, please.'],
    ['a heading', '# Doors 12'],
    ['the key of a field', 'Note: doors open, doors close.'],
  ])('do not hold %s', (_, text) => {
    expect(normals(text)).toEqual([])
  })

  test('are the cells of a table, without its header', () => {
    expect(normals(table)).toEqual([
      'cell italy',
      'number 12',
      'number 1996',
      'cell new zealand',
      'number 1012',
      'number 2000',
    ])
  })

  test('include the first row of a table without a header', () => {
    expect(normals('Italy | 12\nNorway | 7')).toContain('cell italy')
  })

  test('leave the header and border of a Markdown table out', () => {
    expect(normals('| Nation | Gold |\n|---|---|\n| Italy | 12 |')).toEqual([
      'cell italy',
      'number 12',
    ])
  })

  test.each([
    ['alone', 'Italy'],
    ['in a block of its own', '```answer\nItaly\n```'],
    ['behind a key', 'Answer: Italy'],
    ['in JSON', '{"answer":"Italy"}'],
  ])('hold a value that stands %s', (_, text) => {
    expect(normals(text)).toEqual(['cell italy'])
  })

  test('are found in sentences inside of JSON', () => {
    expect(normals('[{"note":"It costs 40 EUR in Rome."}]')).toEqual(['number 40 EUR', 'name rome'])
  })

  test('of code are numbers and strings alone', () => {
    expect(normals('```js\nconst Rate = fee("Rome", 12);\n```')).toEqual([
      'quoted rome',
      'number 12',
    ])
  })

  test('stand where they say', () => {
    const text = `Pay 40 EUR in "Rome" by 12 March 1996.\n\n${table}`
    for (const fact of facts(text)) expect(text.slice(fact.start, fact.end)).toBe(fact.text)
  })
})

describe('the units of a text', () => {
  const kinds = (text: string) => read(text).units.map(({ kind }) => kind)

  test.each([
    ['sentences', 'Open it. Then close it!', ['sentence', 'sentence']],
    ['an abbreviation within one', 'Ask Dr. Smith, e.g. today.', ['sentence']],
    ['an address within one', 'See https://a.b/c?d=1 for more.', ['sentence']],
    ['list items', '1. Open it. Wait.\n- Close it.', ['item', 'item']],
    ['a table', table, ['header', 'row', 'row']],
    ['fields', 'Price: 12\nColor: dark blue', ['field', 'field']],
    ['values', 'Italy\nNorway', ['value', 'value']],
    ['a block of steps', '```\n1. Open it.\n2. Close it.\n```', ['item', 'item']],
    ['a block of code', '```\nif (a) {\n  b()\n}\n```', ['code']],
    ['a fence that is never closed', 'So:\n```\n- Open it.', ['sentence', 'item']],
  ])('are %s', (_, text, expected) => {
    expect(kinds(text)).toEqual(expected)
  })
})

test('any text can be taken apart, and its facts are where they say', () => {
  const mark = fc.constantFrom(
    '```\n',
    '"',
    '|',
    ' | ',
    '\n',
    '- ',
    '1. ',
    '{',
    '}',
    '[',
    ': ',
    '12',
  )
  const text = fc.array(fc.oneof(mark, fc.string({ unit: 'binary' })), { maxLength: 30 })
  fc.assert(
    fc.property(text, (parts) => {
      const { document, facts } = read(parts.join(''))
      for (const { leaf, start, end, text } of facts) {
        expect(document.leaves[leaf]?.text.slice(start, end)).toBe(text)
      }
    }),
  )
})
