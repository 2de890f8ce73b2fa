import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rng } from '../../core/draw.js'
import { fits, type JsonSchema } from '../../core/json-schema.js'
import { rejectedValues, schemaOf, wrongValues } from '../../core/wrong-arguments.js'

const seeds = Array.from({ length: 20 }, (_, n) => n)
const wrong = (
  value: unknown,
  { schema = {}, elsewhere = '', taskText = '', seed = 1 }: Partial<Known> = {},
) => wrongValues(value, schema, { elsewhere, taskText, rng: rng(seed) })
type Known = { schema: JsonSchema; elsewhere: string; taskText: string; seed: number }

const firsts = (value: unknown, known: Partial<Known> = {}) =>
  new Set(seeds.map((seed) => JSON.stringify(wrong(value, { ...known, seed })[0])))

describe('a wrong value', () => {
  test.each([
    ['another member', 'up', { schema: { enum: ['up', 'down', 'left'] } }, ['down', 'left']],
    ['the other truth', true, {}, [false]],
    ['a number beside a small one', 2, {}, [3, 1, 4]],
    ['a number about as large', 100, {}, [130, 70]],
    ['a number about as small', -100, {}, [-130, -70]],
    ['a number in writing', '100', {}, ['130', '70']],
    ['a number within the bounds', 2, { schema: { type: 'integer', minimum: 2, maximum: 3 } }, [3]],
    [
      'an identifier of the same shape that somebody read',
      'F218',
      { elsewhere: 'F412 and FX9 leave, F218 too.', taskText: 'Not F9000.' },
      ['F412'],
    ],
    ['an identifier one beside', 'ORDER-009', {}, ['ORDER-010', 'ORDER-008', 'ORDER-011']],
    ['a list without an entry', ['a', 'b'], {}, [['b'], ['a']]],
    ['a search without its longest word', 'red bottles', {}, ['red']],
    [
      'words to somebody without the longest one, line by line',
      '- Book a flight\n- on 2031-05-07',
      {},
      ['- Book a flight\n- on'],
    ],
    [
      'another cell of its column',
      'Rome',
      { elsewhere: 'City | Beds\nRome | 12\nOslo | 7' },
      ['Oslo'],
    ],
  ] as const)('is %s', (_, value, known, expected) => {
    expect(firsts(value, known as Partial<Known>)).toEqual(
      new Set(expected.map((other) => JSON.stringify(other))),
    )
  })

  test('of a date is a day of the same month', () => {
    for (const other of wrong('2031-05-14')) expect(other).toMatch(/^2031-05-(?!14)\d\d$/)
    expect(wrong('2031-05-14')).not.toEqual([])
  })

  test.each(['A-1', 'a:1', 'a#1', '0-0', 'X_1-2', 'ORDER-1234'])(
    'is found for an identifier with any mark: %s',
    (value) => {
      const other = value.replace(/\d(?=\D*$)/, '7')
      expect(wrong(value, { elsewhere: `We had ${other}, and ${value}.` })[0]).toBe(other)
    },
  )

  test.each([
    ['a word that nobody explains', 'Rome', {}],
    ['the only member', 'up', { schema: { enum: ['up'] } }],
    ['a list of one', ['a'], {}],
    ['nothing', null, {}],
    ['an object', { a: 1 }, {}],
    [
      'a word with a form to keep',
      'red wine',
      { schema: { type: 'string', pattern: '^red wine$' } },
    ],
  ] as const)('is not known for %s', (_, value, known) => {
    expect(wrong(value, known as Partial<Known>)).toEqual([])
  })

  const schema = fc.constantFrom<JsonSchema>(
    {},
    { type: 'string' },
    { type: 'string', pattern: '^[A-Z]\\d+$' },
    { type: 'integer', minimum: 0, maximum: 40 },
    { type: 'number' },
    { enum: ['up', 'down'] },
    { type: 'array', items: { type: 'string' } },
  )
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.integer({ min: -50, max: 50 }),
    fc.stringMatching(/^[A-Za-z0-9 _#:.,-]{0,8}$/),
  )

  test('never is the value itself, and the schema takes it', () => {
    fc.assert(
      fc.property(value, schema, fc.string(), fc.integer(), (given, schema, read, seed) => {
        for (const other of wrong(given, { schema, elsewhere: `${read} A1 B-2 x:3`, seed })) {
          expect(JSON.stringify(other)).not.toBe(JSON.stringify(given))
          expect(fits(schema, other)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('that is loud is one that the schema rejects', () => {
    fc.assert(
      fc.property(value, schema, fc.integer(), (given, schema, seed) => {
        const rejected = rejectedValues(given, schema, rng(seed))
        for (const other of rejected) expect(fits(schema, other)).toBe(false)
      }),
    )
  })
})

test.each([
  ['a member with a slip', 'up', { enum: ['up', 'down'] }, 'u'],
  ['a number above its bound', 3, { type: 'integer', maximum: 30 }, 31],
  ['a number below its bound', 3, { type: 'integer', minimum: 1 }, 0],
  ['words for a number', 3, { type: 'integer' }, 'about 3'],
  ['words for a yes', true, { type: 'boolean' }, 'maybe'],
  ['a text that lost its first letter', 'A1', { type: 'string', pattern: '^[A-Z]' }, '1'],
  ['nothing', 'Rome', { type: 'string' }, null],
  ['nothing that it would take', 'Rome', {}, undefined],
] as const)('a value that a schema rejects is %s', (_, value, schema, expected) => {
  expect(rejectedValues(value, schema, rng(1))[0]).toBe(expected)
})

test('the schema of an argument is its own, or says nothing', () => {
  const schema: JsonSchema = { properties: { n: { type: 'integer' } } }
  expect([schemaOf(schema, 'n'), schemaOf(schema, 'm'), schemaOf({}, 'n')]).toEqual([
    { type: 'integer' },
    {},
    {},
  ])
})
