import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { violation } from '../../scenarios/violation.js'

const parser = z.strictObject({
  flight_id: z.string().regex(/^F\d{3}$/),
  passengers: z.int().min(1).max(9),
  order: z.enum(['up', 'down']),
  city: z.string().min(1),
})
const fitting = { flight_id: 'F218', passengers: 2, order: 'up', city: 'Porto' }

test('arguments that fit have nothing wrong', () => {
  expect(violation(parser, fitting)).toBeNull()
})

const id = 'flight_id must be a string that matches "^F\\d{3}$"'
test.each([
  [{ flight_id: '218' }, id],
  [{ flight_id: 'F2180' }, id],
  [{ flight_id: 'F218\n' }, id],
  [{ flight_id: 218 }, id],
  [{ flight_id: null }, id],
  [{ passengers: 0 }, 'passengers must be an integer from 1 to 9'],
  [{ passengers: 10 }, 'passengers must be an integer from 1 to 9'],
  [{ passengers: 1.5 }, 'passengers must be an integer from 1 to 9'],
  [{ passengers: '2' }, 'passengers must be an integer from 1 to 9'],
  [{ order: 'left' }, 'order must be one of "up", "down"'],
  [{ city: '' }, 'city must be a non-empty string'],
  [{ city: ['Porto'] }, 'city must be a non-empty string'],
  [{ hotel: 'H031' }, 'hotel is unknown'],
  [{ passengers: 0, flight_id: '', hotel: 1 }, id],
])('with %o instead, the first thing wrong is named', (other, words) => {
  expect(violation(parser, { ...fitting, ...other })).toBe(words)
})

test('a field that is not there is missing, in the order of the schema', () => {
  expect(violation(parser, {})).toBe('flight_id is missing')
  expect(violation(parser, { flight_id: 'F218', city: 7 })).toBe('passengers is missing')
})

test.each([[undefined], [null], ['{"flight_id"'], [7], [[]]])('%o is not valid JSON', (args) => {
  expect(violation(parser, args)).toBe('the arguments are not valid JSON')
})

test('whatever does not fit has one thing named, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.anything(), (args) => {
      expect(violation(parser, args)).toMatch(/^\S+ (is missing|is unknown|must be .+)$|not valid/)
    }),
  )
})
