import { describe, expect, test } from 'vitest'
import { readRequest } from '../../../../models/simulated/trips/requests.js'
import { statementsIn } from '../../../../models/simulated/trips/said.js'
import { readStep, sentenceOf } from '../../../../models/simulated/trips/steps.js'
import { randomRequest, sentencesOf, taskText } from './random-request.js'

const facts = (sentence: string) =>
  Object.fromEntries((readRequest(sentence) ?? []).map(({ type, value }) => [type, value]))

describe('a sentence of a request is read as facts', () => {
  const flight = { from: 'Porto', to: 'Vienna', date: '2031-05-14' }
  test.each([
    ['Book a flight from Porto to Vienna on 2031-05-14.', flight],
    ['I need a flight from Porto to Vienna on 2031-05-14.', flight],
    [
      'I need a flight from Las Palmas to St-Malo on 2031-05-14.',
      { from: 'Las Palmas', to: 'St-Malo', date: '2031-05-14' },
    ],
    ['Book a hotel in Vienna for 2 nights.', { city: 'Vienna', nights: '2' }],
    ['I also need a hotel there for 1 night.', { nights: '1' }],
    ['The flight is for 1 passenger.', { passengers: '1' }],
    ['We are 3 passengers.', { passengers: '3' }],
    ['I travel alone.', { passengers: '1' }],
    ['The total must not exceed 400 euros.', { total: 'at most 400' }],
    ['I can spend 400 euros at most.', { total: 'at most 400' }],
    ['The flight must not leave before 09:30.', { departure: 'at least 09:30' }],
    ['I cannot leave before 09:30.', { departure: 'at least 09:30' }],
    ['The hotel needs at least 4 stars.', { stars: 'at least 4' }],
    ['Only hotels with 4 stars or more.', { stars: 'at least 4' }],
    ['Breakfast must be included.', { breakfast: 'yes' }],
    ['I want breakfast included.', { breakfast: 'yes' }],
    ['If several fit, take the cheapest.', { choice: 'cheapest' }],
  ])('%s', (sentence, expected) => expect(facts(sentence)).toEqual(expected))

  test.each([
    ['The total must fall below 400 euros.', { total: 'at most 400' }],
    ['The total must exceed 400 euros.', { total: 'at least 400' }],
    ['The flight must not leave after 09:30.', { departure: 'at most 09:30' }],
    ['I can leave before 09:30.', { departure: 'at most 09:30' }],
    ['The hotel needs at most 4 stars.', { stars: 'at most 4' }],
    ['Breakfast must not be included.', { breakfast: 'no' }],
    ['If several fit, take the most expensive.', { choice: 'most expensive' }],
  ])('and what says the opposite as another value of the same fact: %s', (sentence, expected) =>
    expect(facts(sentence)).toEqual(expected),
  )
})

describe('a value that is lost or vague leaves a hole', () => {
  test.each([
    ['Book a flight from Porto to Vienna.', { from: 'Porto', to: 'Vienna', date: '' }],
    ['Book a flight to Vienna on 2031-05-14.', { from: '', to: 'Vienna', date: '2031-05-14' }],
    ['I need a flight from Porto to on 2031-05-14.', { from: 'Porto', to: '', date: '2031-05-14' }],
    ['Book a hotel for 2 nights.', { city: '', nights: '2' }],
    ['Book a hotel in Vienna for nights.', { city: 'Vienna', nights: '' }],
    ['Book a hotel in Vienna.', { city: 'Vienna', nights: '' }],
    ['The total must not exceed euros.', { total: '' }],
    ['The total must not.', { total: '' }],
    ['The flight must not leave.', { departure: '' }],
    ['The hotel needs stars.', { stars: '' }],
    ['I cannot leave before.', { departure: '' }],
  ])('%s', (sentence, expected) => expect(facts(sentence)).toEqual(expected))

  test.each([
    'a few',
    'a certain amount',
    'some',
    'enough',
    'the usual one',
    'the usual ones',
    'in due time',
    'some day',
    'it',
    '___',
  ])('"%s" stands for no value', (vague) => {
    expect(facts(`Book a flight from ${vague} to Vienna on ${vague}.`)).toEqual({
      from: '',
      to: 'Vienna',
      date: '',
    })
    expect(facts(`Book a hotel in Vienna for ${vague}.`)).toEqual({ city: 'Vienna', nights: '' })
    expect(facts(`We are ${vague} passengers.`)).toEqual({ passengers: '' })
    expect(facts(`I can spend ${vague} euros at most.`)).toEqual({ total: '' })
    expect(facts(`The flight must not leave before ${vague}.`)).toEqual({ departure: '' })
    expect(readStep(`Search flights from Porto to ${vague} on 2031-05-14.`)?.facts[1]).toEqual({
      type: 'to',
      value: '',
    })
  })
})

test('no sentence of 500 requests stays unread, and every one that states something is read', () => {
  for (let number = 0; number < 500; number++) {
    const sentences = sentencesOf(randomRequest(number))
    const said = statementsIn(taskText(sentences))
    expect(said.filter(({ kind }) => kind === 'unread')).toEqual([])
    expect(said.filter(({ kind }) => kind === 'request')).toHaveLength(sentences.length)
  }
})

describe('a step', () => {
  test.each([
    'Search flights from Porto to Vienna on 2031-05-14.',
    'Search hotels in Vienna for 2 nights.',
    'Search hotels in Vienna for 1 night.',
    'Keep flights that leave at 09:30 or later.',
    'Keep flights that leave at 09:30 or earlier.',
    'Keep hotels with at least 4 stars.',
    'Keep hotels with breakfast included.',
    'Keep pairs with a total of at most 400 euros.',
    'Take the cheapest pair.',
    'Book the flight for 2 passengers.',
    'Book the hotel from 2031-05-14 for 2 nights.',
    'Confirm the bookings.',
  ])('is written as it was read: %s', (sentence) => {
    const step = readStep(sentence)
    expect(step && sentenceOf(step)).toBe(sentence)
  })

  test('that says something else is none', () => {
    expect(readStep('Search buses from Porto to Vienna on 2031-05-14.')).toBeNull()
    expect(readStep('Cancel the trip.')).toBeNull()
  })
})

describe('a section that is not known', () => {
  const text = (line: string) => `## Goal\n- We are 2 passengers.\n\n## Background\n${line}`

  test('ends the one before it, so that prose in it is no fact', () => {
    expect(statementsIn(text('Vienna has many cafés.')).map(({ kind }) => kind)).toEqual([
      'remark',
      'request',
    ])
  })

  test('does not hide a bullet that cannot be read', () => {
    expect(statementsIn(text('- Bring an umbrella.')).at(-1)?.kind).toBe('unread')
  })
})
