import { expect, test } from 'vitest'
import { fits, type JsonSchema } from '../../core/json-schema.js'

const rows: JsonSchema = {
  type: 'object',
  properties: {
    column: { type: 'string', pattern: '^[A-Z]' },
    limit: { type: 'integer', minimum: 1, maximum: 30 },
    order: { enum: ['up', 'down'] },
    names: { type: 'array', items: { type: 'string' } },
  },
  required: ['column'],
}

test.each([
  ['all that is required', { column: 'Gold' }, true],
  ['all there is', { column: 'Gold', limit: 30, order: 'up', names: ['a'] }, true],
  ['too little', { limit: 3 }, false],
  ['a value that breaks the pattern', { column: 'gold' }, false],
  ['a number that is too large', { column: 'Gold', limit: 31 }, false],
  ['a number that is too small', { column: 'Gold', limit: 0 }, false],
  ['a fraction for a whole number', { column: 'Gold', limit: 2.5 }, false],
  ['a member that is none', { column: 'Gold', order: 'left' }, false],
  ['an item of another type', { column: 'Gold', names: [1] }, false],
  ['no object', 'Gold', false],
])('%s', (_, value, expected) => {
  expect(fits(rows, value)).toBe(expected)
})

test.each([
  ['that says nothing', {}],
  ['that nobody can read', { type: 'no such type' }],
])('a schema %s excludes nothing', (_, schema) => {
  for (const value of ['Gold', 12, null, []]) expect(fits(schema, value)).toBe(true)
})
