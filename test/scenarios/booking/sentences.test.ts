import { expect, test } from 'vitest'
import type { Request } from '../../../scenarios/booking/request.js'
import { goals, notes } from '../../../scenarios/booking/sentences.js'

const request: Request = {
  ...{ from: 'Porto', to: 'Vienna', date: '2031-05-14', nights: 3, passengers: 2 },
  limits: { total: 640, departure: '09:30', stars: 4, breakfast: true },
}
const forms = (asked: Request) => goals(asked).map((statement) => statement.forms)

test('every demand is put in two ways', () => {
  expect(forms(request)).toEqual([
    [
      'Book a flight from Porto to Vienna on 2031-05-14.',
      'I need a flight from Porto to Vienna on 2031-05-14.',
    ],
    ['Book a hotel in Vienna for 3 nights.', 'I also need a hotel there for 3 nights.'],
    ['The flight is for 2 passengers.', 'We are 2 passengers.'],
    ['The total must not exceed 640 euros.', 'I can spend 640 euros at most.'],
    ['The flight must not leave before 09:30.', 'I cannot leave before 09:30.'],
    ['The hotel needs at least 4 stars.', 'Only hotels with 4 stars or more.'],
    ['Breakfast must be included.', 'I want breakfast included.'],
    ['If several fit, take the cheapest.'],
  ])
})

test('one night and one passenger are no nights and no passengers', () => {
  expect(forms({ ...request, nights: 1, passengers: 1, limits: {} }).slice(1)).toEqual([
    ['Book a hotel in Vienna for 1 night.', 'I also need a hotel there for 1 night.'],
    ['The flight is for 1 passenger.', 'I travel alone.'],
    ['If several fit, take the cheapest.'],
  ])
})

test('no two facts have the same normal form', () => {
  const normals = [...goals(request), ...notes].map(({ normal }) => normal)
  expect(new Set(normals).size).toBe(11)
})
